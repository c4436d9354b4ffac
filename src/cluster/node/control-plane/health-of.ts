import type { View } from '../../contract/component.ts';
import { PROGRAMS, type ProgramName, programKey } from '../../contract/control-plane-rows.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import type { NetworkRequest } from '../../contract/network-request.ts';
import { hasQuorum } from '../../world/control-plane.ts';

/** What a program of the control plane says that is not as it should be. */
export type Sickness = 'not listening' | { readonly status: number; readonly body: string };

/** How such a program does; undefined for one that is well, and for every other container. */
export function sicknessOf(
  { rows, settings }: View,
  { id, name, node, pod }: ContainerRow,
  request: NetworkRequest,
): Sickness | undefined {
  if (!isProgram(name) || !rows.row('podWorkers', pod)?.static) return undefined;
  if (rows.row('programs', programKey(name, node))?.container !== id) return 'not listening';
  if (request.protocol !== 'http' || hasQuorum(rows, settings)) return undefined;
  const path = request.path.split('?')[0] ?? '';
  if (name === 'kube-apiserver' && /^\/(livez|readyz|healthz)$/.test(path)) {
    const what = path.slice(1);
    const body = `[+]ping ok\n[+]log ok\n[-]etcd failed: reason withheld\n${what} check failed\n`;
    return { status: 500, body };
  }
  const asksAll = path === '/readyz' || (path === '/health' && !request.path.includes('serializable=true'));
  if (name === 'etcd' && asksAll)
    return { status: 503, body: '{"health":"false","reason":"RAFT NO LEADER"}' };
  return undefined;
}

function isProgram(name: string): name is ProgramName {
  return (PROGRAMS as readonly string[]).includes(name);
}
