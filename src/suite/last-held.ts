import { viewOf } from '../cluster/world/view-of.ts';
import type { World } from '../cluster/world/world.ts';
import { firstAbove } from '../kernel/table/first-above.ts';
import type { Timeline } from '../replay/timeline.ts';
import type { Missed } from '../scenario/play.ts';
import type { Condition, Scenario } from '../scenario/scenario.ts';
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
    // It is watched from when it holds on, so it held until the entry that broke it.
    return cause === null ? 'never' : heldAt(timeline, lastStopBefore(timeline, cause));
  }
  const conditions = conditionsOf(scenario, event);
  if (conditions.length === 0 || !conditions.every(isOfState)) return undefined;
  for (let index = firstAbove(timeline.stops, seq - 1) - 1; index >= 0; index--) {
    const stop = timeline.stops[index] ?? 0;
    const judging = judgingAt(timeline.worldAt(stop));
    if (judging && judge(conditions, judging).holds) return heldAt(timeline, stop);
  }
  return 'never';
}

export interface MissedEntry {
  readonly seq: number;
  readonly cause: number | null;
  readonly event: Missed;
}

function heldAt(timeline: Timeline, seq: number): Held {
  return seq === 0 ? 'never' : { at: timeline.timeOf(seq), seq };
}

function lastStopBefore({ stops }: Timeline, seq: number): number {
  return stops[firstAbove(stops, seq - 1) - 1] ?? 0;
}

function conditionsOf(
  { steps }: Scenario,
  { step, part }: Extract<Missed, { type: 'ExpectationMissed' }>,
): readonly Condition[] {
  const judged = steps[step - 1]?.parts[part];
  return judged?.kind === 'expect' || judged?.kind === 'until' ? judged.conditions : [];
}

/** Figures of traffic are counted from a beginning on, and a command's output is its own. */
function isOfState({ of }: Condition): boolean {
  return of === 'resource' || of === 'event';
}

/** Undefined before there is a cluster. */
function judgingAt(world: World): Judging | undefined {
  const view = viewOf(world);
  const story = view?.rows.row('story', 'story');
  return view && story && { view, captured: story.captured };
}
