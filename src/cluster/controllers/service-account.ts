import type { Component } from '../contract/component.ts';
import type { Namespace } from '../objects/kubernetes.ts';

const ACTOR = 'serviceaccount-controller';

/**
 * Every namespace that is not going away has a service account `default`
 * (serviceaccount/serviceaccounts_controller.go).
 */
export const serviceAccountController: Component = {
  name: ACTOR,
  watches: ['namespaces', 'serviceaccounts'],
  *deliveriesOf({ resource, object }) {
    const namespace = resource === 'namespaces' ? object.metadata.name : object.metadata.namespace;
    yield { actor: ACTOR, key: namespace ?? '' };
  },
  *reconcile(view, { key }) {
    const namespace = view.objects.get<Namespace>('namespaces', undefined, key);
    if (!namespace || namespace.status?.phase === 'Terminating') return;
    if (view.objects.get('serviceaccounts', key, 'default')) return;
    const object = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: key },
    };
    yield { verb: 'create', resource: 'serviceaccounts', namespace: key, object };
  },
};
