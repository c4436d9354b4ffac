import type { View } from '../../contract/component.ts';
import { proxyRuleKey } from '../../contract/proxy-rows.ts';
import type { RowReader } from '../../contract/reader.ts';
import type { DroppedThere, RouteTarget, TrafficRoute, TrafficRow } from '../../contract/traffic-rows.ts';
import { isEqualJson } from '../../objects/json.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { isAddress } from '../addresses.ts';
import type { Origin } from '../approach.ts';
import { balancerAt } from '../balancer/entry-nodes.ts';
import { RESOLVER_MS } from '../dns/name-drop.ts';
import { dropOf, mayDrop } from '../policy/drop-of.ts';
import { originEnd } from '../policy/ends.ts';
import { type Destination, destinationsOf, type Reached } from '../proxy/destinations-of.ts';
import { lostMachine } from '../proxy/place-of.ts';
import { ruleFor } from '../proxy/rule-for.ts';
import { masqueradedBy } from '../proxy/seen-as.ts';
import { droppedThere } from './dropped-there.ts';
import { originNow, type Presence } from './origin-now.ts';

type Route = Omit<TrafficRoute, 'since'>;

/** Where a client's requests go that it sends now, by the rules of the node on which it is. */
function routeNow(view: View, row: TrafficRow): Route {
  const present = originNow(view, row);
  if (!present.from) return { to: { kind: 'silent' }, cause: present.cause };
  const { host, port } = row.spec;
  const destination = destinationsOf(view, { from: present.from, host, port });
  return destination.kind === 'endpoints'
    ? endpointsOf(view, row, { reached: destination, from: present.from })
    : nowhere(view, row, { destination, present });
}

/** The same if it is not what it was. */
export function changedRoute(view: View, row: TrafficRow): Route | undefined {
  const route = routeNow(view, row);
  const before = row.routes.at(-1);
  return before && isSame(before.to, route.to) ? undefined : route;
}

interface Somewhere {
  readonly reached: Reached;
  readonly from: Origin;
}

function endpointsOf(view: View, row: TrafficRow, { reached, from }: Somewhere): Route {
  const { endpoints, rule } = reached;
  const shares = new Map<string, number>();
  for (const { address, port, weight = 1 } of endpoints) {
    const endpoint = `${address}:${port}`;
    shares.set(endpoint, (shares.get(endpoint) ?? 0) + weight);
  }
  const sorted = [...shares.keys()].sort();
  const weights = sorted.map((endpoint) => shares.get(endpoint) ?? 1);
  const affinityMs = rule?.affinityMs ?? endpoints.find(({ entry }) => entry)?.entry?.affinityMs;
  const dropped = dropsOf(view.rows, { reached, from });
  const to: RouteTarget = {
    kind: 'endpoints',
    endpoints: sorted,
    ...(weights.some((weight) => weight !== weights[0]) && { weights }),
    ...(affinityMs !== undefined && { affinityMs }),
    ...(dropped && { dropped }),
  };
  return { to, cause: causeOfRules(view, reached) ?? causeOfName(view, row) };
}

/** Whatever changed last of the rules on the way, and of the load balancer before them. */
function causeOfRules({ rows }: View, { address, endpoints, rule }: Reached): number | null {
  if (rule) return rows.changedAt('proxyRules', proxyRuleKey(rule.node, rule.servicePort));
  const balancer = address === undefined ? undefined : balancerAt(rows, address);
  if (!balancer) return null;
  const entries = endpoints.flatMap(({ entry }) =>
    entry ? [proxyRuleKey(entry.node, entry.servicePort)] : [],
  );
  const seqs = [
    rows.changedAt('balancers', balancer.balancer),
    ...entries.map((key) => rows.changedAt('proxyRules', key)),
  ].filter((seq) => seq !== null);
  return seqs.length > 0 ? Math.max(...seqs) : null;
}

/** Undefined where a new connection may go to all of them, whichever way. */
function dropsOf(rows: RowReader, { reached, from }: Somewhere): Drops | undefined {
  if (!mayDrop(rows)) return undefined;
  const client = originEnd(rows, from).address;
  const found = new Map<string, DroppedThere>();
  const passed = new Set<string>();
  for (const chosen of reached.endpoints) {
    const endpoint = `${chosen.address}:${chosen.port}`;
    const node = masqueradedBy({ from, client, chosen, reached });
    const masquerade = node === undefined ? {} : { masqueradedBy: node };
    const dropped = dropOf(rows, { from, to: chosen, port: chosen.port, ...masquerade });
    if (dropped) found.set(endpoint, droppedThere(rows, dropped));
    else passed.add(endpoint);
  }
  for (const endpoint of passed) found.delete(endpoint);
  return found.size > 0 ? Object.fromEntries(found) : undefined;
}

interface Nowhere {
  readonly destination: Exclude<Destination, Reached>;
  readonly present: Extract<Presence, { readonly from: unknown }>;
}

function nowhere(view: View, row: TrafficRow, { destination, present: { from } }: Nowhere): Route {
  const named = causeOfName(view, row);
  const { host, port } = row.spec;
  if (destination.kind === 'unresolved' && destination.dropped) {
    const { because, cause } = droppedThere(view.rows, destination.dropped);
    return { to: { kind: 'unresolved', because, afterMs: RESOLVER_MS }, cause };
  }
  if (destination.kind === 'unresolved') {
    return { to: { kind: 'unresolved', because: `there is no such name: ${host}` }, cause: named };
  }
  const { address, kind } = destination;
  // What becomes of one's requests to a pod's own address is a matter of the pod, and so with machines.
  const isLost = from === 'outside' && lostMachine(view.rows, from, address) !== undefined;
  if (kind === 'unreachable' || isLost)
    return { to: { kind: 'endpoints', endpoints: [`${address}:${port}`] }, cause: named };
  const rule = ruleFor(view.rows, { from, address, port, protocol: 'TCP' })?.row;
  const cause = rule ? view.rows.changedAt('proxyRules', proxyRuleKey(rule.node, rule.servicePort)) : named;
  if (kind === 'refused')
    return { to: { kind, because: 'the service has no endpoint that is ready' }, cause };
  const because = balancerAt(view.rows, address)
    ? 'the load balancer lets nothing in there'
    : rule
      ? 'the service has no endpoint on that node'
      : from === 'outside'
        ? 'there is no way to that address from outside'
        : `the rules of ${from.node} do not know that address`;
  return { to: { kind, because }, cause };
}

/** The service that a name stands for, when it was made, changed or taken away; else the client's start. */
function causeOfName({ objects }: View, { spec: { host, from }, started }: TrafficRow): number | null {
  if (isAddress(host)) return started;
  const [name = host, namespace = 'namespace' in from ? from.namespace : ''] = host.split('.');
  return objects.changedAt(storageKey({ resource: 'services', namespace, name })) ?? started;
}

function isSame(a: RouteTarget, b: RouteTarget): boolean {
  if (a.kind === 'endpoints' && b.kind === 'endpoints') {
    const isList = a.endpoints.length === b.endpoints.length;
    const isEach = isList && a.endpoints.every((each, index) => each === b.endpoints[index]);
    const isAlike = isEqualJson(a.weights, b.weights) && isSameDrop(a.dropped, b.dropped);
    return isEach && a.affinityMs === b.affinityMs && isAlike;
  }
  const because = 'because' in a ? a.because : '';
  return a.kind === b.kind && because === ('because' in b ? b.because : '');
}

type Drops = Readonly<Record<string, DroppedThere>>;

function isSameDrop(a: Drops = {}, b: Drops = {}): boolean {
  const endpoints = Object.keys(a);
  const isEach = endpoints.every((endpoint) => a[endpoint]?.because === b[endpoint]?.because);
  return isEach && endpoints.length === Object.keys(b).length;
}
