import type { Millis } from '../../../kernel/time/millis.ts';
import type { View, Wake } from '../../contract/component.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { availableFrom } from './pod-state.ts';

/** When the next of some ready pods will have been ready for `minReadySeconds`. */
export function nextAvailability(
  view: View,
  pods: readonly Pod[],
  { minReadySeconds, from }: { readonly minReadySeconds: number; readonly from: Millis },
): Wake | undefined {
  if (minReadySeconds === 0) return undefined;
  let next: Wake | undefined;
  for (const pod of pods) {
    const at = (availableFrom(pod, minReadySeconds) ?? 0) - view.settings.epochMs;
    if (at < from || (next && at >= next.at)) continue;
    const { namespace = '', name = '' } = pod.metadata;
    const cause = view.objects.changedAt(storageKey({ resource: 'pods', namespace, name })) ?? null;
    next = { at, cause };
  }
  return next;
}
