import type { Component, Reaction, View } from '../../contract/component.ts';
import { type ClusterSettings, hasAddon } from '../../contract/settings.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { resourceForKind } from '../../objects/schema/resources.ts';
import { ingressNginxObjects } from './ingress-nginx.ts';

const ACTOR = 'installer';
const ADDRESS = { actor: ACTOR, key: 'cluster' };

/**
 * Applies what the cluster's addons bring, at the very beginning: from then on they are objects like others.
 */
export const installAddons: Component = {
  name: ACTOR,
  readsStore: true,
  addresses: () => [ADDRESS],
  *reconcile(view): Reaction {
    for (const object of missing(view)) {
      const { namespace } = object.metadata;
      const target = namespace === undefined ? {} : { namespace };
      yield { verb: 'create', resource: resourceOf(object), object, ...target };
    }
  },
  wake: (view, _address, from) =>
    from > 0 || missing(view).length === 0 ? undefined : { at: 0, cause: null },
};

/** Whether any of a cluster's addons brings objects. */
export function bringsObjects(settings: ClusterSettings): boolean {
  return objectsOf(settings).length > 0;
}

function objectsOf(settings: ClusterSettings): readonly KubeObject[] {
  const hasBalancers = hasAddon(settings, 'loadBalancer');
  return hasAddon(settings, 'ingressNginx') ? ingressNginxObjects({ hasBalancers }) : [];
}

function missing({ objects, settings }: View): readonly KubeObject[] {
  return objectsOf(settings).filter((object) => {
    const { namespace, name = '' } = object.metadata;
    return !objects.get(resourceOf(object), namespace, name);
  });
}

function resourceOf({ apiVersion, kind }: KubeObject): string {
  return resourceForKind(apiVersion, kind)?.name ?? '';
}
