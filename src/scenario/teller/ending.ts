import type { View } from '../../cluster/contract/component.ts';
import type { StoryEvent } from '../../cluster/contract/story-event.ts';
import { formatGoDuration } from '../../kernel/time/go-duration.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Scenario, Watch } from '../scenario.ts';
import { judge } from './judge.ts';
import type { Telling } from './telling.ts';
import { trafficTold } from './traffic-moves.ts';
import type { Judging } from './verdict.ts';
import { conditionOfEach, toldOf, watchKeys } from './watch-keys.ts';
import { type WatchMove, watchMove } from './watch-move.ts';

export interface Ending {
  readonly at: Millis;
  readonly from: Millis;
  /** How much was missed at this very instant. */
  readonly missed: number;
  readonly broken?: readonly WatchMove[];
}

/** The end, with what is judged at last, unless that was done before the story was taken down. */
export function ending(telling: Omit<Telling, 'step'>, end: Ending): readonly StoryEvent[] {
  const { story, view } = telling;
  const last = story.phase === 'teardown' ? trafficTold(view, end) : judgedAtLast(telling, end);
  const failures = last.filter(({ type }) => type === 'InvariantBroken').length;
  return [...last, { type: 'ScenarioEnded', passed: story.missed + end.missed + failures === 0 }];
}

/** What is known of the story only when it is over: an invariant that nothing ever met has shown nothing. */
export function judgedAtLast(
  telling: Omit<Telling, 'step'>,
  { at, from, broken = brokenNow(telling.scenario, telling.view, at) }: Omit<Ending, 'missed'>,
): readonly StoryEvent[] {
  const { scenario, story, view } = telling;
  const found = new Set(broken.map(({ event }) => ('invariant' in event ? event.invariant : -1)));
  const judging: Judging = { view, captured: story.captured };
  const last = scenario.watches.flatMap((watch, invariant): readonly StoryEvent[] => {
    if (found.has(invariant) || !hasBegun(watch, telling)) return [];
    const state = story.invariants[String(invariant)];
    const since = story.holdings?.[String(invariant)];
    const why = whyOpen(watch, { state, judging, at, ...(since !== undefined && { since }) });
    if (why === undefined) return [];
    const { what } = watch;
    if (why === '') return [{ type: 'InvariantMet', invariant, what }];
    return [{ type: 'InvariantBroken', invariant, what, why }];
  });
  return [...trafficTold(view, { at, from }), ...broken.map(({ event }) => event), ...last];
}

/** What the last command did at this very instant: the story ends before whoever watches has looked. */
export function brokenNow(scenario: Scenario, view: View, from: Millis): readonly WatchMove[] {
  const broken = new Map<number, WatchMove>();
  for (const key of watchKeys(scenario, view)) {
    const told = watchMove(scenario, view, { key, from });
    if (told?.event.type !== 'InvariantBroken' || told.at > from || broken.has(told.event.invariant))
      continue;
    broken.set(told.event.invariant, told);
  }
  return [...broken.values()];
}

/** One of a step that was never told has nothing to say. */
function hasBegun(watch: Watch, { story }: Omit<Telling, 'step'>): boolean {
  return (watch.step ?? 0) <= toldOf(story);
}

interface Open {
  readonly state: 'watched' | 'broken' | 'met' | undefined;
  readonly since?: Millis;
  readonly judging: Judging;
  readonly at: Millis;
}

/** Why what is still watched at the end is not as wanted; empty where it is, undefined where all is said. */
function whyOpen(watch: Watch, open: Open): string | undefined {
  const { form, until, forMs, ofStep } = watch;
  const { state, since, judging, at } = open;
  if (state === 'broken' || state === 'met') return undefined;
  if (form === 'eventually') return whyNotYet(watch, open);
  if (form === 'always' && state === undefined) return whyNever(watch, judging);
  if (until && !ofStep) {
    const end = judge(until.conditions, judging);
    return end.holds ? '' : `what ends it never came: ${end.why}`;
  }
  const isShort = form === 'always' && forMs !== undefined && !ofStep && at < (since ?? at) + forMs;
  return isShort
    ? `the scenario ends when it has been so for ${formatGoDuration(at - (since ?? at))}: let time pass before`
    : undefined;
}

function whyNever(watch: Watch, judging: Judging): string {
  const verdict = conditionOfEach(watch) ? undefined : judge(watch.conditions, judging);
  const why = 'no object like that was there from the beginning to the end';
  return `it never came to be so: ${verdict?.holds === false ? verdict.why : why}`;
}

function whyNotYet({ conditions, forMs }: Watch, { judging, since, at }: Open): string {
  const verdict = judge(conditions, judging);
  if (!verdict.holds) return `it never came to be so: ${verdict.why}`;
  if (forMs === undefined || (since !== undefined && at >= since + forMs)) return '';
  return `the scenario ends when it has been so for ${formatGoDuration(at - (since ?? at))}`;
}
