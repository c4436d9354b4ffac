import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Event } from '../contract/event.ts';
import type { TrafficTold } from '../contract/story-event.ts';
import type {
  EndpointState,
  TrafficEvent,
  TrafficNews,
  TrafficRoute,
  TrafficRow,
} from '../contract/traffic-rows.ts';
import { NO_TRAFFIC, totalsAfter } from './traffic-totals.ts';
import type { WorldRows } from './world.ts';

/** The clients of a scenario, after one fact. */
export function evolveTraffic(
  { traffic }: Tables<WorldRows>,
  event: TrafficEvent | TrafficTold,
  { at, seq }: Entry<Event>,
): void {
  const { client } = event;
  if (event.type === 'TrafficStarted') {
    const { spec, stopsAt } = event;
    traffic.write(
      client,
      {
        client,
        spec,
        startedAt: at,
        started: seq,
        ...(stopsAt !== undefined && { stopsAt }),
        countedTo: at,
        totals: NO_TRAFFIC,
        oldest: 0,
        kept: {},
        routes: [],
        endpoints: {},
        told: { at, totals: NO_TRAFFIC },
      },
      seq,
    );
    return;
  }
  const row = traffic.read(client, seq);
  if (!row) throw new Error(`entry ${seq} is of the client ${client}, which was never started`);
  if (event.type === 'TrafficTold') {
    traffic.write(client, { ...row, told: { at, totals: totalsAfter(row.told.totals, event) } }, seq);
  } else if (event.type === 'TrafficStopped') {
    traffic.write(client, { ...row, stopsAt: Math.min(row.stopsAt ?? at, at) }, seq);
  } else {
    traffic.write(client, withoutPast(rowAfter(row, event, at)), seq);
  }
}

function rowAfter(row: TrafficRow, news: TrafficNews, at: Millis): TrafficRow {
  const endpoints = { ...row.endpoints };
  for (const [name, state] of Object.entries(news.endpoints ?? {})) {
    endpoints[name] = since(endpoints[name] ?? [], { since: at, ...state });
  }
  return {
    ...row,
    countedTo: at,
    totals: totalsAfter(row.totals, news),
    oldest: news.oldest ?? row.oldest,
    kept: news.kept ?? row.kept,
    routes: news.route ? since(row.routes, { since: at, ...news.route }) : row.routes,
    endpoints,
    ...(news.done && { done: true }),
  };
}

/** What began at the same time has never been. */
function since<State extends { readonly since: Millis }>(past: readonly State[], state: State): State[] {
  return [...past.filter((before) => before.since < state.since), state];
}

/** What no request under way has met, nor any to come will meet, is not kept. */
function withoutPast(row: TrafficRow): TrafficRow {
  const horizon = row.startedAt + Math.floor((row.oldest * 1000) / row.spec.rate);
  const routes = from(row.routes, horizon);
  const kept = Object.values(row.kept);
  const used = new Set([...routes.flatMap(endpointsOf), ...kept.map(({ endpoint }) => endpoint)]);
  const endpoints: Record<string, readonly EndpointState[]> = {};
  for (const [name, states] of Object.entries(row.endpoints)) {
    if (!used.has(name)) continue;
    const opened = kept.filter(({ endpoint }) => endpoint === name).map((connection) => connection.since);
    endpoints[name] = from(states, Math.min(horizon, ...opened));
  }
  return { ...row, routes, endpoints };
}

function from<State extends { readonly since: Millis }>(
  past: readonly State[],
  horizon: Millis,
): readonly State[] {
  const first = past.findLastIndex((state) => state.since <= horizon);
  return first <= 0 ? past : past.slice(first);
}

function endpointsOf({ to }: TrafficRoute): readonly string[] {
  return to.kind === 'endpoints' ? to.endpoints : [];
}
