import { type Millis, SECOND } from '../../kernel/time/millis.ts';
import type { Told } from '../divergence.ts';
import type { Finding } from './finding.ts';
import { HAPPENING_TIME_RULES } from './happening-times.ts';
import type { Happening } from './happenings.ts';
import type { PodPlay } from './pod-play.ts';
import type { PodState } from './pod-states.ts';
import { describeState } from './print-parting.ts';
import type { Range } from './state-time-rules.ts';
import { type TimeOfState, timeOfState } from './state-times.ts';
import { type Transition, transitionOf } from './transitions.ts';

export type Pair = readonly [wanted: number, actual: number];

/** Indexes into the states of two plays' pod that are the same. */
export type StatePairs = readonly Pair[];

/** Two writes of the same Event. */
export interface HappeningPair {
  readonly wanted: Happening;
  readonly actual: Happening;
}

interface Paired {
  readonly states: StatePairs;
  readonly happenings: readonly HappeningPair[];
  /** States that came at another time themselves. */
  readonly off: ReadonlySet<number>;
}

export interface StateTimes {
  readonly findings: readonly Finding[];
  /**
   * Indexes of the wanted play's states that come at another time: what is counted from them tells nothing.
   */
  readonly off: ReadonlySet<number>;
}

/** States that come at another time than the recording and the rules of its variation allow. */
export function compareStateTimes(wanted: PodPlay, actual: PodPlay, pairs: StatePairs): StateTimes {
  const lagMs = Math.max(wanted.play.lagMs, actual.play.lagMs);
  const partner = new Map(pairs);
  const off = new Set<number>();
  const findings = pairs.flatMap(([i, j]): Finding[] => {
    const [state, other] = [wanted.states[i], actual.states[j]];
    if (!state || !other) return [];
    const time = timeOfState(wanted, i, lagMs);
    const anchor = anchorOf(time, { actual, partner, off });
    if (!anchor || (i === 0 && !('command' in time.since))) return [];
    const took = other.atMs - anchor.atMs;
    if (time.ranges.some((range) => holds(range, took))) return [];
    off.add(i);
    const allowed = time.ranges.map(([low, high]) => `${seconds(low)} to ${seconds(high)}`).join(' or ');
    const text =
      `state ${i + 1}, ${time.transition}, came ${seconds(took)} after ${anchor.label}; ` +
      `recorded ${seconds(time.recorded)}, allowed ${allowed}: ${time.why}`;
    const says = ({ atMs, seq }: PodState, ms: Millis): Told => ({
      atMs,
      says: `${time.transition}, ${seconds(ms)} after ${anchor.label}`,
      ...(seq !== undefined && { seq }),
    });
    const agreed = anchorTold(wanted, actual, [time, partner]);
    return [
      {
        atMs: state.atMs,
        text,
        wanted: says(state, time.recorded),
        actual: says(other, took),
        ...(agreed && { agreed }),
      },
    ];
  });
  return { findings, off };
}

interface Anchoring {
  readonly actual: PodPlay;
  readonly partner: ReadonlyMap<number, number>;
  readonly off: ReadonlySet<number>;
}

/** What a state is counted from in the actual play; undefined: it is not there, or came at another time. */
function anchorOf({ since }: TimeOfState, { actual, partner, off }: Anchoring) {
  if ('command' in since) {
    const typed = actual.play.commands.find(({ index }) => index === since.command);
    return typed && { atMs: typed.beginMs, label: 'the command' };
  }
  const state = off.has(since.state) ? undefined : actual.states[partner.get(since.state) ?? -1];
  return state && { atMs: state.atMs, label: `state ${since.state + 1}` };
}

/** The state that another is counted from, as both tell it. */
function anchorTold(
  wanted: PodPlay,
  actual: PodPlay,
  [{ since }, partner]: readonly [TimeOfState, ReadonlyMap<number, number>],
): Finding['agreed'] {
  if ('command' in since) return undefined;
  const other = partner.get(since.state) ?? -1;
  const [a, b] = [toldAt(wanted, since.state), toldAt(actual, other)];
  return a && b && { wanted: a, actual: b };
}

function toldAt({ states }: PodPlay, index: number): Told | undefined {
  const state = states[index];
  return state && { atMs: state.atMs, says: describeState(states[index - 1], state) };
}

/** Events that come at another time than the recording and the rules of its variation allow. */
export function compareHappeningTimes(
  wanted: PodPlay,
  actual: PodPlay,
  { states, happenings, off }: Paired,
): readonly Finding[] {
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
      ...readinessOf(wanted, now),
    };
    const rule = HAPPENING_TIME_RULES.find(({ when }) => when(offset));
    if (!rule?.within) return [];
    const [low, high] = rule.within(offset);
    const fromSame = rule.from === 'same' && same;
    if (!fromSame && off.has(nearest.index)) return [];
    const was = fromSame ? now.atMs - same.wanted.atMs : recorded;
    const took = pair.actual.atMs - (fromSame ? same.actual.atMs : nearest.actual);
    // What came when it did in the recording is right, whatever the rule says.
    const allowed: Range = [Math.min(low, was - NEAR_MS) - lagMs, Math.max(high, was + NEAR_MS) + lagMs];
    if (holds(allowed, took)) return [];
    const from = fromSame ? 'it happened before' : `the state of ${seconds(nearest.wanted)}`;
    const text =
      `${now.reason} x${now.count} (recorded at ${seconds(now.atMs)}) came ${seconds(took)} ` +
      `after ${from}; recorded ${seconds(was)}, allowed ${seconds(allowed[0])} to ${seconds(allowed[1])}: ${rule.why}`;
    const says = (one: Happening, ms: Millis) => toldOf(one, `${seconds(ms)} after ${from}`);
    const [a, b] = [toldAt(wanted, nearest.index), toldAt(actual, nearest.partner)];
    const agreed = a && b && { wanted: a, actual: b };
    return [
      {
        atMs: now.atMs,
        text,
        wanted: says(now, was),
        actual: says(pair.actual, took),
        ...(agreed && { agreed }),
      },
    ];
  });
}

/** How far the readiness probes of a container are apart, where one of them has failed. */
function readinessOf({ states }: PodPlay, { message, about }: Happening): { readonly readinessMs?: Millis } {
  if (!message.startsWith('Readiness probe failed')) return {};
  const containers = states[0]?.pod.spec?.containers ?? [];
  const probed = containers.find(({ name }) => about.endsWith(`{${name}}`));
  return { readinessMs: (probed?.readinessProbe?.periodSeconds ?? 10) * SECOND };
}

function toldOf({ atMs, reason, count, seq }: Happening, when: string): Told {
  return { atMs, says: `${reason} x${count}, ${when}`, ...(seq !== undefined && { seq }) };
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
    index: i,
    partner: j,
    wanted: wanted.states[i]?.atMs ?? 0,
    actual: actual.states[j]?.atMs ?? 0,
    learned: LEARNED.includes(
      wanted.states[i] ? transitionOf(wanted.states[i - 1], wanted.states[i]) : 'other',
    ),
  }));
  const distance = (time: { readonly wanted: Millis }) => Math.abs(time.wanted - atMs);
  return times.reduce((best, time) => (distance(time) < distance(best) ? time : best), {
    index: -1,
    partner: -1,
    wanted: 0,
    actual: 0,
    learned: false,
  });
}

const LEARNED: readonly Transition[] = ['exited', 'waiting', 'finished', 'backing off'];

/** What the order of is a race: a write of an Event and a write of a status, or of two Events. */
const RACE_MS = 100;

/** What comes so near to when it came agrees. */
const NEAR_MS = 150;

/** Writes that came the other way round than in the recording, farther apart than a race, a line each. */
export function compareOrder(wanted: PodPlay, actual: PodPlay, marks: readonly Mark[]): readonly Finding[] {
  const raceMs = RACE_MS + 2 * Math.max(wanted.play.lagMs, actual.play.lagMs);
  return marks.flatMap((before) =>
    marks.flatMap((after) => {
      if (before.wanted + raceMs >= after.wanted || before.actual <= after.actual + raceMs) return [];
      const [earlier, later] = [before.label, after.label];
      return [
        {
          atMs: before.wanted,
          text: `${earlier} comes after ${later}, not before it`,
          wanted: { atMs: before.wanted, says: `${earlier}, then ${later}` },
          actual: { atMs: before.actual, says: `${later}, then ${earlier}` },
        },
      ];
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
