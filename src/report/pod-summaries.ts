import { type PodSummary, summarizePod } from '../cluster/clients/kubectl/print/columns/pod-summary.ts';
import type { Pod } from '../cluster/objects/kubernetes.ts';
import type { World } from '../cluster/world/world.ts';

/** What kubectl says of two versions of a pod, without how long ago anything was. */
export function summaries(
  before: Pod,
  after: Pod,
  { store, seq }: World,
): { readonly old: PodSummary; readonly now: PodSummary } {
  const version = store.tables.settings.read('cluster', seq)?.version ?? { minor: 36, patch: 0 };
  const context = { now: 0, version };
  return { old: summarizePod(before, context), now: summarizePod(after, context) };
}

/** How often containers of a pod were started anew. */
export function restartsOf({ status }: Pod): number {
  const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  return all.reduce((sum, { restartCount }) => sum + restartCount, 0);
}
