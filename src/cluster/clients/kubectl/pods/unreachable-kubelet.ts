import type { View } from '../../../contract/component.ts';
import { CONTROL_PLANE, reaches } from '../../../world/reach.ts';

export interface UnreachableKubelet {
  /** `172.30.0.3:10250` */
  readonly address: string;
  /** How Go says that nobody answered there. */
  readonly problem: string;
}

/** The address of a node's kubelet, if the API server finds nobody there. */
export function unreachableKubelet({ rows }: View, node: string): UnreachableKubelet | undefined {
  const machine = rows.row('machines', node);
  if (machine === undefined) return undefined;
  const address = `${machine.ip}:10250`;
  if (!reaches(machine, CONTROL_PLANE)) return { address, problem: `dial tcp ${address}: i/o timeout` };
  if (machine.kubelet.running) return undefined;
  if (machine.kubelet.frozen) return { address, problem: 'net/http: TLS handshake timeout' };
  return { address, problem: `dial tcp ${address}: connect: connection refused` };
}
