import { hasAddon } from '../../contract/settings.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { OwnerReference, Pod } from '../../objects/kubernetes.ts';
import { controllerOf } from '../../objects/owner-references.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { recommendedFor } from '../../objects/vertical/apply-recommendation.ts';
import {
  updateModeOf,
  VERTICAL_AUTOSCALERS,
  type VerticalPodAutoscaler,
} from '../../objects/vertical/vertical-autoscaler.ts';
import type { Call } from '../call.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';

/**
 * Gives new pods what their VerticalPodAutoscaler recommends (vertical-pod-autoscaler: admission-controller,
 * a webhook that the addon installs).
 */
export const verticalPodAutoscaler: AdmissionPlugin = {
  name: 'vpa.k8s.io',
  resources: ['pods'],
  onCreate(draft, call) {
    if (!hasAddon(call.settings, 'verticalPodAutoscaler') || call.subresource !== undefined) return undefined;
    const pod = draft as Pod;
    const autoscaler = autoscalerOf(pod, call);
    if (autoscaler) give(pod, autoscaler);
    return undefined;
  },
};

function give(pod: Pod, autoscaler: VerticalPodAutoscaler): void {
  const changes = recommendedFor(autoscaler, pod);
  if (changes.length === 0) return;
  pod.spec.containers = pod.spec.containers.map((container) => {
    const change = changes.find(({ name }) => name === container.name);
    return change ? { ...container, resources: change.resources } : container;
  });
  const said = changes.map(({ name, changes: what }) => {
    const index = pod.spec.containers.findIndex((container) => container.name === name);
    return `container ${index}: ${what.join(', ')}`;
  });
  pod.metadata.annotations = {
    ...pod.metadata.annotations,
    vpaObservedContainers: pod.spec.containers.map(({ name }) => name).join(', '),
    vpaUpdates: `Pod resources updated by ${autoscaler.metadata.name}: ${said.join('; ')}`,
  };
}

/** The one that is for what the pod belongs to in the end. */
function autoscalerOf(pod: Pod, call: Call): VerticalPodAutoscaler | undefined {
  const owner = controllerOf(pod);
  if (!owner || call.namespace === undefined) return undefined;
  const topmost = ownerAbove(owner, call) ?? owner;
  return call.store
    .list<VerticalPodAutoscaler>(VERTICAL_AUTOSCALERS, call.namespace)
    .find(
      (each) =>
        each.spec.targetRef.kind === topmost.kind &&
        each.spec.targetRef.name === topmost.name &&
        updateModeOf(each) !== 'Off' &&
        each.status?.recommendation !== undefined,
    );
}

function ownerAbove({ kind, name }: OwnerReference, call: Call): OwnerReference | undefined {
  if (kind !== 'ReplicaSet' || call.namespace === undefined) return undefined;
  const key = storageKey({ resource: 'replicasets.apps', namespace: call.namespace, name });
  const set = call.store.read<KubeObject>(key);
  return set && controllerOf(set);
}
