import type { Component, Reaction, View } from '../../contract/component.ts';
import { type ClusterSettings, hasAddon } from '../../contract/settings.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { resourceForKind } from '../../objects/schema/resources.ts';
import { servedResources } from '../../world/served-resources.ts';
import { gatewayObjects } from './gateway.ts';
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
  concernedBy: ['ClusterConfigured'],
  concernsOf: ({ event }) => (event.type === 'ClusterConfigured' ? [ADDRESS] : []),
  *reconcile(view): Reaction {
    for (const object of missing(view)) {
      const { namespace } = object.metadata;
      const target = namespace === undefined ? {} : { namespace };
      yield { verb: 'create', resource: resourceOf(view, object), object, ...target };
    }
  },
  wake(view, _address, from) {
    const cause = view.rows.changedAt('settings', 'cluster');
    if (cause === undefined || cause === null || from > 0 || missing(view).length === 0) return undefined;
    return { at: 0, cause };
  },
};

/** Whether any of a cluster's addons brings objects. */
export function bringsObjects(settings: ClusterSettings): boolean {
  return objectsOf(settings).length > 0;
}

function objectsOf(settings: ClusterSettings): readonly KubeObject[] {
  const hasBalancers = hasAddon(settings, 'loadBalancer');
  return [
    ...(hasAddon(settings, 'ingressNginx') ? ingressNginxObjects({ hasBalancers }) : []),
    ...(hasAddon(settings, 'gateway') ? gatewayObjects : []),
  ];
}

function missing(view: View): readonly KubeObject[] {
  return objectsOf(view.settings).filter((object) => {
    const { namespace, name = '' } = object.metadata;
    return !view.objects.get(resourceOf(view, object), namespace, name);
  });
}

function resourceOf({ objects }: View, { apiVersion, kind }: KubeObject): string {
  return resourceForKind(apiVersion, kind, servedResources(objects))?.name ?? '';
}
