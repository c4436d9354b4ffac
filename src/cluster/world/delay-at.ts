import type { Millis } from '../../kernel/time/millis.ts';
import type { RowReader } from '../contract/reader.ts';
import type { EndpointState } from '../contract/traffic-rows.ts';

/** No queue is longer: nobody waits for so long, and no server keeps so many waiting. */
const LONGEST_MS = 10_000;

/** How long an answer takes that is asked for at a time: where more comes than goes, longer and longer. */
export function delayAt({ delayMs = 0, growsBy = 0, leastMs = 0, since }: EndpointState, at: Millis): Millis {
  if (growsBy === 0) return delayMs;
  const grown = Math.round(delayMs + growsBy * Math.max(0, at - since));
  return Math.min(Math.max(grown, leastMs), Math.max(LONGEST_MS, leastMs));
}

/** The longest that any client waits for an answer of a container now; undefined where none asks it. */
export function queueAt(rows: RowReader, container: string, at: Millis): Millis | undefined {
  const states = rows
    .rowsBy('traffic', 'all', '')
    .flatMap(({ endpoints }) => Object.values(endpoints).flatMap((all) => all.at(-1) ?? []));
  const own = states.filter((state) => state.container === container && state.growsBy !== undefined);
  return own.length === 0 ? undefined : Math.max(...own.map((state) => delayAt(state, at)));
}
