import type { Millis } from '../../../kernel/time/millis.ts';
import type { Reaction, View } from '../../contract/component.ts';
import type { PodWorkerRow } from '../../contract/pod-worker-row.ts';
import { record } from '../../recorder/record.ts';
import { GRACE_SECONDS } from './eviction-ticks.ts';

/** A pod that has not been told to end already. */
export function mayGo({ stage, verdict, graceSeconds }: PodWorkerRow): boolean {
  return stage === 'syncing' && !verdict && graceSeconds === undefined;
}

/**
 * Sends a pod away because its node is short of something. Kubelet: eviction/eviction_manager.go evictPod.
 */
export function* evict(
  view: View,
  { key, node, pod }: Pick<PodWorkerRow, 'key' | 'node' | 'pod'>,
  { message, now }: { readonly message: string; readonly now: Millis },
): Reaction {
  const said = { type: 'Warning', reason: 'Evicted', message } as const;
  yield* record(view, { component: 'kubelet', host: node, object: pod, ...said }, now);
  yield { type: 'PodCondemned', node, pod: key, reason: 'Evicted', message, graceSeconds: GRACE_SECONDS };
}
