import { describe, expect, test } from 'vitest';
import { type Comparison, comparePlays } from '../../src/compare/compare.ts';
import type { Divergence } from '../../src/compare/divergence.ts';
import { JUDGED } from './judged.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';
import { hasRecordings, playOf, readRecording } from './recordings.ts';

/** Plays of a recording that must all agree with it, whatever is drawn in them. */
const SEEDS = ['1', '2', '3'];

/** Judges the recordings of one version; each version in a file of its own, so that they run side by side. */
export function judgeVersion(version: string): void {
  const judged = JUDGED.filter(({ recording }) => recording.startsWith(version));
  const agreeing = judged.filter(({ notYet }) => notYet === undefined);
  const parting = judged.flatMap(({ recording, notYet }) => (notYet ? [{ recording, ...notYet }] : []));

  describe.skipIf(!hasRecordings)('What was typed on a real cluster, typed here', () => {
    test.each(agreeing)('goes the same way as in $recording', ({ recording, untilMs, seeds = SEEDS }) => {
      const told = seeds.map((seed) => tell(unknown(recording, comparisonOf(recording, seed, untilMs))));
      expect(told.join('')).toBe('');
    });

    test.each(agreeing)(
      'needs no other explanations of $recording',
      ({ recording, untilMs, explained = [], seeds = SEEDS }) => {
        const needed = seeds.flatMap((seed) => comparisonOf(recording, seed, untilMs).explained);
        const others = needed.filter(({ because }) => !explained.includes(because.id));
        expect(others.map(({ because, divergence }) => `${because.id}: ${divergence.about}`)).toEqual([]);
      },
    );

    test.each(parting)('parts from $recording in at most $atMost places', ({ recording, atMost }) => {
      const counts = SEEDS.map((seed) => comparisonOf(recording, seed).divergences.length);
      expect(Math.max(...counts)).toBeGreaterThan(0);
      expect(Math.max(...counts)).toBeLessThanOrEqual(atMost);
    });

    test('every known difference is one still', () => {
      const own = KNOWN_DIFFERENCES.filter(({ recording }) => recording.startsWith(version));
      const stale = own.filter(({ recording, about, of }) =>
        SEEDS.every((seed) => {
          const { divergences } = comparisonOf(recording, seed);
          return !divergences.some((each) => about.test(each.about) && of.test(each.of));
        }),
      );
      expect(stale).toEqual([]);
    });
  });

  test.skipIf(hasRecordings)('The recordings of real clusters do not lie beside the project', ({ skip }) =>
    skip('there is nothing to compare with'),
  );
}

const compared = new Map<string, Comparison>();

function comparisonOf(name: string, seed: string, untilMs?: number): Comparison {
  const key = `${name} ${seed} ${untilMs}`;
  const known = compared.get(key);
  if (known) return known;
  const recording = readRecording(name);
  const comparison = comparePlays(
    recording,
    playOf(recording, seed),
    untilMs === undefined ? {} : { untilMs },
  );
  compared.set(key, comparison);
  return comparison;
}

function unknown(name: string, { divergences }: Comparison): readonly Divergence[] {
  const known = KNOWN_DIFFERENCES.filter(({ recording }) => recording === name);
  return divergences.filter(
    ({ about, of }) => !known.some((each) => each.about.test(about) && each.of.test(of)),
  );
}

function tell(divergences: readonly Divergence[]): string {
  return divergences.map((each) => `${each.about}, ${each.of}:\n${each.text}\n`).join('\n');
}
