import { isServing, runsAnywhere } from '../world/control-plane.ts';
import type { QueryValues } from './query-values.ts';
import { textAnswer, type WireAnswer } from './wire-answer.ts';
import type { WireServer } from './wire-server.ts';

/** What an API server looks at of itself, in its order (kube-apiserver's own `/readyz?verbose`). */
const CHECKS = [
  'ping',
  'log',
  'etcd',
  'poststarthook/start-apiserver-admission-initializer',
  'poststarthook/generic-apiserver-start-informers',
  'poststarthook/priority-and-fairness-config-consumer',
  'poststarthook/priority-and-fairness-filter',
  'poststarthook/storage-object-count-tracker-hook',
  'poststarthook/start-apiextensions-informers',
  'poststarthook/start-apiextensions-controllers',
  'poststarthook/crd-informer-synced',
  'poststarthook/start-system-namespaces-controller',
  'poststarthook/bootstrap-controller',
  'poststarthook/rbac/bootstrap-roles',
  'poststarthook/scheduling/bootstrap-system-priority-classes',
  'poststarthook/start-kube-apiserver-identity-lease-controller',
  'poststarthook/aggregator-reload-proxy-client-cert',
  'poststarthook/start-kube-aggregator-informers',
  'poststarthook/apiservice-registration-controller',
  'poststarthook/apiservice-status-available-controller',
  'poststarthook/kube-apiserver-autoregistration',
  'autoregister-completion',
  'poststarthook/apiservice-openapi-controller',
] as const;

/** Only readiness looks at these. */
const OF_READINESS = ['etcd-readiness', 'informer-sync', 'shutdown'];

/** `/healthz`, `/livez`, `/readyz`, and each of their checks (apiserver: server/healthz). */
export function answerHealth(
  server: WireServer,
  [kind = '', ...rest]: readonly string[],
  query: QueryValues,
): WireAnswer | undefined {
  const checks: readonly string[] = kind === 'readyz' ? [...CHECKS, ...OF_READINESS] : CHECKS;
  const one = rest.join('/');
  if (one !== '') {
    if (!checks.includes(one)) return undefined;
    return isGood(server, one)
      ? textAnswer(200, 'ok')
      : textAnswer(500, `internal server error: ${WITHHELD}`);
  }
  const excluded = query.all('exclude');
  const lines: string[] = [];
  let isHealthy = true;
  for (const check of checks) {
    if (excluded.includes(check)) lines.push(`[+]${check} excluded: ok`);
    else if (isGood(server, check)) lines.push(`[+]${check} ok`);
    else {
      isHealthy = false;
      lines.push(`[-]${check} failed: ${WITHHELD}`);
    }
  }
  const unknown = excluded.filter((name) => !checks.includes(name));
  if (unknown.length > 0) {
    const names = unknown.map((name) => `"${name}"`).join(',');
    lines.push(`warn: some health checks cannot be excluded: no matches for ${names}`);
  }
  const told = `${lines.join('\n')}\n`;
  if (!isHealthy) return textAnswer(500, `${told}${kind} check failed\n`);
  return textAnswer(200, query.has('verbose') ? `${told}${kind} check passed\n` : 'ok');
}

const WITHHELD = 'reason withheld';

/** Without etcd nothing that needs it is well. */
function isGood({ view, settings }: WireServer, check: string): boolean {
  if (check === 'etcd' || check === 'etcd-readiness') return isServing(view.rows, settings);
  return runsAnywhere(view.rows, 'kube-apiserver', settings);
}
