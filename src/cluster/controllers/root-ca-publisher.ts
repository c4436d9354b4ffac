import type { Component } from '../contract/component.ts';
import type { ConfigMap, Namespace } from '../objects/kubernetes.ts';
import { rootCaConfigMap } from '../objects/root-ca.ts';

const ACTOR = 'root-ca-cert-publisher';

/**
 * Every namespace has the cluster's CA in ConfigMap `kube-root-ca.crt` (certificates/rootcacertpublisher).
 */
export const rootCaPublisher: Component = {
  name: ACTOR,
  watches: ['namespaces', 'configmaps'],
  *deliveriesOf({ resource, object }) {
    if (resource === 'namespaces') yield { actor: ACTOR, key: object.metadata.name ?? '' };
    else if (object.metadata.name === 'kube-root-ca.crt')
      yield { actor: ACTOR, key: object.metadata.namespace ?? '' };
  },
  *reconcile(view, { key }) {
    const namespace = view.objects.get<Namespace>('namespaces', undefined, key);
    if (!namespace || namespace.status?.phase === 'Terminating') return;
    const wanted = rootCaConfigMap(key, view.settings.version);
    const stored = view.objects.get<ConfigMap>('configmaps', key, 'kube-root-ca.crt');
    if (!stored) yield { verb: 'create', resource: 'configmaps', namespace: key, object: wanted };
    else if (stored.data?.['ca.crt'] !== wanted.data?.['ca.crt']) {
      const object: ConfigMap = { ...stored, ...(wanted.data && { data: wanted.data }) };
      yield { verb: 'update', resource: 'configmaps', namespace: key, name: 'kube-root-ca.crt', object };
    }
  },
};
