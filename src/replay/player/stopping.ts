import { firstAbove } from '../../kernel/table/first-above.ts';
import { type Condition, firstMeeting } from '../condition.ts';
import { nextChange } from '../object-changes.ts';
import type { Timeline } from '../timeline.ts';

/** At what playing stops by itself. */
export interface StopsAt {
  /** Whenever something goes wrong. */
  readonly warnings?: true;
  /** At each change of the object that is followed. */
  readonly changes?: true;
  /** When this comes to be so; once. */
  readonly until?: Condition;
}

export type StopReason = 'warning' | 'change' | 'condition';

export interface Stop {
  /** seq of the entry at which it stops. */
  readonly seq: number;
  readonly reason: StopReason;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The first thing in a span of entries, `from` not included, at which playing stops. */
export function firstStop(
  timeline: Timeline,
  { warnings, changes, until }: StopsAt,
  { from, to, selected }: Span & { readonly selected: string | undefined },
): Stop | undefined {
  if (to <= from) return undefined;
  const warning = warnings && timeline.warnings[firstAbove(timeline.warnings, from)];
  const change = changes && selected !== undefined ? changeIn(timeline, selected, { from, to }) : undefined;
  const met = until && firstMeeting(timeline, until, { from, to });
  const stops: Stop[] = [];
  if (met !== undefined) stops.push({ seq: met, reason: 'condition' });
  if (change !== undefined) stops.push({ seq: change, reason: 'change' });
  if (warning !== undefined && warning <= to) stops.push({ seq: warning, reason: 'warning' });
  return stops.reduce<Stop | undefined>(
    (first, stop) => (first && first.seq <= stop.seq ? first : stop),
    undefined,
  );
}

/** Most spans change nothing of an object, which costs one look to find out. */
function changeIn(timeline: Timeline, key: string, { from, to }: Span): number | undefined {
  const { objects } = timeline.worldAt(to).store.tables;
  if ((objects.changedAt(key, to) ?? 0) <= from) return undefined;
  const change = nextChange(timeline, { key }, from);
  return change !== undefined && change <= to ? change : undefined;
}
