import { describe, expect, test } from 'vitest';
import type { CoreEvent } from '../../src/cluster/objects/kubernetes.ts';
import type { Play, WatchedChange } from '../../src/compare/play.ts';
import { comparePods } from '../../src/compare/pods/compare-pods.ts';
import { HAPPENING_TIME_RULES } from '../../src/compare/pods/happening-times.ts';
import { type PodPlay, podPlaysOf } from '../../src/compare/pods/pod-play.ts';
import { describeState } from '../../src/compare/pods/print-parting.ts';
import { HAPPENING_RACES, STATE_RACES } from '../../src/compare/pods/races.ts';
import { TIME_RULES } from '../../src/compare/pods/state-time-rules.ts';
import { timeOfState } from '../../src/compare/pods/state-times.ts';
import { hasRecordings, readRecording } from './recordings.ts';

/** Recordings in which each rule has something to say. */
const NAMES = [
  'v1.36/b1-liveness-exec-long',
  'v1.36/b2-crashloop',
  'v1.36/b5-termination-solo',
  'v1.36/b6-sidecar-solo',
  'v1.36/b7-endpointslice-terminating',
  'v1.36/a1-rolling-update-solo',
  'v1.36/g-statefulset',
  'v1.36/k-daemonset-solo',
  'v1.20/a1-rolling-update-solo',
  'v1.20/b1-liveness-exec-solo',
  'v1.20/b2-crashloop',
  'v1.20/b2-crashloop-solo',
  'v1.20/g-statefulset',
];

/** One pod of a recording, with what is told of it and nothing else. */
interface Sample {
  readonly play: Play;
  readonly pod: PodPlay;
}

const samples: readonly Sample[] = hasRecordings ? NAMES.flatMap(samplesOf) : [];

function samplesOf(name: string): readonly Sample[] {
  const whole = readRecording(name);
  const named = [
    ...new Set(
      whole.changes.flatMap(({ object }) => (object.kind === 'Pod' ? [object.metadata.name ?? ''] : [])),
    ),
  ];
  return named.flatMap((own): Sample[] => {
    const changes = whole.changes.filter(
      ({ object }) =>
        (object.kind === 'Pod' && object.metadata.name === own) ||
        (object.kind === 'Event' && (object as CoreEvent).involvedObject.name === own),
    );
    const play = { ...whole, changes };
    const pod = [...podPlaysOf(play).values()][0];
    const isHollow = JSON.stringify(changes).includes('fakeRuntime:');
    const isHomeless = pod?.states.every(({ pod: one }) => one.spec.nodeName === undefined) === true;
    return pod && !isHollow && !isHomeless ? [{ play, pod }] : [];
  });
}

/** A state or an Event that a rule is about. */
interface Case {
  readonly sample: Sample;
  readonly index: number;
}

function shifted({ play }: Sample, byMs: number, isIt: (change: WatchedChange) => boolean): Play {
  const changes = play.changes.map((each) => (isIt(each) ? { ...each, atMs: each.atMs + byMs } : each));
  return { ...play, changes, watchedMs: play.watchedMs + Math.abs(byMs) };
}

describe.skipIf(!hasRecordings)('The judge of fidelity', () => {
  test.each(TIME_RULES.map((rule) => [rule.transition, rule.why, rule] as const))(
    'knows when pods are %s: %s',
    (_, why, rule) => {
      const found = firstCase(({ pod }) =>
        pod.states.flatMap((_state, index) => {
          if (index === 0) return [];
          const time = timeOfState(pod, index);
          const isIt =
            time.why === why && (rule.transition === 'any' || rule.transition.includes(time.transition));
          return isIt && Math.max(...time.ranges.map(([, high]) => high)) < LONG_MS ? [index] : [];
        }),
      );
      const { sample, index } = found ?? expect.unreachable('no recording has one');
      const { ranges, recorded } = timeOfState(sample.pod, index);
      const state = sample.pod.states[index];
      const latest = Math.max(...ranges.map(([, high]) => high)) - recorded;
      const told = (byMs: number) =>
        comparePods(
          sample.play,
          shifted(sample, byMs, ({ object, atMs }) => object.kind === 'Pod' && atMs >= (state?.atMs ?? 0)),
        ).filter(({ aspect, atMs }) => aspect === 'times' && atMs === state?.atMs);
      expect(told(latest - 5).filter(({ text }) => text.includes(why))).toEqual([]);
      expect(told(latest + 100).map(({ text }) => text)).toContainEqual(expect.stringContaining(why));
    },
  );

  test.each(HAPPENING_TIME_RULES.filter(({ within }) => within).map(({ why }) => [why] as const))(
    'knows when Events come: %s',
    (why) => {
      const { sample, atMs, allowed } = lateEvents().get(why) ?? expect.unreachable('no recording has one');
      const told = (byMs: number) =>
        comparePods(
          sample.play,
          shifted(sample, byMs, (each) => each.object.kind === 'Event' && each.atMs === atMs),
        ).filter((each) => each.aspect === 'times' && each.atMs === atMs && each.text.includes(why));
      expect(told(allowed - 5)).toEqual([]);
      expect(told(allowed + 100)).not.toEqual([]);
    },
  );

  test.each(STATE_RACES.map((race) => [race.why, race] as const))(
    'lets a state be missing: %s',
    (_, race) => {
      const cases = allCases(({ pod }) =>
        pod.states.flatMap((_state, index) =>
          race.mayMiss(pod.states, index, { ...pod.play, all: pod.states }) ? [index] : [],
        ),
      );
      expect(cases.length).toBeGreaterThan(0);
      const parted = cases
        .slice(0, MANY)
        .flatMap(({ sample, index }) => partedWithoutState({ sample, index }));
      expect(parted).toEqual([]);
    },
  );

  test('lets no other state be missing, but for how pulls went', () => {
    const cases = allCases(({ pod }) =>
      pod.states.flatMap((state, index) => {
        const place = { ...pod.play, all: pod.states };
        const isRace = STATE_RACES.some((race) => race.mayMiss(pod.states, index, place));
        const isLeft = pod.play.lagMs > 0 || JSON.stringify(state.pod.status).includes('ErrImagePull');
        return isRace || isLeft || index === 0 || state.gone || index > pod.states.length - 3 ? [] : [index];
      }),
    ).filter((_, index) => index % EACH === 0);
    expect(cases.length).toBeGreaterThan(10);
    const unseen = cases.filter((each) => partedWithoutState(each).length === 0);
    expect(unseen.map(nameOf)).toEqual([]);
  });

  test.each(HAPPENING_RACES.map((race) => [race.why, race] as const))(
    'lets an Event be missing: %s',
    (_, race) => {
      const cases = allCases(({ pod }) =>
        pod.happenings.flatMap((one, index) => {
          const stream = pod.happenings.filter(({ about }) => about === one.about);
          const isIt = race.mayMiss(stream, stream.indexOf(one), { ...pod.play, all: pod.happenings });
          return isIt ? [index] : [];
        }),
      );
      expect(cases.length).toBeGreaterThan(0);
    },
  );
});

/** What comes later than this the rules leave nearly open. */
const LONG_MS = 200_000;
const MANY = 4;
const EACH = 17;

function nameOf({ sample, index }: Case): string {
  const { states, play } = sample.pod;
  const state = states[index];
  const name = state?.pod.metadata.name;
  return `${play.name} ${name}: ${state ? describeState(states[index - 1], state) : ''} (${index} of ${states.length})`;
}

function allCases(indexesOf: (sample: Sample) => readonly number[]): readonly Case[] {
  return samples.flatMap((sample) => indexesOf(sample).map((index) => ({ sample, index })));
}

function firstCase(indexesOf: (sample: Sample) => readonly number[]): Case | undefined {
  for (const sample of samples) {
    const [index] = indexesOf(sample);
    if (index !== undefined) return { sample, index };
  }
  return undefined;
}

/** What parts where a state, and what repeats it, was never written. */
function partedWithoutState({ sample, index }: Case): readonly string[] {
  const { states } = sample.pod;
  const [from, to] = [states[index]?.atMs ?? 0, states[index + 1]?.atMs ?? Number.POSITIVE_INFINITY];
  const isIt = ({ object, atMs }: WatchedChange) => object.kind === 'Pod' && atMs >= from && atMs < to;
  const changes = sample.play.changes.filter((each) => !isIt(each));
  const found = comparePods(sample.play, { ...sample.play, changes });
  return found.filter(({ aspect }) => aspect === 'states').map(({ text }) => text);
}

function allLate(sample: Sample): Play {
  return shifted(sample, 60_000, ({ object }) => object.kind === 'Event');
}

/** Each Event later than the one before. */
function everLater({ play }: Sample): Play {
  const changes = play.changes.map((each, index) =>
    each.object.kind === 'Event' ? { ...each, atMs: each.atMs + 60_000 * (index + 1) } : each,
  );
  return { ...play, changes, watchedMs: play.watchedMs + 60_000 * changes.length };
}

interface LateEvent {
  readonly sample: Sample;
  readonly atMs: number;
  /** By how much later it may come. */
  readonly allowed: number;
}

const late = new Map<string, LateEvent>();

/**
 * For each rule an Event that it judges: all are put off, and what is said of that tells which rule it was.
 */
function lateEvents(): ReadonlyMap<string, LateEvent> {
  if (late.size > 0) return late;
  for (const sample of samples) {
    const found = [allLate(sample), everLater(sample)].flatMap((actual) => comparePods(sample.play, actual));
    for (const { aspect, text, atMs } of found) {
      const [, was, high, why] = /recorded (\S+) s, allowed \S+ s to (\S+) s: (.*)$/.exec(text) ?? [];
      if (aspect !== 'times' || why === undefined || late.has(why)) continue;
      late.set(why, { sample, atMs, allowed: Math.round(1000 * (Number(high) - Number(was))) });
    }
  }
  return late;
}
