import type { Millis } from '../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../kernel/time/rfc3339.ts';
import type { Application, Operation, ResourceStatus } from './application.ts';

/** What an automated application does about a difference. */
export type AutoSync =
  | { readonly operation: Operation }
  /** Why it does nothing, which its conditions tell. */
  | { readonly problem: string }
  /** It heals itself, and not before this time (in milliseconds since 1970). */
  | { readonly waitsUntil: number }
  | undefined;

/** After so long without one, attempts to heal are counted anew. */
const COOL_DOWN_MS: Millis = 330_000;
const BACK_OFF_MS: Millis = 2000;
const MOST_BACK_OFF_MS: Millis = 300_000;

/** argo-cd: controller/appcontroller.go autoSync. */
export function autoSync(
  { spec, status, operation }: Application,
  {
    revision,
    resources,
    epochMs,
  }: {
    readonly revision: string;
    readonly resources: readonly ResourceStatus[];
    readonly epochMs: number;
  },
): AutoSync {
  const automated = spec.syncPolicy?.automated;
  if (!automated || automated.enabled === false || operation) return undefined;
  const differing = resources.filter(({ status: is }) => is === 'OutOfSync');
  if (differing.length === 0) return undefined;
  const { prune = false, selfHeal = false } = automated;
  if (!prune && differing.every(({ requiresPruning }) => requiresPruning)) return undefined;
  const last = status?.operationState;
  const options = spec.syncPolicy?.syncOptions;
  const sync = { revision, ...(prune && { prune }), ...(options && { syncOptions: options }) };
  const initiatedBy = { automated: true };
  if (last?.syncResult?.revision !== revision) {
    if (prune && resources.every(({ requiresPruning }) => requiresPruning))
      return { problem: `Skipping sync attempt to [${revision}]: auto-sync will wipe out all resources` };
    return { operation: { initiatedBy, sync } };
  }
  if (last.phase !== 'Succeeded')
    return { problem: `Failed last sync attempt to [${revision}]: ${last.message ?? ''}` };
  if (!selfHeal) return undefined;
  const finished = parseRfc3339(last.finishedAt ?? '') ?? 0;
  const isCool = epochMs - finished > COOL_DOWN_MS;
  const attempts = isCool ? 0 : (last.operation.sync?.selfHealAttemptsCount ?? 0);
  const due = finished + backOff(attempts);
  if (epochMs < due) return { waitsUntil: due };
  const only = differing.map(({ group, kind, name }) => ({ ...(group && { group }), kind, name }));
  return {
    operation: { initiatedBy, sync: { ...sync, selfHealAttemptsCount: attempts + 1, resources: only } },
  };
}

function backOff(attempts: number): Millis {
  return attempts === 0 ? 0 : Math.min(MOST_BACK_OFF_MS, BACK_OFF_MS * 3 ** (attempts - 1));
}
