import type { Millis } from '../../kernel/time/millis.ts';
import type { RowReader } from '../contract/reader.ts';
import type { EndpointState, RouteTarget, TrafficRow } from '../contract/traffic-rows.ts';

/** Requests of one kind that a container answers in a span of time, on average. */
export interface Load {
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly requests: number;
}

/** The same of requests that are events of their own, which whoever listens in the pod answers. */
export function servedIn(rows: RowReader, pod: string, { from, to }: Span): Load[] {
  const recent = rows.row('served', pod)?.recent ?? [];
  return recent.flatMap(({ at, port, method, path, count }) =>
    at >= from && at < to ? [{ port, method, path, requests: count }] : [],
  );
}

interface Span {
  readonly from: Millis;
  readonly to: Millis;
}

/**
 * What the clients of the scenario ask of a container between two times. It follows from where their
 * requests go; of connections that are kept open, from whom they are open to.
 */
export function loadOf(rows: RowReader, container: string, span: Span): Load[] {
  const loads: Load[] = [];
  for (const row of rows.rowsBy('traffic', 'all', '')) {
    for (const [endpoint, states] of Object.entries(row.endpoints)) {
      if (!states.some((state) => state.container === container)) continue;
      const requests = requestsTo(row, { endpoint, states, container, span });
      if (requests === 0) continue;
      const { method, path } = row.spec;
      const port = Number(endpoint.slice(endpoint.lastIndexOf(':') + 1));
      loads.push({ port, method, path, requests });
    }
  }
  return loads;
}

/**
 * The entry that made the load of a container what it is: a client that began or stopped, or its requests
 * going elsewhere.
 */
export function loadCause(rows: RowReader, container: string, now: Millis): number | undefined {
  let cause = 0;
  for (const row of rows.rowsBy('traffic', 'all', '')) {
    const isAsked = Object.values(row.endpoints).some((states) =>
      states.some((state) => state.container === container),
    );
    if (!isAsked) continue;
    const isOver = row.stopsAt !== undefined && row.stopsAt <= now;
    const changed = isOver ? (row.stopped ?? rows.changedAt('traffic', row.client)) : row.started;
    cause = Math.max(cause, changed ?? 0, row.routes.at(-1)?.cause ?? 0);
  }
  return cause === 0 ? undefined : cause;
}

interface Asked {
  readonly endpoint: string;
  readonly states: readonly EndpointState[];
  readonly container: string;
  readonly span: Span;
}

function requestsTo(row: TrafficRow, { endpoint, states, container, span }: Asked): number {
  let requests = 0;
  const sends = meet(span, { from: row.startedAt, to: row.stopsAt ?? Number.POSITIVE_INFINITY });
  const routes = [...(row.past ?? []), ...row.routes];
  for (const [index, route] of routes.entries()) {
    const goes = meet(sends, { from: route.since, to: untilOf(routes, index) });
    if (goes.to <= goes.from || route.to.kind !== 'endpoints') continue;
    const share = shareOfAny(row, endpoint, route.to);
    for (const [place, state] of states.entries()) {
      if (state.does !== 'answers' || state.container !== container) continue;
      const met = meet(goes, { from: state.since, to: untilOf(states, place) });
      if (met.to > met.from) requests += ((met.to - met.from) / 1000) * row.spec.rate * share;
    }
  }
  return requests;
}

type Endpoints = Extract<RouteTarget, { kind: 'endpoints' }>;

/** Whom a reverse proxy asks gets a part of what comes to the proxy, by its plan. */
function shareOfAny(row: TrafficRow, endpoint: string, to: Endpoints): number {
  const [proxy = '', upstream] = endpoint.split('>');
  const share = shareOf(row, proxy, to);
  if (upstream === undefined || share === 0) return share;
  const choices = row.endpoints[proxy]?.at(-1)?.plan?.choices ?? [];
  const all = choices.reduce((sum, { weight }) => sum + weight, 0);
  return choices.reduce((sum, { weight, endpoints }) => {
    const isAsked = all > 0 && endpoints.includes(upstream);
    return isAsked ? sum + (share * weight) / all / endpoints.length : sum;
  }, 0);
}

/** Connections that are kept open stay where they are; new ones go to any endpoint by its weight. */
function shareOf({ spec, kept }: TrafficRow, endpoint: string, to: Endpoints): number {
  const even = shareOfNew(to, endpoint);
  if (kept['affinity']) return kept['affinity'].endpoint === endpoint ? 1 : 0;
  const { connections } = spec;
  if (connections === undefined) return even;
  const open = Object.values(kept).filter(
    ({ abandonedAt, excess }) => abandonedAt === undefined && excess === undefined,
  );
  const own = open.filter((connection) => connection.endpoint === endpoint).length;
  return (own + Math.max(0, connections - open.length) * even) / connections;
}

function shareOfNew({ endpoints, weights, dropped }: Endpoints, endpoint: string): number {
  const place = endpoints.indexOf(endpoint);
  if (place < 0 || dropped?.[endpoint]) return 0;
  if (!weights) return 1 / endpoints.length;
  return (weights[place] ?? 0) / weights.reduce((sum, weight) => sum + weight, 0);
}

function untilOf(states: readonly { readonly since: Millis }[], index: number): Millis {
  return states[index + 1]?.since ?? Number.POSITIVE_INFINITY;
}

function meet(a: Span, b: Span): Span {
  return { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
}
