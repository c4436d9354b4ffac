import type { Aspect, Divergence, Subject, Told } from '../divergence.ts';
import { type Alignment, lastPairOf } from '../normal/align.ts';
import { divergenceOf } from '../normal/parting.ts';
import type { Play } from '../play.ts';
import { kubeletStarts } from '../recording/recorded-faults.ts';
import { alignHappenings, alignStates, type Stream } from './align-pod.ts';
import { tooManyLooks } from './back-off-looks.ts';
import { compareFinalizers } from './compare-finalizers.ts';
import {
  compareHappeningTimes,
  compareOrder,
  compareStateTimes,
  type HappeningPair,
  type Mark,
} from './compare-times.ts';
import { compareWriters } from './compare-writers.ts';
import type { Finding } from './finding.ts';
import type { Happening } from './happenings.ts';
import { hollowPodsOf, type PodPlay, podPlaysOf, withoutKubelet } from './pod-play.ts';
import { describeState, printHappenings, printStates } from './print-parting.ts';
import { offTheGrid } from './release-grid.ts';
import { overspent } from './spam-filter.ts';
import { wrongStamps } from './stamps.ts';

/** Where the states part, what follows this closely may tell of it. */
const EARLY_MS = 1500;

/**
 * Compares what pods went through and what happened to them, as a recording wants it and as it actually was.
 */
export function comparePods(wanted: Play, actual: Play): readonly Divergence[] {
  const [wantedPods, actualPods] = [podPlaysOf(wanted), podPlaysOf(actual)];
  const hollow = new Set([...hollowPodsOf(wantedPods), ...hollowPodsOf(actualPods)]);
  const names = new Set([...wantedPods.keys(), ...actualPods.keys()]);
  const ofPods = [...names].flatMap((pod): readonly Divergence[] => {
    const [a, b] = [wantedPods.get(pod), actualPods.get(pod)];
    if (!a || !b) return [loneliness(pod, a, b)];
    // When a pod is tried again for which there is no node follows from what everybody else does.
    return hollow.has(pod) || (isHomeless(a) && isHomeless(b))
      ? comparePod(pod, withoutKubelet(a), withoutKubelet(b)).filter(
          ({ aspect }) => !/^(times|order)$/.test(aspect),
        )
      : [...comparePod(pod, a, b), ...compareBooks(pod, a, b)];
  });
  const letting = { left: hollow, starts: kubeletStarts(wanted.changes) };
  // A kubelet that was frozen has another grid afterwards.
  const grid = offTheGrid(wantedPods, letting).length > 0 ? [] : offTheGrid(actualPods, letting);
  return [...ofPods, ...grid.map(inAspect('all pods', 'grid'))];
}

function isHomeless({ states }: PodPlay): boolean {
  return states.every(({ pod }) => pod.spec.nodeName === undefined);
}

function loneliness(pod: string, wanted: PodPlay | undefined, actual: PodPlay | undefined): Divergence {
  const [first, other] = [wanted?.states[0], actual?.states[0]];
  return {
    about: `Pod ${pod}`,
    aspect: 'objects',
    of: 'pods',
    atMs: first?.atMs ?? other?.atMs ?? 0,
    ...(first && { wanted: toldOfState(undefined, first) }),
    ...(other && { actual: toldOfState(undefined, other) }),
    text: first ? '  it never came to be' : '  there is no such pod in the recording',
  };
}

function comparePod(pod: string, wanted: PodPlay, actual: PodPlay): readonly Divergence[] {
  const about = `Pod ${pod}`;
  const states = alignStates(wanted, actual);
  const streams = [...new Set([wanted, actual].flatMap((each) => each.happenings.map(streamName(wanted))))];
  const events = streams.map((name) => {
    const belongs = (one: Happening) => streamName(wanted)(one) === name;
    const [a, b] = [streamOf(wanted, belongs), streamOf(actual, belongs)];
    return { wanted: a, actual: b, alignment: alignHappenings(a, b, states) };
  });
  const happenings = events.flatMap(({ wanted: a, actual: b, alignment }) =>
    alignment.pairs.map(
      ([i, j]): HappeningPair => ({ wanted: a.stream[i] as Happening, actual: b.stream[j] as Happening }),
    ),
  );
  // Where the states part, the times of what follows tell nothing.
  const partedMs =
    wanted.states[states.parting?.wanted ?? Number.POSITIVE_INFINITY]?.atMs ?? Number.POSITIVE_INFINITY;
  const together = happenings
    .filter((pair) => pair.wanted.atMs < partedMs - EARLY_MS)
    .sort((a, b) => a.wanted.atMs - b.wanted.atMs);
  const times = compareStateTimes(wanted, actual, states.pairs);
  const paired = { states: states.pairs, happenings: together, off: times.off };
  return [
    ...(states.parting ? [statesPart(about, { wanted, actual, alignment: states })] : []),
    ...events.flatMap((each) => (each.alignment.parting ? [eventsPart(about, each)] : [])),
    ...compareFinalizers(about, wanted, actual),
    ...compareWriters(about, { wanted, actual, pairs: states.pairs }),
    ...times.findings.map(inAspect(about, 'times')),
    ...compareHappeningTimes(wanted, actual, paired).map(inAspect(about, 'times')),
    ...compareOrder(wanted, actual, marksOf({ wanted, actual, states, together })).map(
      inAspect(about, 'order'),
    ),
  ];
}

interface Sides<Side> {
  readonly wanted: Side;
  readonly actual: Side;
  readonly alignment: Alignment;
}

function statesPart(about: string, { wanted, actual, alignment }: Sides<PodPlay>): Divergence {
  const told = ({ states }: PodPlay, index: number): Told | undefined => {
    const state = states[index];
    return state && toldOfState(states[index - 1], state);
  };
  return partingOf(
    { about, aspect: 'states', of: 'states' },
    {
      alignment,
      wanted: (index) => told(wanted, index),
      actual: (index) => told(actual, index),
      text: printStates(wanted, actual, alignment),
    },
  );
}

function eventsPart(about: string, { wanted, actual, alignment }: Sides<Stream>): Divergence {
  const told = ({ stream }: Stream, index: number): Told | undefined => {
    const happening = stream[index];
    return happening && toldOfHappening(happening);
  };
  return partingOf(
    { about, aspect: 'events', of: 'Events' },
    {
      alignment,
      wanted: (index) => told(wanted, index),
      actual: (index) => told(actual, index),
      text: printHappenings(wanted, actual, alignment),
    },
  );
}

interface PartingSides {
  readonly alignment: Alignment;
  readonly wanted: (index: number) => Told | undefined;
  readonly actual: (index: number) => Told | undefined;
  readonly text: string;
}

function partingOf(subject: Subject, { alignment, wanted, actual, text }: PartingSides): Divergence {
  const { parting = { wanted: 0, actual: 0 } } = alignment;
  const [i, j] = lastPairOf(alignment) ?? [-1, -1];
  return divergenceOf(subject, {
    at: [wanted(parting.wanted), actual(parting.actual)],
    before: [wanted(i), actual(j)],
    text,
  });
}

function toldOfState(before: PodPlay['states'][number] | undefined, state: PodPlay['states'][number]): Told {
  return {
    atMs: state.atMs,
    says: describeState(before, state),
    ...(state.seq !== undefined && { seq: state.seq }),
  };
}

function toldOfHappening({ atMs, count, type, reason, by, message, seq }: Happening): Told {
  return { atMs, says: `${type} ${reason} (${by}) x${count}: ${message}`, ...(seq !== undefined && { seq }) };
}

const BOOKS: readonly (readonly [Aspect, (pod: PodPlay) => readonly Finding[]])[] = [
  ['spam filter', overspent],
  ['stamps', wrongStamps],
  ['back-offs', tooManyLooks],
];

/** What its kubelet may do at all, whatever was drawn; where it did in the recording, it may. */
function compareBooks(pod: string, wanted: PodPlay, actual: PodPlay): readonly Divergence[] {
  return BOOKS.flatMap(([aspect, findingsOf]) =>
    findingsOf(wanted).length > 0 ? [] : findingsOf(actual).map(inAspect(`Pod ${pod}`, aspect)),
  );
}

function inAspect(about: string, aspect: Aspect): (finding: Finding) => Divergence {
  return (finding) => ({ about, aspect, of: aspect, ...finding, text: `  ${finding.text}` });
}

interface Marking {
  readonly wanted: PodPlay;
  readonly actual: PodPlay;
  readonly states: Alignment;
  readonly together: readonly HappeningPair[];
}

function marksOf({ wanted, actual, states, together }: Marking): readonly Mark[] {
  return [
    // How a failing pull stood is drawn.
    ...states.pairs
      .filter(([i]) => wanted.states[i]?.flips !== true)
      .map(([i, j]) => ({
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
