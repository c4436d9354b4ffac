import { viewOf } from '../cluster/world/view-of.ts';
import type { World } from '../cluster/world/world.ts';
import { firstAbove } from '../kernel/table/first-above.ts';
import type { Millis } from '../kernel/time/millis.ts';
import type { Timeline } from '../replay/timeline.ts';
import type { Condition } from '../scenario/condition.ts';
import type { Missed } from '../scenario/play.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { judge } from '../scenario/teller/judge.ts';
import type { Judging } from '../scenario/teller/verdict.ts';
import type { Held } from './case.ts';

/**
 * When what was missed was so for the last time before; undefined where it is not about a state that could
 * have been so earlier: an output belongs to one command.
 */
export function lastHeld(timeline: Timeline, scenario: Scenario, missed: MissedEntry): Held | undefined {
  const { event, seq, cause } = missed;
  if (event.type === 'InvariantBroken') {
    const watch = scenario.watches[event.invariant];
    // It is watched from when it is as wanted, and was so until the entry that broke it.
    if (watch?.form !== 'eventually' && cause !== null)
      return heldAt(timeline, lastStopBefore(timeline, cause));
    // At the end it has never been so; unless it was, and not for long enough, or nothing ended it.
    return watch?.form === 'never' || watch?.until || watch?.forMs !== undefined ? undefined : 'never';
  }
  const part = scenario.steps[event.step - 1]?.parts[event.part];
  if (part?.kind !== 'expect' && part?.kind !== 'until') return undefined;
  return lastTime(timeline, part.conditions, {
    before: seq,
    after: stepBegan(timeline, seq, part.conditions),
  });
}

export interface MissedEntry {
  readonly seq: number;
  readonly cause: number | null;
  readonly event: Missed;
}

/**
 * Which entry made what was wanted be otherwise to the end; only of what is judged at the end, whose entry
 * follows from the story's end alone.
 */
export function causeAtEnd(timeline: Timeline, scenario: Scenario, missed: MissedEntry): number | undefined {
  const { event, seq, cause } = missed;
  if (event.type !== 'InvariantBroken' || cause !== null) return undefined;
  const { conditions = [], until } = scenario.watches[event.invariant] ?? {};
  const judging = judgingAt(timeline.worldAt(seq - 1), timeline.timeOf(seq));
  const verdicts = judging && [conditions, until?.conditions ?? []].map((each) => judge(each, judging));
  const open = verdicts?.find((verdict) => !verdict.holds);
  return open?.cause ?? undefined;
}

interface Between {
  /** seq of entries. */
  readonly before: number;
  readonly after: number;
}

function lastTime(
  timeline: Timeline,
  conditions: readonly Condition[],
  { before, after }: Between,
): Held | undefined {
  if (conditions.length === 0 || !conditions.every(isOfState)) return undefined;
  for (let index = firstAbove(timeline.stops, before - 1) - 1; index >= 0; index--) {
    const stop = timeline.stops[index] ?? 0;
    if (stop < after) break;
    const judging = judgingAt(timeline.worldAt(stop), timeline.timeOf(stop));
    if (judging && judge(conditions, judging).holds) return heldAt(timeline, stop);
  }
  return 'never';
}

function heldAt(timeline: Timeline, seq: number): Held {
  return seq === 0 ? 'never' : { at: timeline.timeOf(seq), seq };
}

function lastStopBefore({ stops }: Timeline, seq: number): number {
  return stops[firstAbove(stops, seq - 1) - 1] ?? 0;
}

/** Figures that are counted anew with each step were none before it. */
function stepBegan({ steps }: Timeline, seq: number, conditions: readonly Condition[]): number {
  const isOfStep = conditions.some((condition) => condition.of === 'traffic' && condition.since === 'step');
  return isOfStep ? (steps[firstAbove(steps, seq) - 1] ?? 0) : 0;
}

const OF_STATE: ReadonlySet<Condition['of']> = new Set<Condition['of']>([
  'resource',
  'event',
  'logs',
  'traffic',
]);

/** A command's output is its own, and what was captured stays what it was. */
function isOfState({ of }: Condition): boolean {
  return OF_STATE.has(of);
}

/** Undefined before there is a cluster. */
function judgingAt(world: World, at: Millis): Judging | undefined {
  const view = viewOf(world);
  const story = view?.rows.row('story', 'story');
  return view && story && { view, captured: story.captured, at };
}
