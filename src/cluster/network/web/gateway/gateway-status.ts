import type { Millis } from '../../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../../kernel/time/rfc3339.ts';
import type { View } from '../../../contract/component.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import type { Deployment, Service } from '../../../objects/kubernetes.ts';
import { hasService } from '../backend-endpoints.ts';
import { attachedRoutes } from './attached-routes.ts';
import {
  CONTROLLER,
  type Condition,
  type Gateway,
  type GatewayClass,
  GROUP,
  type HttpRoute,
} from './gateway-objects.ts';
import { proxyName } from './proxy-objects.ts';
import { isGranted } from './reference-grants.ts';

type Said = readonly [type: string, isTrue: boolean, reason: string, message: string];

/** Conditions as they are now; one that says the same as before keeps its time. */
function conditionsOf(
  said: readonly Said[],
  {
    before = [],
    generation,
    now,
    view,
  }: {
    readonly before: readonly Condition[] | undefined;
    readonly generation: number;
    readonly now: Millis;
    readonly view: View;
  },
): readonly Condition[] {
  return said.map(([type, isTrue, reason, message]) => {
    const status = isTrue ? 'True' : 'False';
    const known = before.find((one) => one.type === type && one.status === status);
    return {
      lastTransitionTime: known?.lastTransitionTime ?? formatRfc3339(view.settings.epochMs + now),
      message,
      observedGeneration: generation,
      reason,
      status,
      type,
    };
  });
}

export function classStatus(view: View, one: GatewayClass, now: Millis): object {
  const said: Said[] = [['Accepted', true, 'Accepted', 'The GatewayClass is accepted']];
  return { conditions: conditionsOf(said, around(view, one, one.status?.conditions, now)) };
}

function around(view: View, { metadata }: KubeObject, before: readonly Condition[] | undefined, now: Millis) {
  return { before, generation: metadata.generation ?? 1, now, view };
}

export function gatewayStatus(view: View, gateway: Gateway, now: Millis): object {
  const { objects } = view;
  const { namespace = '' } = gateway.metadata;
  const service = objects.get<Service>('services', namespace, proxyName(gateway));
  const points = service?.status?.loadBalancer?.ingress ?? [];
  const addresses = points.flatMap(({ ip }) => (ip === undefined ? [] : [{ type: 'IPAddress', value: ip }]));
  const runs = objects.get<Deployment>('deployments.apps', namespace, proxyName(gateway))?.status
    ?.availableReplicas;
  const isThere = (runs ?? 0) > 0;
  const known = (gateway.status?.listeners ?? []) as readonly {
    readonly conditions?: readonly Condition[];
  }[];
  const listeners = (gateway.spec?.listeners ?? []).map((listener, index) => ({
    attachedRoutes: attachedRoutes(objects, gateway, listener).length,
    conditions: conditionsOf(
      [
        ['Accepted', true, 'Accepted', 'The Listener is accepted'],
        ['Programmed', true, 'Programmed', 'The Listener is programmed'],
        ['ResolvedRefs', true, 'ResolvedRefs', 'All references are resolved'],
        ['Conflicted', false, 'NoConflicts', 'No conflicts'],
      ],
      around(view, gateway, known[index]?.conditions, now),
    ),
    name: listener.name,
    supportedKinds: [{ group: GROUP, kind: 'HTTPRoute' }],
  }));
  const programmed: Said = isThere
    ? ['Programmed', true, 'Programmed', 'The Gateway is programmed']
    : ['Programmed', false, 'Pending', 'The proxy of the Gateway is not ready yet'];
  const said: Said[] = [['Accepted', true, 'Accepted', 'The Gateway is accepted'], programmed];
  return {
    ...(addresses.length > 0 && { addresses }),
    conditions: conditionsOf(said, around(view, gateway, gateway.status?.conditions, now)),
    listeners,
  };
}

interface RouteParent {
  readonly conditions?: readonly Condition[];
}

/** What the Gateways that a route names say to it; undefined where it names none that is served. */
export function routeStatus(
  view: View,
  { route: object, served }: { readonly route: KubeObject; readonly served: readonly Gateway[] },
  now: Millis,
): object | undefined {
  const route = object as HttpRoute;
  const known = (route.status?.parents ?? []) as readonly RouteParent[];
  const parents = (route.spec?.parentRefs ?? []).flatMap((ref, index) => {
    const namespace = ref.namespace ?? route.metadata.namespace;
    const gateway = served.find(
      ({ metadata }) => metadata.name === ref.name && metadata.namespace === namespace,
    );
    if (!gateway) return [];
    const isIn = (gateway.spec?.listeners ?? []).some((listener) =>
      attachedRoutes(view.objects, gateway, listener).some(
        ({ metadata }) => metadata.uid === route.metadata.uid,
      ),
    );
    const accepted: Said = isIn
      ? ['Accepted', true, 'Accepted', 'The route is accepted']
      : [
          'Accepted',
          false,
          'NoMatchingListenerHostname',
          'Listener hostname does not match the route hostnames',
        ];
    const said: Said[] = [accepted, resolved(view, route)];
    const conditions = conditionsOf(said, around(view, route, known[index]?.conditions, now));
    return [{ conditions, controllerName: CONTROLLER, parentRef: ref }];
  });
  return parents.length > 0 ? { parents } : undefined;
}

function resolved({ objects }: View, { metadata, spec }: HttpRoute): Said {
  for (const [at, { backendRefs = [] }] of (spec?.rules ?? []).entries())
    for (const [place, { name, namespace = metadata.namespace ?? '' }] of backendRefs.entries()) {
      const from = { kind: 'HTTPRoute', namespace: metadata.namespace ?? '' } as const;
      if (!isGranted(objects, { from, to: { kind: 'Service', namespace, name } })) {
        const why = `Backend ref to Service ${namespace}/${name} not permitted by any ReferenceGrant`;
        const message = `spec.rules[${at}].backendRefs[${place}].namespace: Forbidden: ${why}`;
        return ['ResolvedRefs', false, 'RefNotPermitted', message];
      }
      if (!hasService(objects, { namespace, name })) {
        const message = `spec.rules[${at}].backendRefs[${place}].name: Not found: "${name}"`;
        return ['ResolvedRefs', false, 'BackendNotFound', message];
      }
    }
  return ['ResolvedRefs', true, 'ResolvedRefs', 'All references are resolved'];
}
