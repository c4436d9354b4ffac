import { castDraft, type Draft, produce } from 'immer';
import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Event } from '../contract/event.ts';
import type { TrafficTold } from '../contract/story-event.ts';
import {
  type TrafficEvent,
  type TrafficNews,
  type TrafficRoute,
  type TrafficRow,
  upstreamKey,
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
    traffic.write(client, { ...row, stopsAt: Math.min(row.stopsAt ?? at, at), stopped: seq }, seq);
  } else {
    traffic.write(client, rowAfter(row, event, at), seq);
  }
}

function rowAfter(row: TrafficRow, news: TrafficNews, at: Millis): TrafficRow {
  return produce(row, (draft) => {
    draft.countedTo = at;
    draft.totals = castDraft(totalsAfter(row.totals, news));
    draft.oldest = news.oldest ?? row.oldest;
    if (news.kept) draft.kept = castDraft(news.kept);
    if (news.route) begin(draft.routes, castDraft({ since: at, ...news.route }));
    for (const [name, state] of Object.entries(news.endpoints ?? {})) {
      draft.endpoints[name] ??= [];
      begin(draft.endpoints[name], castDraft({ since: at, ...state }));
    }
    if (news.done) draft.done = true;
    remember(draft, at);
    forgetPast(draft);
  });
}

/** As far back as somebody will ask, and one more: what had come by then. */
function remember(draft: Draft<TrafficRow>, at: Millis): void {
  const { remembersMs } = draft.spec;
  if (remembersMs === undefined) return;
  draft.marks = keepSince([...(draft.marks ?? []), { at, totals: draft.totals }], at - remembersMs);
}

function keepSince<Mark extends { readonly at: Millis }>(marks: readonly Mark[], since: Millis): Mark[] {
  const first = marks.findLastIndex((mark) => mark.at <= since);
  return marks.slice(Math.max(0, first));
}

interface State {
  readonly since: Millis;
}

/** What began at the same time has never been. */
function begin<Of extends State>(past: Of[], state: Of): void {
  while ((past.at(-1)?.since ?? Number.NEGATIVE_INFINITY) >= state.since) past.pop();
  past.push(state);
}

/** What no request under way has met, nor any to come will meet, is not kept. */
function forgetPast(row: Draft<TrafficRow>): void {
  const horizon = row.startedAt + Math.floor((row.oldest * 1000) / row.spec.rate);
  rememberRoutes(row, keepFrom(row.routes, horizon));
  const kept = Object.values(row.kept);
  const used = new Set([...row.routes.flatMap(endpointsOf), ...kept.map(({ endpoint }) => endpoint)]);
  for (const proxy of [...used])
    for (const { plan } of row.endpoints[proxy] ?? [])
      for (const { endpoints } of plan?.choices ?? [])
        for (const endpoint of endpoints) used.add(upstreamKey(proxy, endpoint));
  for (const [name, states] of Object.entries(row.endpoints)) {
    const opened = kept.filter(({ endpoint }) => endpoint === name).map((connection) => connection.since);
    if (used.has(name)) keepFrom(states, Math.min(horizon, ...opened));
    else delete row.endpoints[name];
  }
}

function keepFrom<Of extends State>(past: Of[], horizon: Millis): Of[] {
  const first = past.findLastIndex((state) => state.since <= horizon);
  return first > 0 ? past.splice(0, first) : [];
}

/** So far back who measures load looks. */
const REMEMBERED_MS = 30_000;

function rememberRoutes(row: Draft<TrafficRow>, gone: readonly Draft<TrafficRoute>[]): void {
  if (gone.length === 0 && row.past === undefined) return;
  const past = [...(row.past ?? []), ...gone];
  const kept = past.filter((_, index) => {
    const end = past[index + 1]?.since ?? row.routes[0]?.since ?? 0;
    return end > row.countedTo - REMEMBERED_MS;
  });
  if (kept.length > 0) row.past = kept;
  else delete row.past;
}

function endpointsOf({ to }: TrafficRoute): readonly string[] {
  return to.kind === 'endpoints' ? to.endpoints : [];
}
