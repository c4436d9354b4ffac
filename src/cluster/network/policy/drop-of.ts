import type { Dropped, PolicyPeer, PolicyPort, PolicyRow, PolicyRule } from '../../contract/policy-rows.ts';
import type { RowReader } from '../../contract/reader.ts';
import { isWithin } from '../../objects/ip-network.ts';
import { selects } from '../../objects/label-selector.ts';
import { isCut, type Way, wayBetween } from '../../world/way-between.ts';
import type { Origin } from '../approach.ts';
import { type End, endAt, originEnd, type Target } from './ends.ts';

/** A new connection, after the rules of a service have chosen whom it goes to. */
export interface Crossing {
  readonly from: Origin;
  /** Whom it goes to. */
  readonly to: Target;
  /** The port there; absent for what has none (ICMP). */
  readonly port?: number;
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP' | 'ICMP';
  /** The node that put its own address in the place of the sender's on the way, if one did. */
  readonly masqueradedBy?: string;
}

/**
 * Whether the nodes on its way let a new connection through: the one place that every connection to or from a
 * pod passes. Undefined: it is let through, and so is whatever comes back, for as long as it lasts. What is
 * dropped is dropped in silence.
 *
 * A pod that no policy selects for a direction is open in it; else one of the policies must allow the
 * connection. Between a pod and its own node nothing is dropped, nor what a pod sends to itself
 * (kubernetes.io: concepts/services-networking/network-policies).
 */
export function dropOf(rows: RowReader, crossing: Crossing): Dropped | undefined {
  if (!mayDrop(rows)) return undefined;
  const { from, to, masqueradedBy } = crossing;
  const sender = originEnd(rows, from);
  const target = endAt(rows, to);
  const way = wayBetween(rows, sender, target);
  if (way && isCut(way)) return lostOnWay(way, sender);
  if (rows.rowsBy('nodePolicies', 'all', '').length === 0) return undefined;
  if (sender.pod?.key !== undefined && sender.pod.key === target.pod?.key) return undefined;
  const seen =
    masqueradedBy !== undefined && masqueradedBy !== target.node ? nodeEnd(rows, masqueradedBy) : sender;
  const outgoing: Judged = { direction: 'Egress', own: sender, peer: target };
  const incoming: Judged = { direction: 'Ingress', own: target, peer: seen };
  const port = { crossing, target };
  return droppedAt(rows, outgoing, port) ?? droppedAt(rows, incoming, port);
}

/** Whether there is anything at all that keeps packets from somewhere. */
export function mayDrop(rows: RowReader): boolean {
  return rows.rowsBy('nodePolicies', 'all', '').length > 0 || rows.rowsBy('paths', 'all', '').length > 0;
}

function lostOnWay({ key, because }: Way, { node = '', pod }: End): Dropped {
  return { direction: 'Egress', node, pod: pod?.key ?? '', policies: [], way: { key, because } };
}

function nodeEnd(rows: RowReader, node: string): End {
  return originEnd(rows, { node });
}

interface Judged {
  readonly direction: Dropped['direction'];
  readonly own: End;
  readonly peer: End;
}

interface ToPort {
  readonly crossing: Crossing;
  readonly target: End;
}

function droppedAt(rows: RowReader, { direction, own, peer }: Judged, port: ToPort): Dropped | undefined {
  const { pod, node } = own;
  if (!pod || node === undefined) return undefined;
  if (peer.node === node && !peer.pod) return undefined;
  const side = direction === 'Ingress' ? 'ingress' : 'egress';
  const selecting = rows
    .rowsBy('nodePolicies', 'place', `${node} ${pod.namespace}`)
    .filter((row) => row[side] !== undefined && selects(row.selects, pod.labels));
  if (selecting.length === 0 || selecting.some((row) => allows(row[side] ?? [], peer, port)))
    return undefined;
  return { direction, node, pod: pod.key ?? pod.namespace, policies: selecting.map(({ policy }) => policy) };
}

function allows(rules: NonNullable<PolicyRow['ingress']>, peer: End, port: ToPort): boolean {
  return rules.some((rule) => meansPeer(rule, peer) && meansPort(rule, port));
}

function meansPeer({ peers }: PolicyRule, end: End): boolean {
  return peers === undefined || peers.some((peer) => isPeer(peer, end));
}

function isPeer(peer: PolicyPeer, { address, pod }: End): boolean {
  if ('cidr' in peer) {
    return isWithin(peer.cidr, address) && !peer.except?.some((part) => isWithin(part, address));
  }
  // Pods on the network of their node are as that node is.
  if (!pod) return false;
  return (peer.namespaces?.includes(pod.namespace) ?? true) && (!peer.pods || selects(peer.pods, pod.labels));
}

function meansPort({ ports }: PolicyRule, to: ToPort): boolean {
  return ports === undefined || ports.some((port) => isPort(port, to));
}

function isPort({ protocol, port, endPort }: PolicyPort, { crossing, target }: ToPort): boolean {
  if ((crossing.protocol ?? 'TCP') !== protocol || crossing.port === undefined) return false;
  if (port === undefined) return true;
  if (typeof port === 'number') return crossing.port >= port && crossing.port <= (endPort ?? port);
  const named = target.pod?.ports.find((each) => each.name === port && (each.protocol ?? 'TCP') === protocol);
  return named?.containerPort === crossing.port;
}

/** In plain words. */
export function dropText({ direction, pod, policies, way }: Dropped): string {
  if (way) return way.because;
  const [namespace = '', name] = pod.split('/');
  const whose = name === undefined ? `pods of ${namespace}` : `${namespace}/${name}`;
  const [only = ''] = policies;
  const what = direction === 'Ingress' ? 'come in' : 'go out';
  return policies.length === 1
    ? `NetworkPolicy ${only} selects ${whose} and does not let it ${what}`
    : `NetworkPolicies ${policies.join(', ')} select ${whose} and none of them lets it ${what}`;
}
