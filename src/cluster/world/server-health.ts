import type { RowReader } from '../contract/reader.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { isServing, runsAnywhere } from './control-plane.ts';

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

/** What is asked of an API server's health: `/readyz/etcd`, `/livez?verbose&exclude=etcd`. */
export interface HealthAsked {
  /** `healthz`, `livez` or `readyz`. */
  readonly kind: string;
  /** The one check that is asked for; empty: all. */
  readonly check: string;
  readonly excluded: readonly string[];
  readonly isVerbose: boolean;
}

export interface HealthTold {
  readonly code: 200 | 500;
  readonly text: string;
}

interface Place {
  readonly rows: RowReader;
  readonly settings: ClusterSettings;
}

/** `/healthz`, `/livez`, `/readyz`, and each of their checks (apiserver: server/healthz). */
export function serverHealth(place: Place, asked: HealthAsked): HealthTold | undefined {
  const { kind, check: one, excluded, isVerbose } = asked;
  const checks: readonly string[] = kind === 'readyz' ? [...CHECKS, ...OF_READINESS] : CHECKS;
  if (one !== '') {
    if (!checks.includes(one)) return undefined;
    return isGood(place, one)
      ? { code: 200, text: 'ok' }
      : { code: 500, text: `internal server error: ${WITHHELD}` };
  }
  const lines: string[] = [];
  let isHealthy = true;
  for (const check of checks) {
    if (excluded.includes(check)) lines.push(`[+]${check} excluded: ok`);
    else if (isGood(place, check)) lines.push(`[+]${check} ok`);
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
  if (!isHealthy) return { code: 500, text: `${told}${kind} check failed\n` };
  return { code: 200, text: isVerbose ? `${told}${kind} check passed\n` : 'ok' };
}

const WITHHELD = 'reason withheld';

/** Without etcd nothing that needs it is well. */
function isGood({ rows, settings }: Place, check: string): boolean {
  if (check === 'etcd' || check === 'etcd-readiness') return isServing(rows, settings);
  return runsAnywhere(rows, 'kube-apiserver', settings);
}
