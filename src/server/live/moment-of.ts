import { momentOfInstant, parseInstant } from '../../replay/place.ts';
import { formatClock } from '../../report/clock.ts';
import type { Served } from './clusters.ts';
import { momentAfter, momentAt, type PastMoment } from './past.ts';

/**
 * Which moment of a cluster's past a person means (`1m30s`, `412`, `step:3`, `first-warning`); in words, why
 * there is none.
 */
export function momentOf({ live, timeline }: Served, text: string): PastMoment | string {
  const instant = parseInstant(text);
  if (!instant)
    return `"${text}" is no instant: wanted a time such as 1m30s, an entry such as 412, step:3 or first-warning`;
  const { kind, laterMs = 0 } = instant;
  if (kind === 'time' && instant.ms + laterMs > live.now())
    return `${formatClock(instant.ms + laterMs)} is in the future: it is ${formatClock(live.now())}`;
  if (kind === 'time') return momentAt(live, instant.ms + laterMs);
  if (kind === 'end') return momentAt(live, live.now() + laterMs);
  if (kind === 'entry' && laterMs === 0) {
    if (instant.seq < 1 || instant.seq > live.entries.length)
      return `there is no entry ${instant.seq}: there are ${live.entries.length}`;
    return momentAfter(live, instant.seq);
  }
  const moment = momentOfInstant(timeline(), instant);
  return moment ? { seq: Math.max(1, moment.cursor), at: moment.clock } : `its log has no ${text} yet`;
}
