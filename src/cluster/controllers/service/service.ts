import type { Millis } from '../../../kernel/time/millis.ts';
import type { BalancerRow } from '../../contract/balancer-rows.ts';
import type { Component, Reaction, View, Wake } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { compareText, isEqualJson } from '../../objects/json.ts';
import type { Node, Service } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { record } from '../../recorder/record.ts';
import { deltaOfRow } from '../../world/row-delta.ts';
import { orderFor, specFor } from './balancer-order.ts';
import { isIncluded } from './included-nodes.ts';

const ACTOR = 'service-controller';
const FINALIZER = 'service.kubernetes.io/load-balancer-cleanup';

/**
 * Has load balancers made for the services that want one, and tells them which machines there are
 * (cloud-provider: controllers/service/controller.go). A look is at one service.
 */
export const serviceController: Component = {
  name: ACTOR,
  watches: ['services', 'nodes'],
  *deliveriesOf({ resource, key, object, before }, rows) {
    if (resource === 'services') {
      if (isOurs(object as Service) || isOurs(before as Service | undefined)) yield { actor: ACTOR, key };
      return;
    }
    // Only what may make it another set of machines (shouldSyncUpdatedNode).
    const [now, then] = [object as Node, before as Node | undefined];
    const isGoing = now.metadata.deletionTimestamp !== undefined;
    if (then && !isGoing && isIncluded(now) === isIncluded(then)) return;
    for (const { service } of rows.rowsBy('balancers', 'all', '')) yield addressOf(service);
  },
  *addresses({ rows }) {
    for (const { service } of rows.rowsBy('balancers', 'all', '')) yield addressOf(service);
  },
  concernedBy: ['BalancerOrdered'],
  *concernsOf({ event }) {
    if (event.type === 'BalancerOrdered') yield addressOf(event.row.service);
  },
  reconcile: (view, { key }, now) => sync(view, key, now),
  wake: (view, { key }, from) => nextDone(view, key, from),
};

function addressOf(service: string) {
  const [namespace = '', name = ''] = service.split('/');
  return { actor: ACTOR, key: storageKey({ resource: 'services', namespace, name }) };
}

function isOurs(service: Service | undefined): boolean {
  return service !== undefined && (wantsBalancer(service) || hasFinalizer(service));
}

/** What asks for a class of its own is left to whoever knows that class. */
function wantsBalancer({ spec }: Service): boolean {
  return spec?.type === 'LoadBalancer' && spec.loadBalancerClass === undefined;
}

function hasFinalizer({ metadata }: Service): boolean {
  return metadata.finalizers?.includes(FINALIZER) ?? false;
}

function rowOf({ rows }: View, { metadata }: Service): BalancerRow | undefined {
  return rows.row('balancers', metadata.uid ?? '');
}

function nextDone(view: View, key: string, from: Millis): Wake | undefined {
  const service = view.objects.byKey<Service>(key);
  const row = service && rowOf(view, service);
  if (!row?.order) return undefined;
  return { at: Math.max(from, row.order.doneAt), cause: view.rows.changedAt('balancers', row.balancer) };
}

function* sync(view: View, key: string, now: Millis): Reaction {
  const service = view.objects.byKey<Service>(key);
  if (!service) return;
  const row = rowOf(view, service);
  if (service.metadata.deletionTimestamp !== undefined || !wantsBalancer(service)) {
    if (hasFinalizer(service)) yield* cleanUp(view, service, { row, now });
    return;
  }
  if (row?.order && row.order.doneAt <= now) yield* done(view, service, { row, now });
  else if (!row || !isEqualJson(row.order?.spec ?? row.spec, specFor(service)))
    yield* ensure(view, service, { row, now });
  else yield* updateHosts(view, service, { row, now });
}

interface Look {
  readonly row: BalancerRow | undefined;
  readonly now: Millis;
}

function* tell(
  view: View,
  service: Service,
  now: Millis,
  [reason, message]: readonly [string, string],
): Reaction {
  const type = reason === 'UnAvailableLoadBalancer' ? 'Warning' : 'Normal';
  yield* record(view, { component: ACTOR, object: service, type, reason, message }, now);
}

function* ensure(view: View, service: Service, { row, now }: Look): Doing<void> {
  yield* tell(view, service, now, ['EnsuringLoadBalancer', 'Ensuring load balancer']);
  if (!hasFinalizer(service)) {
    const finalizers = [...(service.metadata.finalizers ?? []), FINALIZER];
    const answer = yield {
      verb: 'patch',
      ...targetOf(service),
      patchType: 'merge',
      patch: { metadata: { finalizers } },
    };
    if (!answer.ok) return;
  }
  const nodes = targetNodes(view);
  if (nodes.length === 0) {
    const none = 'There are no available nodes for LoadBalancer';
    yield* tell(view, service, now, ['UnAvailableLoadBalancer', none]);
  }
  yield orderFor(view, service, { row, nodes, now });
}

/** Whoever runs it has done what was asked. */
function* done(
  view: View,
  service: Service,
  { row, now }: Look & { readonly row: BalancerRow },
): Doing<void> {
  const { order, ...rest } = row;
  if (!order) return;
  const after: BalancerRow = { ...rest, madeAt: row.madeAt ?? now, spec: order.spec };
  yield { type: 'BalancerMoved', balancer: row.balancer, ...deltaOfRow(row, after) };
  yield* tell(view, service, now, ['EnsuredLoadBalancer', 'Ensured load balancer']);
  yield* setStatus(service, { ingress: [{ ip: row.address, ipMode: 'VIP' }] });
}

function* updateHosts(
  view: View,
  service: Service,
  { row, now }: Look & { readonly row: BalancerRow },
): Doing<void> {
  const nodes = targetNodes(view);
  const isSame = isEqualJson(nodes, Object.keys(row.targets).sort(compareText));
  if (isSame) return;
  // A machine that is new has to be found well before anything is sent to it.
  const targets = Object.fromEntries(nodes.map((node) => [node, row.targets[node] ?? { isHealthy: false }]));
  yield { type: 'BalancerMoved', balancer: row.balancer, ...deltaOfRow(row, { ...row, targets }) };
  yield* tell(
    view,
    service,
    now,
    nodes.length === 0
      ? ['UnAvailableLoadBalancer', 'There are no available nodes for LoadBalancer']
      : ['UpdatedLoadBalancer', 'Updated load balancer with new hosts'],
  );
}

function* cleanUp(view: View, service: Service, { row, now }: Look): Doing<void> {
  if (row) {
    yield* tell(view, service, now, ['DeletingLoadBalancer', 'Deleting load balancer']);
    yield { type: 'BalancerRemoved', balancer: row.balancer };
  }
  if (service.metadata.deletionTimestamp === undefined) yield* setStatus(service, {});
  const finalizers = (service.metadata.finalizers ?? []).filter((one) => one !== FINALIZER);
  yield {
    verb: 'patch',
    ...targetOf(service),
    patchType: 'merge',
    patch: { metadata: { finalizers: finalizers.length > 0 ? finalizers : null } },
  };
  yield* tell(view, service, now, ['DeletedLoadBalancer', 'Deleted load balancer']);
}

function* setStatus(
  service: Service,
  loadBalancer: NonNullable<Service['status']>['loadBalancer'],
): Doing<void> {
  if (isEqualJson(service.status?.loadBalancer ?? {}, loadBalancer)) return;
  const ingress = loadBalancer?.ingress ?? null;
  const patch = { status: { loadBalancer: { ingress } } };
  yield { verb: 'patch', ...targetOf(service), subresource: 'status', patchType: 'merge', patch };
}

function targetOf({ metadata: { namespace = '', name = '' } }: Service) {
  return { resource: 'services', namespace, name } as const;
}

function targetNodes({ objects }: View): readonly string[] {
  return objects
    .list<Node>('nodes')
    .filter((node) => node.metadata.deletionTimestamp === undefined && isIncluded(node) && !isGoing(node))
    .map(({ metadata }) => metadata.name ?? '')
    .sort(compareText);
}

/** Cluster Autoscaler is about to give it back. */
function isGoing({ spec }: Node): boolean {
  return spec?.taints?.some(({ key }) => key === 'ToBeDeletedByClusterAutoscaler') ?? false;
}
