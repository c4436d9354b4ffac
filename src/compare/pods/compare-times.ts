import type { Millis } from '../../kernel/time/millis.ts';
import { HAPPENING_TIME_RULES } from './happening-times.ts';
import type { Happening } from './happenings.ts';
import type { PodPlay } from './pod-play.ts';
import { type Range, timeOfState } from './state-times.ts';
import { type Transition, transitionOf } from './transitions.ts';

export type Pair = readonly [wanted: number, actual: number];

/** Indexes into the states of two plays' pod that are the same. */
export type StatePairs = readonly Pair[];

/** Two writes of the same Event. */
export interface HappeningPair {
  readonly wanted: Happening;
  readonly actual: Happening;
}

/** States that come at another time than the recording and the rules of its variation allow, a line each. */
export function compareStateTimes(wanted: PodPlay, actual: PodPlay, pairs: StatePairs): readonly string[] {
  const lagMs = Math.max(wanted.play.lagMs, actual.play.lagMs);
  const partner = new Map(pairs);
  return pairs.flatMap(([i, j]) => {
    const time = timeOfState(wanted, i, lagMs);
    const { since } = time;
    if (!('command' in since) && !partner.has(since.state)) return [];
    const from =
      'command' in since
        ? actual.play.commands.find(({ index }) => index === since.command)?.beginMs
        : actual.states[partner.get(since.state) ?? 0]?.atMs;
    const took = (actual.states[j]?.atMs ?? 0) - (from ?? 0);
    if (i === 0 && !('command' in since)) return [];
    if (time.ranges.some((range) => holds(range, took))) return [];
    const label = 'command' in since ? 'the command' : `state ${since.state + 1}`;
    return [
      `state ${i + 1}, ${time.transition}, came ${seconds(took)} after ${label}; recorded ${seconds(time.recorded)}, ` +
        `allowed ${time.ranges.map(([low, high]) => `${seconds(low)} to ${seconds(high)}`).join(' or ')}: ${time.why}`,
    ];
  });
}

/** Events that come at another time than the recording and the rules of its variation allow, a line each. */
export function compareHappeningTimes(
  wanted: PodPlay,
  actual: PodPlay,
  { states, happenings }: { readonly states: StatePairs; readonly happenings: readonly HappeningPair[] },
): readonly string[] {
  const lagMs = Math.max(wanted.play.lagMs, actual.play.lagMs);
  return happenings.flatMap((pair, index) => {
    const { wanted: now } = pair;
    const nearest = nearestState(wanted, actual, anchorsOf(wanted, states, now), now.atMs);
    const earlier = happenings.slice(0, index).filter((each) => each.wanted.about === now.about);
    const before = earlier.at(-1);
    const same = earlier.findLast(
      ({ wanted: { reason, message } }) => reason === now.reason && message === now.message,
    );
    const recorded = now.atMs - nearest.wanted;
    const offset = {
      minor: wanted.play.minor,
      happening: now,
      more: Math.max(now.more, pair.actual.more),
      learned: nearest.learned,
      drawn: states.some(([i]) => {
        const state = wanted.states[i];
        const backsOff = state && transitionOf(wanted.states[i - 1], state) === 'backing off';
        return backsOff && state.atMs < nearest.wanted;
      }),
      again: before?.wanted.reason === now.reason,
      recorded,
      ...(same && { sinceSame: now.atMs - same.wanted.atMs }),
    };
    const rule = HAPPENING_TIME_RULES.find(({ when }) => when(offset));
    if (!rule?.within) return [];
    const [low, high] = rule.within(offset);
    const fromSame = rule.from === 'same' && same;
    const took = pair.actual.atMs - (fromSame ? same.actual.atMs : nearest.actual);
    const allowed: Range = [low - lagMs, high + lagMs];
    if (holds(allowed, took)) return [];
    const was = fromSame ? now.atMs - same.wanted.atMs : recorded;
    const from = fromSame ? 'it happened before' : `the state of ${seconds(nearest.wanted)}`;
    return [
      `${now.reason} x${now.count} (recorded at ${seconds(now.atMs)}) came ${seconds(took)} ` +
        `after ${from}; recorded ${seconds(was)}, allowed ${seconds(allowed[0])} to ${seconds(allowed[1])}: ${rule.why}`,
    ];
  });
}

/**
 * States from which an Event may be counted: when a pod is seen to back off is drawn, so only that speaks of
 * it.
 */
function anchorsOf({ states }: PodPlay, pairs: StatePairs, { reason }: Happening): StatePairs {
  return pairs.filter(([i]) => {
    const state = states[i];
    return reason === 'BackOff' || (state && transitionOf(states[i - 1], state) !== 'backing off');
  });
}

/** Times of the state that was nearest in the recording, in both plays. */
function nearestState(wanted: PodPlay, actual: PodPlay, pairs: StatePairs, atMs: Millis) {
  const times = pairs.map(([i, j]) => ({
    wanted: wanted.states[i]?.atMs ?? 0,
    actual: actual.states[j]?.atMs ?? 0,
    learned: LEARNED.includes(
      wanted.states[i] ? transitionOf(wanted.states[i - 1], wanted.states[i]) : 'other',
    ),
  }));
  const distance = (time: { readonly wanted: Millis }) => Math.abs(time.wanted - atMs);
  return times.reduce((best, time) => (distance(time) < distance(best) ? time : best), {
    wanted: 0,
    actual: 0,
    learned: false,
  });
}

const LEARNED: readonly Transition[] = ['exited', 'waiting', 'finished', 'backing off'];

/** What the order of is a race: a write of an Event and a write of a status, or of two Events. */
const RACE_MS = 50;

/** Writes that came the other way round than in the recording, farther apart than a race, a line each. */
export function compareOrder(wanted: PodPlay, actual: PodPlay, marks: readonly Mark[]): readonly string[] {
  const raceMs = RACE_MS + 2 * Math.max(wanted.play.lagMs, actual.play.lagMs);
  return marks.flatMap((before) =>
    marks.flatMap((after) => {
      if (before.wanted + raceMs >= after.wanted || before.actual <= after.actual + raceMs) return [];
      return [`${before.label} comes after ${after.label}, not before it`];
    }),
  );
}

export interface Mark {
  readonly label: string;
  readonly wanted: Millis;
  readonly actual: Millis;
}

function holds([low, high]: Range, value: Millis): boolean {
  return value >= low && value <= high;
}

function seconds(ms: Millis): string {
  return `${(ms / 1000).toFixed(3)} s`;
}
