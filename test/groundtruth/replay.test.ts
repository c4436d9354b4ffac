import { describe, expect, test } from 'vitest';
import { playUntil } from '../../src/compare/play.ts';
import { comparePlays, type Difference } from '../../src/compare/pods/compare-pods.ts';
import { isExcused } from './excused.ts';
import { JUDGED } from './judged.ts';
import { hasRecordings, playOf, readRecording } from './recordings.ts';

/**
 * From when on a draw decides which way a recording goes: one of the first seeds must go that way to its end.
 */
const FORKS: Readonly<Record<string, { readonly fromMs: number; readonly why: string }>> = {
  'v1.36/b1-liveness-exec-long': {
    fromMs: 600_000,
    why: 'the seventh restart backs off if the sixth came within 85 s, less than 160 s after the kill before it',
  },
};

const SEEDS = ['1', '2'];
const MORE_SEEDS = [...SEEDS, '3', '4', '5', '6'];

describe.skipIf(!hasRecordings)('What was typed on a real cluster, typed here', () => {
  test.each(JUDGED)(
    'makes the pods of %s go through the same, and tells of it by the same Events',
    (name) => {
      const untilMs = FORKS[name]?.fromMs ?? Number.POSITIVE_INFINITY;
      expect(SEEDS.map((seed) => report(differencesOf(name, seed, untilMs))).join('')).toBe('');
    },
  );

  test.each(Object.keys(FORKS))('may go the way of %s to its end', (name) => {
    expect(MORE_SEEDS.map((seed) => report(differencesOf(name, seed)))).toContain('');
  });
});

test.skipIf(hasRecordings)('The recordings of real clusters do not lie beside the project', ({ skip }) =>
  skip('there is nothing to compare with'),
);

function differencesOf(
  name: string,
  seed: string,
  untilMs = Number.POSITIVE_INFINITY,
): readonly Difference[] {
  const recording = readRecording(name);
  const [wanted, actual] = [recording, playOf(recording, seed)].map((play) => playUntil(untilMs, play));
  if (!wanted || !actual) return [];
  return comparePlays(wanted, actual).filter(({ pod }) => !isExcused(name, pod));
}

function report(differences: readonly Difference[]): string {
  return differences.map((each) => `${each.pod}, ${each.in}:\n${each.text}\n`).join('\n');
}
