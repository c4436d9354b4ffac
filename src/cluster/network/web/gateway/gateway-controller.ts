import type { Millis } from '../../../../kernel/time/millis.ts';
import type { Component, Reaction, View } from '../../../contract/component.ts';
import type { Doing } from '../../../contract/doing.ts';
import { isEqualJson } from '../../../objects/json.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import type { Deployment, Service } from '../../../objects/kubernetes.ts';
import { CLASSES, CONTROLLER, GATEWAYS, type Gateway, type GatewayClass, ROUTES } from './gateway-objects.ts';
import { classStatus, gatewayStatus, routeStatus } from './gateway-status.ts';
import { proxyDeployment, proxyName, proxyService } from './proxy-objects.ts';
import { GRANTS } from './reference-grants.ts';

const ACTOR = 'nginx-gateway';
const ADDRESS = { actor: ACTOR, key: 'all' };

/**
 * What NGINX Gateway Fabric's control plane does: for each Gateway of its classes it has a proxy run, and
 * says in the status of classes, Gateways and routes what has become of them. It looks at all of them at
 * once.
 */
export const gatewayController: Component = {
  name: ACTOR,
  watches: [GATEWAYS, CLASSES, ROUTES, 'services', 'namespaces', 'deployments.apps', GRANTS],
  *deliveriesOf({ resource, object }) {
    // Of workloads it cares for its own.
    const isOther =
      resource === 'deployments.apps' && object.metadata.ownerReferences?.[0]?.kind !== 'Gateway';
    if (!isOther) yield ADDRESS;
  },
  *reconcile(view, _address, now): Reaction {
    const classes = view.objects.list<GatewayClass>(CLASSES);
    for (const one of classes) yield* acceptClass(view, one, now);
    const own = new Set(classes.filter(isOurs).map(({ metadata }) => metadata.name));
    const gateways = view.objects.list<Gateway>(GATEWAYS);
    const served = gateways.filter(({ spec }) => own.has(spec?.gatewayClassName));
    for (const gateway of served) {
      yield* provide(view, gateway);
      yield* setStatus(gateway, GATEWAYS, gatewayStatus(view, gateway, now));
    }
    for (const route of view.objects.list<KubeObject>(ROUTES)) {
      const status = routeStatus(view, { route, served }, now);
      if (status) yield* setStatus(route, ROUTES, status);
    }
  },
};

function isOurs({ spec }: GatewayClass): boolean {
  return spec?.controllerName === CONTROLLER;
}

function* acceptClass(view: View, one: GatewayClass, now: Millis): Doing<void> {
  if (isOurs(one)) {
    yield* setStatus(one, CLASSES, classStatus(view, one, now));
    return;
  }
  if (one.status !== undefined && one.status.conditions?.[0]?.reason === 'Pending') return;
  const message = `nobody serves it: it asks for ${one.spec?.controllerName}, and what is simulated is ${CONTROLLER}`;
  yield { type: 'NoticeGiven', about: `gatewayclass ${one.metadata.name}`, message };
  const pending = {
    type: 'Accepted',
    status: 'Unknown',
    reason: 'Pending',
    message: 'Waiting for controller',
  };
  const lastTransitionTime = '1970-01-01T00:00:00Z';
  yield* setStatus(one, CLASSES, { conditions: [{ ...pending, lastTransitionTime }] });
}

/** A Deployment and a Service for each Gateway, which go with it. */
function* provide({ objects }: View, gateway: Gateway): Doing<void> {
  const { namespace = '' } = gateway.metadata;
  const name = proxyName(gateway);
  if (!objects.get<Deployment>('deployments.apps', namespace, name))
    yield { verb: 'create', resource: 'deployments.apps', namespace, object: proxyDeployment(gateway) };
  const service = objects.get<Service>('services', namespace, name);
  const wanted = proxyService(gateway);
  if (!service) {
    yield { verb: 'create', resource: 'services', namespace, object: wanted };
    return;
  }
  const numbers = (one: Service) => (one.spec?.ports ?? []).map(({ port }) => port);
  if (isEqualJson(numbers(service), numbers(wanted))) return;
  const patch = { spec: { ports: wanted.spec?.ports } };
  yield { verb: 'patch', resource: 'services', namespace, name, patchType: 'merge', patch };
}

function* setStatus(object: KubeObject, resource: string, status: object): Doing<void> {
  if (isEqualJson((object as { readonly status?: unknown }).status, status)) return;
  const { namespace, name = '' } = object.metadata;
  const target = { resource, name, ...(namespace !== undefined && { namespace }), subresource: 'status' };
  yield { verb: 'patch', ...target, patchType: 'merge', patch: { status } };
}
