import { HOUR, MINUTE, type Millis } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Component, Reaction, View } from '../../contract/component.ts';
import { findCondition } from '../../objects/conditions.ts';
import { evictionOf } from '../../objects/eviction.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { milliValue } from '../../objects/quantity.ts';
import { recommendedFor } from '../../objects/vertical/apply-recommendation.ts';
import {
  type Amounts,
  type UpdateMode,
  updateModeOf,
  type VerticalPodAutoscaler,
} from '../../objects/vertical/vertical-autoscaler.ts';
import { record } from '../../recorder/record.ts';
import { isActive } from '../shared/pod-state.ts';
import { podsOf } from './pods-of.ts';
import { type Look, verticalProgram } from './vertical-program.ts';

const ACTOR = 'vpa-updater';

/** vertical-pod-autoscaler: updater's flags. */
const LEAST_REPLICAS = 2;
const EVICTION_TOLERANCE = 0.5;
/**
 * updater/priority: what is within its bounds is left alone for half a day, and then if it is near enough.
 */
const LIFETIME_MS: Millis = 12 * HOUR;
const NEAR_ENOUGH = 0.1;
/** How long a kubelet may put a resize off (updater/restriction). */
const PUT_OFF_MS: Millis = 5 * MINUTE;

/** Takes away pods that request too much or too little, or changes them while they run. */
export const verticalUpdater: Component = verticalProgram({
  name: ACTOR,
  everyMs: MINUTE,
  look: updatePods,
});

function* updatePods(view: View, autoscaler: VerticalPodAutoscaler, { now }: Look): Reaction {
  const mode = updateModeOf(autoscaler);
  if (mode === 'Off' || mode === 'Initial') return;
  const found = yield* podsOf(view, autoscaler);
  const pods = (found?.pods ?? []).filter(isActive);
  const { minReplicas = LEAST_REPLICAS } = autoscaler.spec.updatePolicy ?? {};
  let evictions = pods.length < minReplicas ? 0 : Math.max(1, Math.floor(pods.length * EVICTION_TOLERANCE));
  for (const pod of pods) {
    const way = wayFor(view, { autoscaler, pod, mode, now });
    if (way === 'resize') yield* resize(view, { autoscaler, pod, now });
    if (way !== 'evict' || evictions === 0) continue;
    evictions -= 1;
    yield* evict(view, pod, now);
  }
}

interface Meant {
  readonly autoscaler: VerticalPodAutoscaler;
  readonly pod: Pod;
  readonly now: Millis;
}

function wayFor(
  { settings }: View,
  { autoscaler, pod, mode, now }: Meant & { readonly mode: UpdateMode },
): 'resize' | 'evict' | undefined {
  const epochNow = settings.epochMs + now;
  const pending = findCondition(pod.status?.conditions, 'PodResizePending');
  if (mode === 'InPlaceOrRecreate' && pending) {
    const since = parseRfc3339(pending.lastTransitionTime ?? '') ?? epochNow;
    const isHopeless = pending.reason === 'Infeasible' || epochNow - since > PUT_OFF_MS;
    return isHopeless ? 'evict' : undefined;
  }
  const isUnder = findCondition(pod.status?.conditions, 'PodResizeInProgress') !== undefined;
  if (isUnder || pod.status?.phase !== 'Running') return undefined;
  const age = epochNow - (parseRfc3339(pod.status.startTime ?? '') ?? epochNow);
  if (!needsUpdate(autoscaler, pod, age)) return undefined;
  return mode === 'InPlaceOrRecreate' ? 'resize' : 'evict';
}

function needsUpdate({ status }: VerticalPodAutoscaler, pod: Pod, age: Millis): boolean {
  const recommended = status?.recommendation?.containerRecommendations ?? [];
  return pod.spec.containers.some(({ name, resources }) => {
    const own = recommended.find(({ containerName }) => containerName === name);
    if (!own) return false;
    const requests = resources?.requests ?? {};
    return Object.entries(own.target).some(([resource, target]) => {
      const request = milliValue(requests[resource] ?? '0');
      if (request === milliValue(target)) return false;
      if (isOutside(request, { lower: own.lowerBound, upper: own.upperBound, resource })) return true;
      const off = Math.abs(milliValue(target) - request) / Math.max(1, request);
      return age > LIFETIME_MS && off > NEAR_ENOUGH;
    });
  });
}

function isOutside(
  request: number,
  { lower, upper, resource }: { readonly lower: Amounts; readonly upper: Amounts; readonly resource: string },
): boolean {
  const least = lower[resource];
  const most = upper[resource];
  return (
    (least !== undefined && request < milliValue(least)) || (most !== undefined && request > milliValue(most))
  );
}

function* evict(view: View, pod: Pod, now: Millis): Reaction {
  const { namespace = '', name = '' } = pod.metadata;
  const object = evictionOf({ name, namespace }, view.settings.version);
  const answer = yield { verb: 'create', resource: 'pods', subresource: 'eviction', namespace, name, object };
  if (!answer.ok) return;
  const message = 'Pod was evicted by VPA Updater to apply resource recommendation.';
  yield* record(
    view,
    { component: ACTOR, object: pod, type: 'Normal', reason: 'EvictedByVPA', message },
    now,
  );
}

function* resize(view: View, { autoscaler, pod, now }: Meant): Reaction {
  const changes = recommendedFor(autoscaler, pod);
  if (changes.length === 0) return;
  const { namespace = '', name = '' } = pod.metadata;
  const containers = changes.map((change) => ({ name: change.name, resources: change.resources }));
  const patch = { spec: { containers } };
  const answer = yield {
    verb: 'patch',
    resource: 'pods',
    subresource: 'resize',
    namespace,
    name,
    patchType: 'strategic',
    patch,
  };
  if (!answer.ok) return;
  const message = 'Pod was resized in place by VPA Updater.';
  yield* record(
    view,
    { component: ACTOR, object: pod, type: 'Normal', reason: 'InPlaceResizedByVPA', message },
    now,
  );
}
