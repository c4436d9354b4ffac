import type { Millis } from '../../../kernel/time/millis.ts';
import type { Address, Component, Reaction, View, Wake } from '../../contract/component.ts';
import type { ProspectOf } from '../../contract/prospect.ts';
import {
  type EndpointState,
  type TrafficEvent,
  type TrafficRow,
  upstreamKey,
} from '../../contract/traffic-rows.ts';
import { answeredIn, lostIn } from '../../world/traffic-totals.ts';
import { RESOLVED_BY } from '../proxy/destinations-of.ts';
import { changedEndpoint, endpointNow, isNews } from './endpoint-now.ts';
import { changedRoute } from './route-now.ts';
import { type Settlement, settle } from './settle.ts';
import { addressOf, namesMoved, trafficConcerns } from './traffic-concerns.ts';

/**
 * The clients that a scenario lets ask for things. No request is an event of its own: what becomes of one
 * follows from where requests went and what they met there when it was sent, and both are written down when
 * they change. A key is a client (`shop`), where its requests go, or an endpoint of one (`shop
 * 10.88.1.4:80`), what they meet.
 */
export function createTraffic(prospectOf: ProspectOf): Component {
  return {
    name: 'traffic',
    watches: RESOLVED_BY,
    deliveriesOf: namesMoved,
    // Asked about every fact, and most scenarios have no clients.
    concernsOf: ({ event }, rows) =>
      rows.rowsBy('traffic', 'all', '').length > 0 ? trafficConcerns(event, rows) : [],
    *addresses({ rows }) {
      for (const row of rows.rowsBy('traffic', 'all', '')) {
        yield addressOf(row.client);
        for (const endpoint of Object.keys(row.endpoints)) yield addressOf(row.client, endpoint);
      }
    },
    *reconcile(view, address, now) {
      const { row, endpoint } = whatIsMeant(view, address);
      if (!row || row.done) return;
      if (endpoint === undefined) yield* lookAtClient(view, prospectOf, { row, now });
      else if (row.endpoints[endpoint]) yield* lookAtEndpoint(view, prospectOf, { row, endpoint, now });
    },
    wake(view, address, from) {
      const { row, endpoint } = whatIsMeant(view, address);
      if (!row || row.done) return undefined;
      return endpoint === undefined
        ? wakeOfClient(view, row, from)
        : wakeOfEndpoint(view, prospectOf, { row, endpoint, now: from });
    },
  };
}

function whatIsMeant(
  { rows }: View,
  { key }: Address,
): { readonly row: TrafficRow | undefined; readonly endpoint: string | undefined } {
  const [client = '', endpoint] = key.split(' ');
  return { row: rows.row('traffic', client), endpoint };
}

function wakeOfClient(view: View, row: TrafficRow, from: Millis): Wake {
  const route = changedRoute(view, row);
  if (route) return { at: from, cause: route.cause };
  return { at: nextWindow(row, from), cause: row.started };
}

/** The end of a window that has not been counted, not before `from`. */
function nextWindow({ startedAt, countedTo, spec: { windowMs } }: TrafficRow, from: Millis): Millis {
  const passed = Math.max(
    Math.ceil((from - startedAt) / windowMs),
    Math.floor((countedTo - startedAt) / windowMs) + 1,
  );
  return startedAt + passed * windowMs;
}

interface EndpointLook {
  readonly row: TrafficRow;
  readonly endpoint: string;
  readonly now: Millis;
}

function wakeOfEndpoint(view: View, prospectOf: ProspectOf, look: EndpointLook): Wake | undefined {
  const before = look.row.endpoints[look.endpoint]?.at(-1);
  if (!before) return undefined;
  const present = endpointNow(view, prospectOf, look);
  const { until, state } = present;
  if (isNews(look, present)) return { at: look.now, cause: state.cause };
  return until === undefined ? undefined : { at: Math.max(until, look.now), cause: state.cause };
}

function* lookAtEndpoint(view: View, prospectOf: ProspectOf, look: EndpointLook): Reaction {
  const { row, endpoint, now } = look;
  const changed = changedEndpoint(view, prospectOf, look);
  if (!changed) return;
  yield* told(row, endpoint, changed.notice);
  const endpoints = { [endpoint]: changed.state, ...upstreamsNow(view, prospectOf, { look, ...changed }) };
  yield { ...counted(row, settle(row, view.settings, now)), endpoints };
}

/** What a reverse proxy meets at those that it asks, where that is news. */
function upstreamsNow(
  view: View,
  prospectOf: ProspectOf,
  { look, state }: { readonly look: EndpointLook; readonly state: Omit<EndpointState, 'since'> },
): Record<string, Omit<EndpointState, 'since'>> {
  const { row, now } = look;
  const asked = new Set(state.plan?.choices.flatMap(({ endpoints }) => endpoints));
  const found: Record<string, Omit<EndpointState, 'since'>> = {};
  for (const upstream of [...asked].sort()) {
    const endpoint = upstreamKey(look.endpoint, upstream);
    const changed = changedEndpoint(view, prospectOf, { row, endpoint, now });
    if (changed) found[endpoint] = changed.state;
  }
  return found;
}

function* lookAtClient(
  view: View,
  prospectOf: ProspectOf,
  { row, now }: Pick<EndpointLook, 'row' | 'now'>,
): Reaction {
  const route = changedRoute(view, row);
  if (!route && nextWindow(row, now) !== now) return;
  const news = settle(row, view.settings, now);
  const isOver = row.stopsAt !== undefined && row.stopsAt <= now && news.inFlight === 0;
  if (!route && !isOver && isNothing(news)) return;
  const endpoints: Record<string, Omit<EndpointState, 'since'>> = {};
  for (const endpoint of route?.to.kind === 'endpoints' ? route.to.endpoints : []) {
    const changed = changedEndpoint(view, prospectOf, { row, endpoint, now });
    if (!changed) continue;
    yield* told(row, endpoint, changed.notice);
    endpoints[endpoint] = changed.state;
    const look = { row, endpoint, now };
    Object.assign(endpoints, upstreamsNow(view, prospectOf, { look, ...changed }));
  }
  yield {
    ...counted(row, news),
    ...(route && { route }),
    ...(Object.keys(endpoints).length > 0 && { endpoints }),
    ...(isOver && { done: true as const }),
  };
}

/** What a request would do that traffic does not, once a client. */
function* told({ client, endpoints }: TrafficRow, endpoint: string, notice: string | undefined): Reaction {
  const isNew = !Object.keys(endpoints).some((known) => known !== endpoint);
  if (notice !== undefined && isNew)
    yield { type: 'NoticeGiven', about: `traffic ${client}`, message: notice };
}

function isNothing(news: Settlement): boolean {
  return news.sent === 0 && answeredIn(news) === 0 && lostIn(news) === 0;
}

function counted(row: TrafficRow, news: Settlement): Extract<TrafficEvent, { type: 'TrafficCounted' }> {
  const { sent, answered, versions, losses, latencies, inFlight, oldest, kept } = news;
  return {
    type: 'TrafficCounted',
    client: row.client,
    ...(sent > 0 && { sent }),
    ...(answeredIn(news) > 0 && { answered }),
    ...(Object.keys(versions).length > 0 && { versions }),
    ...(losses.length > 0 && { losses }),
    ...(latencies && { latencies }),
    ...(inFlight > 0 && { inFlight }),
    ...(oldest !== row.oldest && { oldest }),
    ...(kept !== row.kept && { kept }),
  };
}
