import type { Play } from '../play.ts';
import { alignHappenings, alignStates, type Stream } from './align-pod.ts';
import { tooManyLooks } from './back-off-looks.ts';
import {
  compareHappeningTimes,
  compareOrder,
  compareStateTimes,
  type HappeningPair,
  type Mark,
} from './compare-times.ts';
import type { Happening } from './happenings.ts';
import { type PodPlay, podPlaysOf } from './pod-play.ts';
import { printHappenings, printStates } from './print-parting.ts';
import { offTheGrid } from './release-grid.ts';
import { overspent } from './spam-filter.ts';
import { wrongStamps } from './stamps.ts';

/** What differs between two plays, ready to be read. */
export interface Difference {
  readonly pod: string;
  readonly in:
    | 'pods'
    | 'states'
    | 'events'
    | 'times'
    | 'order'
    | 'grid'
    | 'spam filter'
    | 'stamps'
    | 'back-offs';
  readonly text: string;
}

/**
 * Compares what pods went through and what happened to them, as a recording wants it and as it actually was.
 */
export function comparePlays(wanted: Play, actual: Play): readonly Difference[] {
  const [wantedPods, actualPods] = [podPlaysOf(wanted), podPlaysOf(actual)];
  const grid = offTheGrid(actualPods).map((text): Difference => ({ pod: 'all', in: 'grid', text }));
  const names = new Set([...wantedPods.keys(), ...actualPods.keys()]);
  const ofPods = [...names].flatMap((pod): readonly Difference[] => {
    const [a, b] = [wantedPods.get(pod), actualPods.get(pod)];
    if (a && b) return comparePod(pod, a, b);
    return [{ pod, in: 'pods', text: a ? 'it never came to be' : 'there is no such pod in the recording' }];
  });
  return [...ofPods, ...grid];
}

function comparePod(pod: string, wanted: PodPlay, actual: PodPlay): readonly Difference[] {
  const differences: Difference[] = [];
  const states = alignStates(wanted, actual);
  if (states.parting) differences.push({ pod, in: 'states', text: printStates(wanted, actual, states) });
  const happenings: HappeningPair[] = [];
  for (const name of new Set(
    [wanted, actual].flatMap(({ happenings: all }) => all.map(streamName(wanted))),
  )) {
    const belongs = (one: Happening) => streamName(wanted)(one) === name;
    const [a, b] = [streamOf(wanted, belongs), streamOf(actual, belongs)];
    const alignment = alignHappenings(a, b, states);
    if (alignment.parting) differences.push({ pod, in: 'events', text: printHappenings(a, b, alignment) });
    for (const [i, j] of alignment.pairs)
      happenings.push({ wanted: a.stream[i] as Happening, actual: b.stream[j] as Happening });
  }
  // Where the states part, the times of what follows tell nothing.
  const partedMs =
    wanted.states[states.parting?.wanted ?? Number.POSITIVE_INFINITY]?.atMs ?? Number.POSITIVE_INFINITY;
  const together = happenings
    .filter((pair) => pair.wanted.atMs < partedMs - 1500)
    .sort((a, b) => a.wanted.atMs - b.wanted.atMs);
  const times = [
    ...compareStateTimes(wanted, actual, states.pairs),
    ...compareHappeningTimes(wanted, actual, { states: states.pairs, happenings: together }),
  ];
  const marks: Mark[] = [
    ...states.pairs.map(([i, j]) => ({
      label: `state ${i + 1}`,
      wanted: wanted.states[i]?.atMs ?? 0,
      actual: actual.states[j]?.atMs ?? 0,
    })),
    ...together
      .filter(({ wanted: one }) => one.reason !== 'BackOff')
      .map((pair) => ({
        label: `${pair.wanted.reason} x${pair.wanted.count} ${pair.wanted.about}`,
        wanted: pair.wanted.atMs,
        actual: pair.actual.atMs,
      })),
  ];
  const told = (kind: Difference['in'], texts: readonly string[]) =>
    texts.map((text): Difference => ({ pod, in: kind, text }));
  return [
    ...differences,
    ...told('times', times),
    ...told('order', compareOrder(wanted, actual, marks)),
    ...told('spam filter', overspent(actual)),
    ...told('stamps', wrongStamps(actual)),
    ...told('back-offs', tooManyLooks(actual)),
  ];
}

/**
 * What happened in one place is in order. But 1.20 writes each Event by a goroutine of its own, so when they
 * wait for their turn, only what is the same is in order.
 */
function streamName({ play }: PodPlay): (happening: Happening) => string {
  return ({ about, reason, message }) => (play.lagMs === 0 ? about : [about, reason, message].join(' '));
}

function streamOf(pod: PodPlay, belongs: (happening: Happening) => boolean): Stream {
  return { ...pod, stream: pod.happenings.filter(belongs) };
}
