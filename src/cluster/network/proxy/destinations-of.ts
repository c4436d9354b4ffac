import type { View } from '../../contract/component.ts';
import type { Event } from '../../contract/event.ts';
import type { ProxyRuleRow } from '../../contract/proxy-rows.ts';
import { isAddress } from '../addresses.ts';
import type { Approach, Origin } from '../approach.ts';
import { resolveHost } from '../dns/resolve-host.ts';
import { nobodyAt, type Place, placeOf } from './place-of.ts';
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
  | { readonly kind: 'unresolved' };

export interface Reached {
  readonly kind: 'endpoints';
  /** Absent where the name stands for the endpoints themselves, as a headless service's does. */
  readonly address?: string;
  /** At least one, in the order of the rules: each is as likely as the others. */
  readonly endpoints: readonly ReachedEndpoint[];
  /** The node whose rule it is, and the rule; absent where the address is an endpoint's own. */
  readonly rule?: ProxyRuleRow;
}

/** Nobody may have the address any more: rules can be older than what they speak of. */
export interface ReachedEndpoint extends Partial<Place> {
  readonly address: string;
  readonly port: number;
}

/**
 * Where a new connection can go, as the rules of the node that it passes are now. `view.objects` matters for
 * names only, and is the name service's view of services and their slices.
 */
export function destinationsOf(view: View, approach: Approach): Destination {
  const { from, host, port, protocol = 'TCP' } = approach;
  const addresses = isAddress(host) ? [host] : resolveHost(view, approach);
  const [address] = addresses;
  if (address === undefined) return { kind: 'unresolved' };
  if (addresses.length > 1) {
    const endpoints = addresses.map((each) => ({ address: each, port, ...placeOf(view.rows, from, each) }));
    return { kind: 'endpoints', endpoints };
  }
  const rule = ruleFor(view.rows, { from, address, port, protocol });
  if (!rule) return directly(view, { from, address, port });
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

/** What has to be watched by whoever goes by names: without it, `view.objects` does not follow. */
export const RESOLVED_BY: readonly string[] = ['services', 'endpointslices.discovery.k8s.io', 'namespaces'];

/** Whether a destination may be another after this; changes of `RESOLVED_BY` may move names besides. */
export function movesDestinations({ type }: Event): boolean {
  return (
    changesReach(type) ||
    type === 'ProxyRulesSynced' ||
    type === 'SandboxStarted' ||
    type === 'SandboxStopped' ||
    type === 'MachineInstalled'
  );
}

/** What changes who reaches whom. */
export function changesReach(type: Event['type']): boolean {
  return /^(Machine(Stopped|Started)|Network(Cut|Mended))$/.test(type);
}
