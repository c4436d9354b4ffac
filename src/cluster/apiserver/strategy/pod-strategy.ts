import type { KubeObject } from '../../objects/kube-object.ts';
import type { Pod, PodCondition } from '../../objects/kubernetes.ts';
import { isTerminal } from '../../objects/pod-phase.ts';
import { qosClassOf } from '../../objects/qos-class.ts';
import { type Call, timestamp } from '../call.ts';

/** Pods (kubernetes: registry/core/pod/strategy.go). Nobody but the server says how a new pod stands. */
export function preparePod(draft: KubeObject, call: Call): undefined {
  const pod = draft as Pod;
  pod.status = { phase: 'Pending', qosClass: qosClassOf(pod) };
  if (pod.spec.schedulingGates?.length) {
    pod.status.conditions = [
      {
        type: 'PodScheduled',
        status: 'False',
        lastProbeTime: null,
        lastTransitionTime: timestamp(call),
        reason: 'SchedulingGated',
        message: 'Scheduling is blocked due to non-empty scheduling gates',
      },
    ];
  }
}

/** The subresource `ephemeralcontainers` takes these and nothing else (dropNonEphemeralContainerUpdates). */
export function preparePodUpdate(draft: KubeObject, stored: KubeObject, { subresource }: Call): undefined {
  if (subresource !== 'ephemeralcontainers') return;
  const [pod, before] = [draft as Pod, stored as Pod];
  const { ephemeralContainers } = pod.spec;
  pod.spec = { ...before.spec, ...(ephemeralContainers && { ephemeralContainers }) };
}

/** What a kubelet leaves out of a status it has not taken back. */
export function preparePodStatus(draft: KubeObject, stored: KubeObject): undefined {
  const pod = draft as Pod;
  const before = stored as Pod;
  if (pod.metadata.ownerReferences !== before.metadata.ownerReferences) {
    const { ownerReferences: _, ...metadata } = pod.metadata;
    const { ownerReferences } = before.metadata;
    pod.metadata = { ...metadata, ...(ownerReferences && { ownerReferences }) };
  }
  const status = { ...pod.status };
  if (!status.qosClass && before.status?.qosClass) status.qosClass = before.status.qosClass;
  if (!status.observedGeneration && before.status?.observedGeneration) {
    status.observedGeneration = before.status.observedGeneration;
  }
  if (status.conditions) {
    const remembered = before.status?.conditions ?? [];
    status.conditions = status.conditions.map((condition) =>
      withProbeTime(withObservedGeneration(condition, remembered)),
    );
  }
  pod.status = status;
}

/**
 * A patch takes the null off, and the server writes a time that was never set as one (core/v1: PodCondition).
 */
function withProbeTime(condition: PodCondition): PodCondition {
  return condition.lastProbeTime === undefined ? { ...condition, lastProbeTime: null } : condition;
}

function withObservedGeneration(condition: PodCondition, remembered: readonly PodCondition[]): PodCondition {
  if (condition.observedGeneration) return condition;
  const before = remembered.find(({ type }) => type === condition.type)?.observedGeneration;
  return before ? { ...condition, observedGeneration: before } : condition;
}

/** Seconds that a pod has to end: none when nothing of it runs. */
export function podGracePeriod(stored: KubeObject, requestedSeconds: number | undefined): number {
  const pod = stored as Pod;
  if (!pod.spec.nodeName || isTerminal(pod)) return 0;
  const seconds = requestedSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 0;
  return seconds < 0 ? 1 : seconds;
}
