import type { View } from '../../cluster/contract/component.ts';
import type { TrafficTold } from '../../cluster/contract/story-event.ts';
import type { TrafficEvent, TrafficSpec } from '../../cluster/contract/traffic-rows.ts';
import { totalsAt } from '../../cluster/network/traffic/settle.ts';
import { parseUrl } from '../../cluster/tools/url.ts';
import { answeredIn, lostIn, totalsSince } from '../../cluster/world/traffic-totals.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { withCaptured } from '../language/captured-names.ts';
import type { TrafficOrder } from '../scenario.ts';

/** What a step tells a client to do. */
export function trafficOrdered(
  { client, start, forMs }: TrafficOrder,
  captured: Readonly<Record<string, string>>,
  now: Millis,
): TrafficEvent {
  if (!start) return { type: 'TrafficStopped', client };
  const spec = specOf(start, captured);
  return { type: 'TrafficStarted', client, spec, ...(forMs !== undefined && { stopsAt: now + forMs }) };
}

function specOf(
  start: NonNullable<TrafficOrder['start']>,
  captured: Readonly<Record<string, string>>,
): TrafficSpec {
  const text = withCaptured(start.url, captured);
  const url = parseUrl(text);
  const { from } = start;
  return {
    ...start,
    url: text,
    ...(url?.scheme === 'https' && { secure: true }),
    host: url?.host ?? text,
    port: url?.port ?? 80,
    path: url?.path ?? '/',
    from: from.kind === 'pod' ? { ...from, name: withCaptured(from.name, captured) } : from,
  };
}

/**
 * What became of the requests since that was told last, of each client of which there is something to tell.
 * What will have become of them at a time that is still to come is nobody's to say.
 */
export function trafficTold(
  { rows, settings }: View,
  { at: now, from }: { readonly at: Millis; readonly from: Millis },
): readonly TrafficTold[] {
  if (now > from) return [];
  return rows.rowsBy('traffic', 'all', '').flatMap((row) => {
    const { client, told } = row;
    const until = Math.max(now, row.countedTo);
    const news = totalsSince(totalsAt(row, settings, until), told.totals);
    if (answeredIn(news) === 0 && lostIn(news) === 0) return [];
    return [{ type: 'TrafficTold' as const, client, from: told.at, ...news }];
  });
}
