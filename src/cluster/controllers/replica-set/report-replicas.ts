import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Doing } from '../../contract/doing.ts';
import { findCondition } from '../../objects/conditions.ts';
import { derived } from '../../objects/derived.ts';
import { derivedOfEach } from '../../objects/derived-list.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { Pod, ReplicaSetCondition, ReplicaSetStatus } from '../../objects/kubernetes.ts';
import { type LabelRequirements, matchesLabels, requirementsOfLabels } from '../../objects/label-selector.ts';
import { inVersion } from '../../objects/versions.ts';
import type { PodControl } from '../shared/pod-control.ts';
import { isAvailable, isReady } from '../shared/pod-state.ts';
import { setCondition, withoutCondition } from '../shared/set-condition.ts';
import type { Replicated, ReplicatedKind } from './replicated.ts';

/** What the look found before it did anything: a status tells of the pods that were there. */
interface Found {
  readonly active: readonly Pod[];
  readonly terminating: readonly Pod[];
  /** Why pods could not be made or removed. */
  readonly problem?: string | undefined;
}

type Reporting = PodControl & { readonly owner: Replicated; readonly kind: ReplicatedKind };

/** Writes the status if it says something new; once more if somebody else wrote the object meanwhile. */
export function* reportReplicas(reporting: Reporting, found: Found): Doing<void> {
  const { owner, kind } = reporting;
  const { namespace = '', name = '', uid, generation } = owner.metadata;
  const status = statusOf(reporting, found);
  if (generation === owner.status?.observedGeneration && isEqualJson(status, owner.status)) return;
  // The generation that was acted on, and not the one that may be there by the time of a second try.
  const told = { ...status, ...(generation !== undefined && { observedGeneration: generation }) };
  const target = { resource: kind.resource, namespace, name } as const;
  const object: Replicated = { ...owner, status: told };
  const answer = yield { verb: 'update', ...target, subresource: 'status', object };
  if (answer.ok || answer.status.reason !== 'Conflict') return;
  const fresh = yield { verb: 'get', ...target };
  if (!fresh.ok || fresh.object?.metadata.uid !== uid) return;
  yield {
    verb: 'update',
    ...target,
    subresource: 'status',
    object: { ...fresh.object, status: told } as Replicated,
  };
}

function statusOf(reporting: Reporting, { active, terminating, problem }: Found): ReplicaSetStatus {
  const { owner, view, now, kind } = reporting;
  const { epochMs, version } = view.settings;
  const minReady = owner.spec?.minReadySeconds ?? 0;
  const labels = requirementsOfLabels(owner.spec?.template?.metadata?.labels ?? {});
  let [fullyLabeled, ready, available] = [0, 0, 0];
  const told = toldOfEach(labels)(active);
  for (let place = 0; place < active.length; place++) {
    const { isFull = false, isUp = false } = told[place] ?? {};
    if (isFull) fullyLabeled++;
    if (!isUp) continue;
    ready++;
    const pod = active[place] as Pod;
    if (minReady === 0 || isAvailable(pod, minReady, epochMs + now)) available++;
  }
  const conditions = conditionsOf(reporting, active.length, problem);
  const { observedGeneration } = owner.status ?? {};
  return {
    replicas: active.length,
    ...(fullyLabeled > 0 && { fullyLabeledReplicas: fullyLabeled }),
    ...(ready > 0 && { readyReplicas: ready }),
    ...(available > 0 && { availableReplicas: available }),
    ...(inVersion(kind.countsTerminating, version) && { terminatingReplicas: terminating.length }),
    ...(observedGeneration !== undefined && { observedGeneration }),
    ...(conditions.length > 0 && { conditions: [...conditions] }),
  };
}

/** What is counted of a pod, whatever the time. */
const toldOfEach = derived((labels: LabelRequirements) =>
  derivedOfEach((pod: Pod) => ({
    isFull: matchesLabels(labels, pod.metadata.labels),
    isUp: isReady(pod),
  })),
);

/** A failure is told when it first comes up, and no more as soon as a look succeeds. */
function conditionsOf(
  { owner, view, now }: Reporting,
  active: number,
  problem: string | undefined,
): readonly ReplicaSetCondition[] {
  const before = owner.status?.conditions;
  if (problem === undefined) return withoutCondition(before, 'ReplicaFailure');
  if (findCondition(before, 'ReplicaFailure')) return before ?? [];
  return setCondition<ReplicaSetCondition>(before, {
    type: 'ReplicaFailure',
    status: 'True',
    lastTransitionTime: formatRfc3339(view.settings.epochMs + now),
    reason: active < (owner.spec?.replicas ?? 0) ? 'FailedCreate' : 'FailedDelete',
    message: problem,
  });
}
