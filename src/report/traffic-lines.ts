import type { Event } from '../cluster/contract/event.ts';
import type { TrafficNews, TrafficSpec, TrafficTotals } from '../cluster/contract/traffic-rows.ts';
import { NO_TRAFFIC, totalsAfter } from '../cluster/world/traffic-totals.ts';
import { lossText, trafficText } from '../scenario/traffic-text.ts';
import type { TrafficWords } from '../words/entry-words.ts';
import { formatClock } from './clock.ts';

/** What became of a client's requests, a line as a whole and one for each kind of loss. */
export function trafficLines(
  client: string,
  totals: TrafficTotals,
  { traffic }: Pick<TrafficWords, 'traffic'> = { traffic: 'traffic' },
): readonly string[] {
  const [whole = '', ...losses] = trafficText(client, totals, formatClock);
  return [`${traffic} ${whole}`, ...losses];
}

/** `traffic shop begins: 50 requests a second to http://web/` */
export function trafficBegins(
  client: string,
  { rate, url, method }: TrafficSpec,
  words: TrafficWords,
): string {
  return words.begins(client, rate, method === 'GET' ? url : `${method} ${url}`);
}

/** What an entry says of a client of the scenario, in one line. */
export function trafficLine(event: Event, words: TrafficWords): string | undefined {
  switch (event.type) {
    case 'TrafficStarted':
      return trafficBegins(event.client, event.spec, words);
    case 'TrafficStopped':
      return words.stops(event.client);
    case 'TrafficCounted':
      return `${words.traffic} ${event.client}: ${newsText(event, words)}`;
    case 'TrafficTold':
      return trafficLines(event.client, event, words)[0];
    default:
      return undefined;
  }
}

function newsText(news: TrafficNews, words: TrafficWords): string {
  const { losses = [], endpoints = {}, route } = news;
  const lost = losses.map((group) => lossText(group, formatClock));
  const met = Object.entries(endpoints).map(
    ([endpoint, { does, because }]) => `${endpoint} ${does}${because === '' ? '' : `: ${because}`}`,
  );
  const goes = route === undefined ? [] : [routeText(route, words)];
  const parts = [...lost, ...goes, ...met];
  if (parts.length > 0) return parts.join('; ');
  const [whole = ''] = trafficText('', totalsAfter(NO_TRAFFIC, news), formatClock);
  return whole.slice(2);
}

function routeText({ to }: NonNullable<TrafficNews['route']>, words: TrafficWords): string {
  if (to.kind === 'silent') return words.silent;
  if (to.kind !== 'endpoints') return to.because;
  const [first = '', ...others] = to.endpoints;
  return words.goesTo(first, others.length);
}
