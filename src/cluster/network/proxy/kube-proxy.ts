import type { Millis } from '../../../kernel/time/millis.ts';
import type { Change } from '../../contract/api-event.ts';
import type { Address, Component, Delivery, Reaction, View, Wake } from '../../contract/component.ts';
import type { Event } from '../../contract/event.ts';
import { instancesOf } from '../../contract/instances.ts';
import type { MachineRow } from '../../contract/machine-rows.ts';
import { type ProxyRuleChange, type ProxyRuleRow, proxyRuleKey } from '../../contract/proxy-rows.ts';
import type { RowReader } from '../../contract/reader.ts';
import type { ClusterSettings } from '../../contract/settings.ts';
import { derived, derivedOfPair } from '../../objects/derived.ts';
import { SERVICE_NAME, SLICES, slicesOfService } from '../../objects/endpoint-slices.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { EndpointSlice, Service } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { deltaOf } from '../../world/object-delta.ts';
import { isHeard } from '../../world/reach.ts';
import { nodeBack } from '../node-back.ts';
import { type ProxyRule, rulesOf } from './rules-of.ts';
import { nextSync } from './sync-pace.ts';

const NAME = 'kube-proxy';
const { actorOf, nodeOf } = instancesOf(NAME);

/**
 * The kube-proxies, one an actor (`kube-proxy/node-1`). A look is at one service (`default/web`); what is
 * due for several is one sync. Rules that are as they should be are left alone, without a trace.
 */
export const kubeProxy: Component = {
  name: NAME,
  versionOf: 'kube-proxy',
  watches: ['services', SLICES],
  looksAfter: 'proxySync',
  deliveriesOf,
  addresses,
  isConnected: (actor, rows) => isHeard(rows, nodeOf({ actor })),
  listsAfresh,
  reconcile,
  wake,
};

function* deliveriesOf(change: Change, rows: RowReader): Generator<Delivery> {
  const keys = new Set([change.object, change.before].flatMap((one) => serviceKey(change.resource, one)));
  for (const { node } of rows.rowsBy('machines', 'all', '')) {
    for (const key of keys) yield { actor: actorOf(node), key };
  }
}

/** Whoever comes back looks at all that others know of, and at all that it knew. */
function* listsAfresh(event: Event, rows: RowReader): Generator<Delivery> {
  const back = nodeBack(event);
  if (back === undefined) return;
  const services = rows
    .rowsBy('machines', 'all', '')
    .flatMap(({ node }) => rows.rowsBy('proxyRules', 'node', node))
    .map(({ servicePort }) => serviceOf(servicePort));
  const actor = actorOf(back);
  for (const key of new Set(services)) yield { actor, key };
}

function serviceKey(resource: string, object: KubeObject | undefined): readonly string[] {
  if (!object) return [];
  const { namespace = '', name = '', labels } = object.metadata;
  if (resource === 'services') return [`${namespace}/${name}`];
  const service = labels?.[SERVICE_NAME];
  return service === undefined ? [] : [`${namespace}/${service}`];
}

function* addresses({ rows, objects }: View): Generator<Address> {
  const services = objects.list<Service>('services').flatMap((service) => serviceKey('services', service));
  for (const { node } of rows.rowsBy('machines', 'all', '')) {
    const ruled = rows.rowsBy('proxyRules', 'node', node).map(({ servicePort }) => serviceOf(servicePort));
    for (const key of new Set([...services, ...ruled])) yield { actor: actorOf(node), key };
  }
}

function serviceOf(servicePort: string): string {
  return servicePort.split(':')[0] ?? servicePort;
}

function* reconcile(view: View, address: Address, now: Millis): Reaction {
  const node = nodeOf(address);
  if (nextSync(view, node, now) > now) return;
  const rules = changesFor(view, node, address.key);
  if (rules.length > 0) yield { type: 'ProxyRulesSynced', node, rules };
}

/** While it must wait anyway, whether there is something to do is found out when it may. */
function wake(view: View, address: Address, from: Millis): Wake | undefined {
  const node = nodeOf(address);
  const machine = view.rows.row('machines', node);
  if (!machine || machine.off) return undefined;
  const at = nextSync(view, node, from);
  if (at === from && !isBehind(view, node, address.key)) return undefined;
  return { at, cause: causeOf(view, address.key) };
}

/** Whatever of the service changed last. */
function causeOf({ objects }: View, service: string): number | null {
  const [namespace = '', name = ''] = service.split('/');
  const slices = slicesOf(objects, service).map(({ metadata }) =>
    storageKey({ resource: SLICES, namespace, name: metadata.name ?? '' }),
  );
  const keys = [storageKey({ resource: 'services', namespace, name }), ...slices];
  const seqs = keys.flatMap((key) => objects.changedAt(key) ?? []);
  return seqs.length > 0 ? Math.max(...seqs) : null;
}

/** The rules that a node should have for a service; undefined where no such machine runs. */
function wantedRules({ objects, rows, settings }: View, node: string, key: string) {
  const machine = rows.row('machines', node);
  if (!machine || machine.off) return undefined;
  const [namespace = '', name = ''] = key.split('/');
  const service = objects.get<Service>('services', namespace, name);
  if (!service) return new Map<string, ProxyRule>();
  return rulesOf(service, slicesOf(objects, key), {
    node,
    version: settings.version,
    // Looked for by those alone who ask.
    get zone() {
      return zoneOf(settings, machine);
    },
  });
}

/** As the node was labelled when it was set up. */
function zoneOf({ nodes }: ClusterSettings, { node, joined }: MachineRow): string | undefined {
  const own = joined?.settings ?? nodes.find(({ name }) => name === node);
  return own?.labels['topology.kubernetes.io/zone'];
}

/** Whether something has to change: asked far more often than it is done. */
function isBehind(view: View, node: string, key: string): boolean {
  const wanted = wantedRules(view, node, key);
  if (!wanted) return false;
  const rows = view.rows.rowsBy('proxyRules', 'service', `${node} ${key}`);
  if (rows.length !== wanted.size) return true;
  return rows.some((row) => {
    const rule = wanted.get(row.servicePort);
    return !rule || isOtherThan(row, rule);
  });
}

const isOtherThan = derivedOfPair((row: ProxyRuleRow, rule: ProxyRule): boolean => {
  const { node: _, servicePort: __, cluster, ...known } = row;
  const { cluster: wanted, ...others } = rule;
  return !isSameSet(cluster, wanted) || !isEqualJson(known, others);
});

/** Whether two sets of endpoints are the same; there may be thousands in them. */
function isSameSet(a: ProxyRule['cluster'], b: ProxyRule['cluster']): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (sizeOf(a) !== sizeOf(b)) return false;
  for (const target in a) if (b[target] === undefined) return false;
  return true;
}

const sizeOf = derived((set: NonNullable<ProxyRule['cluster']>) => Object.keys(set).length);

/** What has to change in a node's rules for a service. */
function changesFor(view: View, node: string, key: string): ProxyRuleChange[] {
  const { rows } = view;
  const wanted = wantedRules(view, node, key);
  if (!wanted) return [];
  const gone = rows
    .rowsBy('proxyRules', 'service', `${node} ${key}`)
    .filter(({ servicePort }) => !wanted.has(servicePort))
    .map(({ servicePort }): ProxyRuleChange => ({ servicePort, isGone: true }));
  return [
    ...gone,
    ...[...wanted].flatMap(([servicePort, rule]) => changeOf(rows, { node, servicePort, rule })),
  ];
}

function changeOf(
  rows: RowReader,
  {
    node,
    servicePort,
    rule,
  }: { readonly node: string; readonly servicePort: string; readonly rule: ProxyRule },
): readonly ProxyRuleChange[] {
  const row = rows.row('proxyRules', proxyRuleKey(node, servicePort));
  if (!row) return [{ servicePort, rule }];
  const delta = deltaTo(row, rule);
  return delta ? [{ servicePort, ...delta }] : [];
}

function slicesOf(objects: View['objects'], service: string): readonly EndpointSlice[] {
  const [namespace, name] = service.split('/');
  return slicesOfService(objects, { namespace, name });
}

/** What turns a row into a rule. */
function deltaTo(row: ProxyRuleRow, rule: ProxyRule) {
  const { node, servicePort } = row;
  return deltaOf(row as unknown as KubeObject, { node, servicePort, ...rule } as unknown as KubeObject);
}
