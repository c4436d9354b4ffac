import type { Event } from '../cluster/contract/event.ts';
import type { TrafficNews, TrafficSpec, TrafficTotals } from '../cluster/contract/traffic-rows.ts';
import { NO_TRAFFIC, totalsAfter } from '../cluster/world/traffic-totals.ts';
import { lossText, trafficText } from '../scenario/traffic-text.ts';
import { formatClock } from './clock.ts';

/** What became of a client's requests, a line as a whole and one for each kind of loss. */
export function trafficLines(client: string, totals: TrafficTotals): readonly string[] {
  const [whole = '', ...losses] = trafficText(client, totals, formatClock);
  return [`traffic ${whole}`, ...losses];
}

/** `traffic shop begins: 50 requests a second to http://web/` */
export function trafficBegins(client: string, { rate, url, method }: TrafficSpec): string {
  const what = method === 'GET' ? url : `${method} ${url}`;
  return `traffic ${client} begins: ${rate} ${rate === 1 ? 'request' : 'requests'} a second to ${what}`;
}

/** What an entry says of a client of the scenario, in one line. */
export function trafficLine(event: Event): string | undefined {
  switch (event.type) {
    case 'TrafficStarted':
      return trafficBegins(event.client, event.spec);
    case 'TrafficStopped':
      return `traffic ${event.client} stops`;
    case 'TrafficCounted':
      return `traffic ${event.client}: ${newsText(event)}`;
    case 'TrafficTold':
      return trafficLines(event.client, event)[0];
    default:
      return undefined;
  }
}

function newsText(news: TrafficNews): string {
  const { losses = [], endpoints = {}, route } = news;
  const lost = losses.map((group) => lossText(group, formatClock));
  const met = Object.entries(endpoints).map(
    ([endpoint, { does, because }]) => `${endpoint} ${does}${because === '' ? '' : `: ${because}`}`,
  );
  const goes = route === undefined ? [] : [routeText(route)];
  const parts = [...lost, ...goes, ...met];
  if (parts.length > 0) return parts.join('; ');
  const [whole = ''] = trafficText('', totalsAfter(NO_TRAFFIC, news), formatClock);
  return whole.slice(2);
}

function routeText({ to }: NonNullable<TrafficNews['route']>): string {
  if (to.kind === 'silent') return 'its pod does not run, so nothing is sent';
  if (to.kind !== 'endpoints') return to.because;
  const [first = '', ...others] = to.endpoints;
  return `goes to ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}
