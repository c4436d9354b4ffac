import { extended } from '../../objects/json.ts';
import type { ObjectMeta } from '../../objects/kubernetes.ts';

/**
 * What a client says about an object's metadata, and what it cannot say (apiserver: rest/update.go
 * BeforeUpdate).
 */
export function metadataAfter(before: ObjectMeta, said: ObjectMeta): ObjectMeta {
  if (said === before) return before;
  const { managedFields: saidManagers, selfLink: __, generation: ___, ...after } = said;
  const { uid, namespace, creationTimestamp, resourceVersion, generation, managedFields } = before;
  const { deletionTimestamp, deletionGracePeriodSeconds: grace } = before;
  const kept: ObjectMeta = {
    ...(!said.uid && uid !== undefined && { uid }),
    ...(!said.namespace && namespace !== undefined && { namespace }),
    ...(creationTimestamp !== undefined && { creationTimestamp }),
    ...(resourceVersion !== undefined && { resourceVersion }),
    ...(generation !== undefined && { generation }),
    ...(managedFields !== undefined && { managedFields: saidManagers ?? managedFields }),
    ...(deletionTimestamp !== undefined && { deletionTimestamp }),
    ...(said.deletionGracePeriodSeconds === undefined &&
      grace !== undefined && { deletionGracePeriodSeconds: grace }),
  };
  return extended(after, kept);
}
