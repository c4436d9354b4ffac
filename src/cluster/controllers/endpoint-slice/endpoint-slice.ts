import type { Change } from '../../contract/api-event.ts';
import type { Component, Delivery } from '../../contract/component.ts';
import { SERVICE_NAME, SLICES } from '../../objects/endpoint-slices.ts';
import { isEqualJson } from '../../objects/json.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { serviceKey, servicesConcerned } from '../shared/service-pods.ts';
import { syncSlices } from './sync-slices.ts';

const ACTOR = 'endpointslice-controller';

/**
 * Keeps the EndpointSlices of services that select pods (endpointslice_controller.go). It sees its own writes
 * at once.
 */
export const endpointSliceController: Component = {
  name: ACTOR,
  watches: ['services', 'pods', 'nodes', SLICES],
  assumes: true,
  *deliveriesOf(change, _rows, objects) {
    const { resource } = change;
    if (resource === 'services') yield { actor: ACTOR, key: change.key };
    else if (resource === 'nodes') yield* deliveriesOfNode(change);
    else if (resource === SLICES) yield* deliveriesOfSlice(change);
    else for (const key of servicesConcerned(change, objects, serviceKey)) yield { actor: ACTOR, key };
  },
  reconcile: (view, { key }, now) => syncSlices(view, key, now),
};

/** Of a node only the labels count, which tell its zone; they are read when a pod of it changes. */
function* deliveriesOfNode({ object, before }: Change): Generator<Delivery> {
  if (!isEqualJson(before?.metadata.labels, object.metadata.labels)) yield { actor: ACTOR };
}

function* deliveriesOfSlice({ object, type }: Change): Generator<Delivery> {
  const { namespace = '', labels } = object.metadata;
  const name = labels?.[SERVICE_NAME];
  if (type === 'ADDED' || name === undefined) yield { actor: ACTOR };
  else yield { actor: ACTOR, key: storageKey({ resource: 'services', namespace, name }) };
}
