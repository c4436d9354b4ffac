import type { Component } from '../../contract/component.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { serviceKey, servicesConcerned } from '../shared/service-pods.ts';
import { syncEndpoints } from './sync-endpoints.ts';

const ACTOR = 'endpoint-controller';

/**
 * Keeps the Endpoints of services that select pods (endpoints_controller.go). It sees its own writes at once.
 */
export const endpointsController: Component = {
  name: ACTOR,
  watches: ['services', 'pods', 'endpoints'],
  assumes: true,
  *deliveriesOf(change, _rows, objects) {
    const { resource, object, type } = change;
    const { namespace = '', name = '' } = object.metadata;
    if (resource === 'services') yield { actor: ACTOR, key: change.key };
    else if (resource === 'pods')
      for (const key of servicesConcerned(change, objects, serviceKey)) yield { actor: ACTOR, key };
    else if (type === 'DELETED')
      yield { actor: ACTOR, key: storageKey({ resource: 'services', namespace, name }) };
    else yield { actor: ACTOR };
  },
  reconcile: (view, { key }) => syncEndpoints(view, key),
};
