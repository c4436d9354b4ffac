import type { Millis } from '../../kernel/time/millis.ts';
import type { View } from '../contract/component.ts';
import type { ConnectionRow, NetworkReply } from '../contract/connection-row.ts';
import type { DnsQuestion } from '../contract/dns-record.ts';
import type { Event } from '../contract/event.ts';
import type { Dropped } from '../contract/policy-rows.ts';
import type { RowReader } from '../contract/reader.ts';
import { CLUSTER_DNS } from '../objects/pod-names.ts';
import { lateOnWay } from '../world/late-on-way.ts';
import { type Way, wayBetween } from '../world/way-between.ts';
import { isAddress } from './addresses.ts';
import { type Origin, senderOf } from './approach.ts';
import { askName } from './dns/ask-name.ts';
import { nameDropOf, RESOLVER_MS } from './dns/name-drop.ts';
import { questionsFor, resolveHost } from './dns/resolve-host.ts';
import { type Crossing, dropOf } from './policy/drop-of.ts';
import { endAt, originEnd, type Target } from './policy/ends.ts';
import { chooseEndpoint } from './proxy/choose-endpoint.ts';
import { destinationsOf, type Reached } from './proxy/destinations-of.ts';
import { healthAnswer } from './proxy/health-answer.ts';
import { nobodyAt, placeOf } from './proxy/place-of.ts';
import { masqueradedBy, seenAs } from './proxy/seen-as.ts';

type Route =
  | {
      readonly target: NonNullable<ConnectionRow['target']>;
      /** What the node keeps in mind of it. */
      readonly kept?: Extract<Event, { type: 'AffinityKept' }>;
    }
  | {
      readonly answer: NetworkReply & Readonly<Record<string, unknown>>;
      readonly afterMs?: Millis;
      /**
       * Nobody has said anything: what is sent again may find its way, for so long since it was first sent.
       */
      readonly silentMs?: Millis;
      /** So long since it was sent: the one who asks waits for their own machine. */
      readonly isAtHome?: true;
      /** Who keeps it from getting there. */
      readonly dropped?: Dropped;
    };

/** Three questions who has an address, a second each (Linux: mcast_solicit, retrans_time). */
const UNREACHABLE_MS = 3060;

/** How long a connection to nobody is tried (Linux: tcp_syn_retries). */
const SYN_MS = 127_000;

/** Whom a request is for, or what comes back instead. */
export function routeOf(view: View, connection: ConnectionRow, now: Millis): Route {
  const { call } = connection;
  if (call.protocol === 'dns') return namesTold(view, connection, now);
  if (call.protocol === 'icmp') return echo(view, connection, now);
  const { host = '', port = 80 } = call;
  const from = originOf(connection);
  const destination = destinationsOf(view, { from, host, port, now });
  switch (destination.kind) {
    case 'endpoints':
      return reach(view, connection, { reached: destination, now });
    case 'refused':
      return { answer: destination };
    case 'unresolved':
      return destination.dropped
        ? unheard(connection, destination.dropped)
        : { answer: { kind: 'unresolved', server: CLUSTER_DNS } };
    default:
      return inVain(connection, destination);
  }
}

/** What of the way to go the name service is asked. */
export function questionsOf(view: View, connection: ConnectionRow, now: Millis): readonly DnsQuestion[] {
  const { protocol, host = '', server, questions = [] } = connection.call;
  if (protocol === 'dns') return server === CLUSTER_DNS ? questions : [];
  return questionsFor(view, { from: originOf(connection), host, now });
}

export function originOf({ node, pod }: ConnectionRow): Origin {
  if (node === undefined) return 'outside';
  return { node, ...(pod !== undefined && { pod }) };
}

function reach(
  view: View,
  connection: ConnectionRow,
  { reached, now }: { readonly reached: Reached; readonly now: Millis },
): Route {
  const from = originOf(connection);
  const client = senderOf(view.rows, from);
  const chosen = chooseEndpoint(view, reached, { identity: [connection.id], client, now });
  const { address, port, node, pod, entry: rule = reached.rule, does } = chosen;
  if (does === 'refused') return { answer: { kind: 'refused', address: reached.address ?? address } };
  if (does === 'timedOut') return inVain(connection, { kind: 'timedOut', address });
  const dropped = dropOf(view.rows, {
    from,
    to: chosen,
    port,
    ...masqueradeOf({ from, client, chosen, reached }),
  });
  if (dropped) {
    return { ...inVain(connection, { kind: 'timedOut', address: reached.address ?? address }), dropped };
  }
  if (node === undefined) return inVain(connection, { kind: nobodyAt(view.rows, from, address), address });
  const health = pod === undefined ? healthAnswer(view.rows, { node, address, port }) : undefined;
  if (health) return { answer: { ...health } };
  const via = reached.address ?? address;
  const target = {
    node,
    ...(pod !== undefined && { pod }),
    address,
    port,
    ...(via !== address && { via }),
    ...latenessOf(view, connection, chosen),
    client: via.startsWith('127.') ? '127.0.0.1' : seenAs(view.rows, { from, client, chosen, reached }),
  };
  if (rule?.affinityMs === undefined) return { target };
  const endpoint = `${address}:${port}`;
  return {
    target,
    kept: { type: 'AffinityKept', node: rule.node, servicePort: rule.servicePort, client, endpoint },
  };
}

/** What packets meet between who asks and whom it is for. */
export function wayOf(rows: RowReader, from: Origin, to: Target): Way | undefined {
  if (rows.rowsBy('paths', 'all', '').length === 0) return undefined;
  return wayBetween(rows, originEnd(rows, from), endAt(rows, to));
}

/** A program keeps no connection open. */
function latenessOf({ rows, chance }: View, connection: ConnectionRow, to: Target): { lateMs?: Millis } {
  const way = wayOf(rows, originOf(connection), to);
  if (!way) return {};
  const late = lateOnWay(way, chance, { identity: ['connection', connection.id], isOpen: false });
  return { lateMs: Math.min(late.thereMs + late.backMs, SYN_MS) };
}

/** Silence, which lasts as long as the one who asks is willing to wait, or what comes before that. */
function inVain(
  { call: { timeoutMs = SYN_MS } }: ConnectionRow,
  { kind, address }: { readonly kind: 'unreachable' | 'timedOut'; readonly address: string },
): Route {
  return kind === 'unreachable' && timeoutMs > UNREACHABLE_MS
    ? { answer: { kind, address }, afterMs: UNREACHABLE_MS }
    : { answer: { kind: 'timedOut', address }, silentMs: timeoutMs };
}

/** Questions that get no answer are asked again for as long as the C library has patience. */
function unheard({ call: { protocol, timeoutMs = SYN_MS } }: ConnectionRow, dropped: Dropped): Route {
  const isPatient = protocol === 'icmp' || timeoutMs > RESOLVER_MS;
  return {
    answer: isPatient ? { kind: 'unresolved' } : { kind: 'timedOut' },
    silentMs: Math.min(RESOLVER_MS, timeoutMs),
    isAtHome: true,
    dropped,
  };
}

function masqueradeOf(packet: Parameters<typeof masqueradedBy>[0]): Pick<Crossing, 'masqueradedBy'> {
  const node = masqueradedBy(packet);
  return node === undefined ? {} : { masqueradedBy: node };
}

/** Only what has an address of its own answers a ping: that of a service stands for its ports alone. */
function echo(view: View, connection: ConnectionRow, now: Millis): Route {
  const { host = '', timeoutMs = 10_000 } = connection.call;
  const from = originOf(connection);
  const addresses = isAddress(host) ? [host] : resolveHost(view, { from, host, now });
  if ('policies' in addresses) return unheard(connection, addresses);
  const [address] = addresses;
  if (address === undefined) return { answer: { kind: 'unresolved', server: CLUSTER_DNS } };
  const place = placeOf(view.rows, from, address);
  if (!place) return { answer: { kind: 'timedOut', address }, afterMs: timeoutMs };
  const dropped = dropOf(view.rows, { from, to: { address, ...place }, protocol: 'ICMP' });
  if (dropped) return { answer: { kind: 'timedOut', address }, afterMs: timeoutMs, dropped };
  const { thereMs = 0, backMs = 0 } = wayOf(view.rows, from, { address, ...place }) ?? {};
  const ms = view.settings.latencies.network[0] + thereMs + backMs;
  return { answer: { kind: 'pong', address, ms } };
}

/** There is one name service; nobody else answers. */
function namesTold(view: View, connection: ConnectionRow, now: Millis): Route {
  const { questions = [], server = '', timeoutMs = SYN_MS } = connection.call;
  if (server !== CLUSTER_DNS) return { answer: { kind: 'timedOut', address: server }, afterMs: timeoutMs };
  const dropped = nameDropOf(view.rows, originOf(connection));
  if (dropped) return { answer: { kind: 'timedOut', address: server }, afterMs: timeoutMs, dropped };
  const replies = questions.map((question) => ({ ...question, answer: askName(view, question, now) }));
  return { answer: { kind: 'dns', replies } };
}
