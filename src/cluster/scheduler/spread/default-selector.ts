import type { ObjectReader } from '../../contract/reader.ts';
import type {
  Pod,
  ReplicaSet,
  ReplicationController,
  Service,
  StatefulSet,
} from '../../objects/kubernetes.ts';
import {
  type LabelRequirements,
  matchesLabels,
  requirementsOf,
  requirementsOfLabels,
} from '../../objects/label-selector.ts';

/**
 * Which pods a pod belongs together with, if it does not say so itself: those that its Services and the
 * controller that owns it select (scheduler: plugins/helper/spread.go DefaultSelector). Without requirements
 * it belongs to nobody.
 */
export function defaultSelector(pod: Pod, objects: ObjectReader): LabelRequirements {
  const { namespace = '', labels } = pod.metadata;
  const selected: Record<string, string> = {};
  for (const { spec } of objects.list<Service>('services', namespace)) {
    const selector = spec?.selector;
    if (selector && matchesLabels(requirementsOfLabels(selector), labels)) Object.assign(selected, selector);
  }
  return [...requirementsOfLabels(selected), ...ofOwner(pod, objects)];
}

function ofOwner({ metadata }: Pod, objects: ObjectReader): LabelRequirements {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller);
  if (!owner) return [];
  const { namespace } = metadata;
  const { apiVersion, kind, name } = owner;
  switch (`${apiVersion} ${kind}`) {
    case 'v1 ReplicationController': {
      const found = objects.get<ReplicationController>('replicationcontrollers', namespace, name);
      return requirementsOfLabels(found?.spec?.selector ?? {});
    }
    case 'apps/v1 ReplicaSet':
      return (
        requirementsOf(objects.get<ReplicaSet>('replicasets.apps', namespace, name)?.spec?.selector) ?? []
      );
    case 'apps/v1 StatefulSet':
      return (
        requirementsOf(objects.get<StatefulSet>('statefulsets.apps', namespace, name)?.spec?.selector) ?? []
      );
    default:
      return [];
  }
}
