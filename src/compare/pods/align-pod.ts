import { type Alignment, align } from '../normal/align.ts';
import { type Happening, sameHappening } from './happenings.ts';
import type { PodPlay } from './pod-play.ts';
import { type PodState, sameState } from './pod-states.ts';
import { HAPPENING_RACES, STATE_RACES } from './races.ts';
import { tokensLeft } from './spam-filter.ts';
import { latestTime } from './state-times.ts';
import { knownTransition } from './transitions.ts';

/** Puts the states of a pod in two plays side by side. */
export function alignStates(wanted: PodPlay, actual: PodPlay): Alignment {
  return align(wanted.states, actual.states, {
    same: sameState,
    rivals: (a, b) => wanted.play.lagMs === 0 && areRivals(a, b),
    mayMiss: (states, index) => {
      const { play } = states === wanted.states ? wanted : actual;
      return STATE_RACES.some((race) => race.mayMiss(states, index, { ...play, all: states }));
    },
    mayEnd: ({ wanted: i, actual: j }) =>
      i < wanted.states.length ? hadNoTimeFor(wanted, i, actual) : hadNoTimeFor(actual, j, wanted),
  });
}

/** Whether a play may have ended before the state with which the other one goes on. */
function hadNoTimeFor(longer: PodPlay, index: number, shorter: PodPlay): boolean {
  const [before, last] = [longer.states[index - 1], shorter.states.at(-1)];
  if (!before || !last) return false;
  return last.atMs + latestTime(longer, index) - before.atMs > shorter.play.watchedMs;
}

/** Puts what happened in one place of a pod (a container, or the pod as a whole) side by side. */
export function alignHappenings(wanted: Stream, actual: Stream, states: Alignment): Alignment {
  return align(wanted.stream, actual.stream, {
    same: sameHappening,
    rivals: (a, b) => wanted.play.lagMs === 0 && areRivalTellings(a, b),
    mayMiss: (stream, index) => {
      const { play, happenings: all } = stream === wanted.stream ? wanted : actual;
      return HAPPENING_RACES.some((race) => race.mayMiss(stream, index, { ...play, all }));
    },
    mayEnd: ({ wanted: i, actual: j }) => {
      if (i < wanted.stream.length) return wereNotToCome(wanted, i, actual, lastPair(states, wanted, actual));
      const [a, b] = lastPair(states, wanted, actual);
      return wereNotToCome(actual, j, wanted, [b, a]);
    },
  });
}

/** One step of a pod's life, told differently; what hurried kubelets tell at once may differ. */
function areRivals(a: PodState, b: PodState): boolean {
  return !a.flips && !b.flips && a.gone === b.gone && knownTransition(a) === knownTransition(b);
}

/** One Event, in other words or of somebody else; each attempt to find a node is told by itself. */
function areRivalTellings(a: Happening, b: Happening): boolean {
  if (a.reason === 'FailedScheduling') return false;
  const [one, other] = [a, b].map(({ message, by, rest }) => [message, by, rest].join('\n'));
  return a.reason === b.reason && a.type === b.type && a.count === b.count && one !== other;
}

export interface Stream extends PodPlay {
  readonly stream: readonly Happening[];
}

type StatePair = readonly [longer: number, shorter: number];

function lastPair({ pairs }: Alignment, wanted: PodPlay, actual: PodPlay): StatePair {
  const [i = 0, j = 0] = pairs.at(-1) ?? [];
  // The index of the last states that are the same in both.
  return wanted.states.length > 0 && actual.states.length > 0 ? [i, j] : [0, 0];
}

/** How much later a sync may come in one play than in the other: 10 s x [1, 1.5). */
const SYNC_SLACK_MS = 17_000;

/**
 * Whether what else happened in the longer play was held back by the shorter one's spam filter, or had no
 * time.
 */
function wereNotToCome(longer: Stream, index: number, shorter: Stream, [a, b]: StatePair): boolean {
  const happening = longer.stream[index];
  if (!happening) return true;
  const unpaired = longer.states[a + 1];
  if (unpaired && happening.atMs > unpaired.atMs - 1500) return true;
  const shift = (shorter.states[b]?.atMs ?? 0) - (longer.states[a]?.atMs ?? 0);
  const latest = happening.atMs + shift + SYNC_SLACK_MS;
  if (happening.by === 'kubelet' && tokensLeft(shorter, happening, latest) < 1) return true;
  return latest > shorter.play.watchedMs;
}
