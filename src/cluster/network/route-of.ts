import type { Millis } from '../../kernel/time/millis.ts';
import type { View } from '../contract/component.ts';
import type { ConnectionRow, NetworkReply } from '../contract/connection-row.ts';

type Route =
  | { readonly target: NonNullable<ConnectionRow['target']> }
  | { readonly answer: NetworkReply & Readonly<Record<string, unknown>>; readonly afterMs?: Millis };

/** The cluster's name service. */
const NAME_SERVER = '10.96.0.10';

/** Three questions who has an address, a second each (Linux: mcast_solicit, retrans_time). */
const UNREACHABLE_MS = 3060;

/** How long a connection to nobody is tried (Linux: tcp_syn_retries). */
const SYN_MS = 127_000;

/** Whom a request is for, or what comes back instead. */
export function routeOf(view: View, connection: ConnectionRow): Route {
  const { call } = connection;
  if (call.protocol === 'dns') return nameAnswer(call.name ?? '');
  const address = addressOf(view, connection);
  if (address === undefined) return { answer: { kind: 'unresolved', server: NAME_SERVER } };
  const place = placeOf(view, connection, address);
  if (call.protocol === 'icmp') {
    const { timeoutMs = 10_000 } = call;
    if (!place) return { answer: { kind: 'timedOut', address }, afterMs: timeoutMs };
    return { answer: { kind: 'pong', address, ms: view.settings.latencies.network[0] } };
  }
  if (!place) return nobodyAt(view, connection, address);
  const client = address.startsWith('127.') ? '127.0.0.1' : senderOf(view, connection);
  return { target: { ...place, address, port: call.port ?? 80, client } };
}

/** In a network of pods the bridge says that nobody has the address; elsewhere there is silence. */
function nobodyAt({ rows }: View, { call }: ConnectionRow, address: string): Route {
  const { timeoutMs = SYN_MS } = call;
  const isOfPods = rows.rowsBy('machines', 'all', '').some(({ podCidr }) => isWithin(podCidr, address));
  return isOfPods && timeoutMs > UNREACHABLE_MS
    ? { answer: { kind: 'unreachable', address }, afterMs: UNREACHABLE_MS }
    : { answer: { kind: 'timedOut', address }, afterMs: timeoutMs };
}

/** Of networks whose length is a whole number of bytes. */
function isWithin(cidr: string, address: string): boolean {
  const [network = '', length = '24'] = cidr.split('/');
  const bytes = Number(length) / 8;
  const prefix = (text: string): string => text.split('.').slice(0, bytes).join('.');
  return prefix(network) === prefix(address);
}

function nameAnswer(name: string): Route {
  if (name === 'localhost') {
    return { answer: { kind: 'resolved', server: NAME_SERVER, name, addresses: ['127.0.0.1'] } };
  }
  return { answer: { kind: 'unresolved', server: NAME_SERVER } };
}

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

function addressOf(view: View, { call, pod }: ConnectionRow): string | undefined {
  const { host = '' } = call;
  if (host === 'localhost') return '127.0.0.1';
  if (IPV4.test(host)) return host;
  const [, name] = pod.split('/');
  // A pod's own name stands in its /etc/hosts.
  return host === name ? addressOfPod(view, pod) : undefined;
}

function addressOfPod({ rows }: View, pod: string): string | undefined {
  return rows.rowsBy('sandboxes', 'pod', pod).find(({ stoppedAt }) => stoppedAt === undefined)?.ip;
}

function senderOf(view: View, { pod, node }: ConnectionRow): string {
  return addressOfPod(view, pod) ?? view.rows.row('machines', node)?.ip ?? '127.0.0.1';
}

type Place = Pick<NonNullable<ConnectionRow['target']>, 'node' | 'pod'>;

function placeOf({ rows }: View, { node, pod }: ConnectionRow, address: string): Place | undefined {
  if (address.startsWith('127.')) return { node, pod };
  const [sandbox] = rows.rowsBy('sandboxes', 'ip', address);
  if (sandbox) return { node: sandbox.node, pod: sandbox.pod };
  const machine = rows.rowsBy('machines', 'all', '').find(({ ip }) => ip === address);
  return machine && { node: machine.node };
}
