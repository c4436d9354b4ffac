import type { Granted, Refused } from '../../contract/response.ts';
import { withCondition } from '../../objects/conditions.ts';
import { extended, without } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Binding, Pod } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { topologyLabels } from '../admission/pod-topology-labels.ts';
import { type Call, keyOf, timestamp } from '../call.ts';
import { badRequest, conflict, notFound, otherUid, unexpected } from '../refusal.ts';

/** ClearingNominatedNodeNameAfterBinding: on by default since 1.35. */
const CLEARS_NOMINATION: Since<boolean> = [
  [0, false],
  [35, true],
];

/** Gives a pod its node: the scheduler's one write (kubernetes: core/pod/storage BindingREST). */
export function bind(call: Call, name: string, body: KubeObject): Granted | Refused {
  const binding = body as Binding;
  if (binding.metadata.name !== undefined && binding.metadata.name !== name) {
    return badRequest('name in URL does not match name in Binding object');
  }
  const place = { resource: 'pods', key: keyOf(call, name) };
  const stored = call.store.read<Pod>(place.key);
  if (stored === undefined) return notFound(call.resource, name);
  const refusal = refuseBinding(call, stored, binding);
  if (refusal) return refusal;
  const object = call.store.update(place, stored, bound(call, stored, binding));
  return { ok: true, object, revision: call.store.revision() };
}

function refuseBinding(call: Call, pod: Pod, { metadata, target }: Binding): Refused | undefined {
  const { name = '', uid = '', deletionTimestamp } = pod.metadata;
  if (!target.name) return unexpected('target.name: Required value');
  if (metadata.uid && metadata.uid !== uid) {
    return otherUid(call.resource, name, { key: keyOf(call, name), wanted: metadata.uid, found: uid });
  }
  const why =
    deletionTimestamp !== undefined
      ? `pod ${name} is being deleted, cannot be assigned to a host`
      : pod.spec.nodeName
        ? `pod ${name} is already assigned to node "${pod.spec.nodeName}"`
        : pod.spec.schedulingGates?.length
          ? `pod ${name} has non-empty .spec.schedulingGates`
          : undefined;
  return why === undefined ? undefined : conflict(bindingSubject(call), name, why);
}

function bindingSubject({ resource }: Call) {
  return { ...resource, plural: 'pods/binding', name: 'pods/binding' };
}

function bound(call: Call, pod: Pod, { metadata, target }: Binding): Pod {
  const labels = extended(metadata.labels ?? {}, topologyLabels(target.name ?? '', call) ?? {});
  const { annotations } = metadata;
  const condition = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: timestamp(call),
  };
  const told = extended(pod.status ?? {}, { conditions: withCondition(pod.status?.conditions, condition) });
  const isCleared =
    told.nominatedNodeName !== undefined && inVersion(CLEARS_NOMINATION, call.settings.version);
  const status = isCleared ? without(told, 'nominatedNodeName') : told;
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      ...(Object.keys(labels).length > 0 && { labels: extended(pod.metadata.labels ?? {}, labels) }),
      ...(annotations && { annotations: { ...pod.metadata.annotations, ...annotations } }),
    },
    spec: extended(pod.spec, { nodeName: target.name ?? '' }),
    status,
  };
}
