import type { Change } from '../../contract/api-event.ts';
import type { Component } from '../../contract/component.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import { SERVICE_NAME, SLICES } from '../../objects/endpoint-slices.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Service } from '../../objects/kubernetes.ts';
import { MANAGED_BY } from '../shared/slices.ts';
import { isMirrored, MIRROR, mirrorEndpoints } from './mirror-endpoints.ts';

const ACTOR = 'endpointslicemirroring-controller';

/**
 * Makes EndpointSlices out of Endpoints that were made by hand, for services that select no pods
 * (endpointslicemirroring_controller.go). Keys are `namespace/name` of the Endpoints.
 */
export const endpointSliceMirroringController: Component = {
  name: ACTOR,
  watches: ['services', 'endpoints', SLICES],
  assumes: true,
  *deliveriesOf(change, _rows, objects) {
    const key = isKept(change, objects) ? undefined : keyOf(change);
    yield key === undefined ? { actor: ACTOR } : { actor: ACTOR, key };
  },
  reconcile: (view, { key }) => mirrorEndpoints(view, key),
};

/**
 * Whether the Endpoints are those of a service that selects pods, which another controller keeps: as long as
 * they are, there is nothing to mirror.
 */
function isKept({ resource, object }: Change, objects: ObjectReader): boolean {
  if (resource !== 'endpoints') return false;
  const { namespace, name = '' } = object.metadata;
  const service = objects.get<Service>('services', namespace, name);
  return service !== undefined && !selectsNothing(service);
}

/** Undefined where a change is only to be taken note of. */
function keyOf({ type, resource, object, before }: Change): string | undefined {
  const { namespace, name, labels } = object.metadata;
  if (resource === SLICES) {
    const isOwn = [object, before].some((slice) => slice?.metadata.labels?.[MANAGED_BY] === MIRROR);
    return type !== 'ADDED' && isOwn ? `${namespace}/${labels?.[SERVICE_NAME]}` : undefined;
  }
  const concerns = (one: KubeObject | undefined): boolean =>
    one !== undefined && (resource === 'services' ? selectsNothing(one) : isMirrored(one));
  return concerns(object) || concerns(before) ? `${namespace}/${name}` : undefined;
}

function selectsNothing(object: KubeObject): boolean {
  return (object as Service).spec?.selector === undefined;
}
