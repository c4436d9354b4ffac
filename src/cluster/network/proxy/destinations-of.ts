import type { BalancerRow } from '../../contract/balancer-rows.ts';
import type { View } from '../../contract/component.ts';
import type { Event } from '../../contract/event.ts';
import type { Dropped } from '../../contract/policy-rows.ts';
import type { ProxyRuleRow } from '../../contract/proxy-rows.ts';
import { isWithin } from '../../objects/ip-network.ts';
import { isAddress } from '../addresses.ts';
import { type Approach, type Origin, OUTSIDE_ADDRESS, senderOf } from '../approach.ts';
import { balancerAt, entryNodes } from '../balancer/entry-nodes.ts';
import { resolveHost } from '../dns/resolve-host.ts';
import { GATEWAYS, ROUTES } from '../web/gateway/gateway-objects.ts';
import { sidecarFor } from '../web/istio/sidecar-for.ts';
import { lostMachine, nobodyAt, type Place, placeOf } from './place-of.ts';
import { ruleFor, targetsOf } from './rule-for.ts';

/** What becomes of a new connection; `address` is the one that the name stands for. */
export type Destination =
  | Reached
  /** Answered at once: there is nobody to go to. */
  | { readonly kind: 'refused'; readonly address: string }
  /** Silence. */
  | { readonly kind: 'timedOut'; readonly address: string }
  /** After three seconds the network says that nobody has the address. */
  | { readonly kind: 'unreachable'; readonly address: string }
  /** Nobody knows the name; `dropped`: nobody said anything to that. */
  | { readonly kind: 'unresolved'; readonly dropped?: Dropped };

export interface Reached {
  readonly kind: 'endpoints';
  /** Absent where the name stands for the endpoints themselves, as a headless service's does. */
  readonly address?: string;
  /** At least one, in the order of the rules: each is as likely as the others. */
  readonly endpoints: readonly ReachedEndpoint[];
  /** Whoever comes again is sent where it was sent before. */
  readonly isSticky?: true;
  /** The node whose rule it is, and the rule; absent where the address is an endpoint's own. */
  readonly rule?: ProxyRuleRow;
}

/** Nobody may have the address any more: rules can be older than what they speak of. */
export interface ReachedEndpoint extends Partial<Place> {
  readonly address: string;
  readonly port: number;
  /** Behind a load balancer: how many of the ways there lead to it, and the rule of the node on the way. */
  readonly weight?: number;
  readonly entry?: ProxyRuleRow;
  /** What the node does where its rule leads nowhere. */
  readonly does?: 'refused' | 'timedOut';
}

/**
 * Where a new connection can go, as the rules of the node that it passes are now. `view.objects` matters for
 * names only, and is the name service's view of services and their slices.
 */
export function destinationsOf(view: View, approach: Approach): Destination {
  const { from, host, port, protocol = 'TCP' } = approach;
  const addresses = isAddress(host) ? [host] : resolveHost(view, approach);
  if ('policies' in addresses) return { kind: 'unresolved', dropped: addresses };
  const [address] = addresses;
  if (address === undefined) return { kind: 'unresolved' };
  if (addresses.length > 1) {
    const endpoints = addresses.map((each) => ({ address: each, port, ...placeOf(view.rows, from, each) }));
    return { kind: 'endpoints', endpoints };
  }
  const sidecar = isAddress(host) ? undefined : sidecarFor(view.rows, from, host);
  if (sidecar) return { kind: 'endpoints', address, endpoints: [sidecar] };
  const balancer = from === 'outside' ? balancerAt(view.rows, address) : undefined;
  if (balancer) return throughBalancer(view, balancer, { port, protocol });
  // A port of a machine leads nowhere while that is not there itself.
  if (from === 'outside' && lostMachine(view.rows, from, address) !== undefined)
    return { kind: 'timedOut', address };
  const rule = ruleFor(view.rows, { from, address, port, protocol });
  if (!rule) return directly(view, { from, address, port });
  if (isKeptOut(view, rule.row, { from, address })) return { kind: 'timedOut', address };
  const targets = targetsOf(rule.row, rule.traffic);
  if (targets === 'refused' || targets === 'timedOut') return { kind: targets, address };
  const endpoints = targets.map((target) => {
    const [to = '', toPort = ''] = target.split(':');
    return { address: to, port: Number(toPort), ...placeOf(view.rows, from, to) };
  });
  return { kind: 'endpoints', address, endpoints, rule: rule.row };
}

function directly(
  { rows }: View,
  { from, address, port }: { readonly from: Origin; readonly address: string; readonly port: number },
): Destination {
  // Whoever is not in the cluster has a loopback of their own.
  if (from === 'outside' && address.startsWith('127.')) return { kind: 'refused', address };
  const place = placeOf(rows, from, address);
  if (!place) return { kind: nobodyAt(rows, from, address), address };
  // From outside there is a way to the machines, but none into the network of the pods.
  if (from === 'outside' && place.pod !== undefined) return { kind: 'timedOut', address };
  return { kind: 'endpoints', address, endpoints: [{ address, port, ...place }] };
}

/** A load balancer's networks are looked at on the nodes, too (iptables: KUBE-PROXY-FIREWALL). */
function isKeptOut(
  { rows }: View,
  { guarded }: ProxyRuleRow,
  { from, address }: { readonly from: Origin; readonly address: string },
): boolean {
  if (!guarded?.addresses.includes(address)) return false;
  const sender = senderOf(rows, from);
  return !guarded.sources.some((source) => isWithin(source, sender));
}

/**
 * From outside to a load balancer, and from there to any of the machines that it finds well: each has the
 * same share, and its rules take over.
 */
function throughBalancer(
  { rows }: View,
  row: BalancerRow,
  { port, protocol }: { readonly port: number; readonly protocol: string },
): Destination {
  const { address, spec } = row;
  const nodePort = spec?.ports[`${port}/${protocol}`];
  const isOpen = spec?.sources?.some((source) => isWithin(source, OUTSIDE_ADDRESS)) ?? true;
  if (nodePort === undefined || !isOpen) return { kind: 'timedOut', address };
  const ways = entryNodes(row).map((node) => waysThrough(rows, node, { address, port, protocol, nodePort }));
  if (ways.length === 0) return { kind: 'timedOut', address };
  const whole = ways.reduce((least, { length }) => (least * length) / greatestDivisor(least, length), 1);
  const endpoints = ways.flatMap((way) => way.map((each) => ({ ...each, weight: whole / way.length })));
  return { kind: 'endpoints', address, endpoints, ...(spec?.isSticky && { isSticky: true }) };
}

interface Entry {
  readonly address: string;
  readonly port: number;
  readonly protocol: string;
  readonly nodePort: number;
}

/** Where the rules of a node lead to; at least one way, even if it is no good. */
function waysThrough(
  rows: View['rows'],
  node: string,
  { address, port, protocol, nodePort }: Entry,
): readonly ReachedEndpoint[] {
  const machine = rows.row('machines', node);
  const itself = { address: machine?.ip ?? '', port: nodePort };
  // Nobody is there to say anything.
  if (!machine || !placeOf(rows, 'outside', machine.ip)) return [itself];
  const rule = rows
    .rowsBy('proxyRules', 'external', node)
    .find((row) => row.externalIps?.includes(address) && row.port === port && row.protocol === protocol);
  // Its kube-proxy has not heard of the address yet.
  if (!rule) return [{ ...itself, node, does: 'timedOut' }];
  const targets = targetsOf(rule, 'external');
  if (typeof targets === 'string') return [{ ...itself, node, does: targets, entry: rule }];
  return targets.map((target) => {
    const [to = '', toPort = ''] = target.split(':');
    const from = { node };
    return { address: to, port: Number(toPort), ...placeOf(rows, from, to), entry: rule };
  });
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/** What has to be watched by whoever goes by names: without it, `view.objects` does not follow. */
export const RESOLVED_BY: readonly string[] = [
  'services',
  'endpointslices.discovery.k8s.io',
  'namespaces',
  'ingresses.networking.k8s.io',
  GATEWAYS,
  ROUTES,
];

/** Whether a destination may be another after this; changes of `RESOLVED_BY` may move names besides. */
export function movesDestinations({ type }: Event): boolean {
  return (
    changesReach(type) ||
    type === 'ProxyRulesSynced' ||
    type === 'PoliciesSynced' ||
    type === 'PodRelabelled' ||
    type === 'SandboxStarted' ||
    type === 'SandboxStopped' ||
    type === 'MachineInstalled' ||
    type === 'BalancerMoved' ||
    type === 'BalancerRemoved'
  );
}

/** What changes who reaches whom. */
export function changesReach(type: Event['type']): boolean {
  return (REACH_CHANGES as readonly string[]).includes(type);
}

/** The facts that change who reaches whom. */
export const REACH_CHANGES = [
  'MachineStopped',
  'MachineStarted',
  'NetworkCut',
  'NetworkMended',
  'PathHarmed',
  'PathMended',
] as const;
