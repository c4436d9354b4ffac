import { cellsOf } from '../report/cells.ts';
import { formatClock } from '../report/clock.ts';
import type { SuiteWords } from '../words/suite-words.ts';
import type { CaseResult, Failure, Held } from './case.ts';

/**
 * A failure as a person reads it: what was wanted, what was there, since when, why, and how to look at it.
 */
export function failureLines(failure: Failure, words: SuiteWords): readonly string[] {
  return rowLines([
    [words.wanted, failure.what.split('\n')],
    [words.found, failure.why.split('\n')],
    ...explanation(failure, words),
  ]);
}

/** The same without what was wanted and found. */
export function explanationLines(failure: Failure, words: SuiteWords): readonly string[] {
  return rowLines(explanation(failure, words));
}

type Row = readonly [label: string, lines: readonly string[]];

function explanation({ at, held, causes = [], open }: Failure, words: SuiteWords): readonly Row[] {
  return [
    [words.at, at === undefined ? [] : [[formatClock(at), ...heldWords(held, words)].join(', ')]],
    [words.because, causes],
    [words.see, open === undefined ? [] : [open]],
  ];
}

function rowLines(rows: readonly Row[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([label]) => cellsOf(label)));
  return rows.flatMap(([label, lines]) =>
    lines.map((line, index) => {
      const shown = index === 0 ? label : '';
      return `${shown}${' '.repeat(width - cellsOf(shown))}  ${line}`.trimEnd();
    }),
  );
}

/** Where it is: `step 7, shop/scenario.yaml:42`. */
export function failurePlace({ path }: CaseResult, failure: Failure, words: SuiteWords): string {
  const { line, file: included } = failure;
  const own = included ?? path;
  return [...stepPlace(failure, words), line === undefined ? own : `${own}:${line}`].join(', ');
}

/** `branch patient`, `step 2`; `teardown`, `step 9`. */
export function stepPlace({ step, phase, branch }: Failure, words: SuiteWords): readonly string[] {
  return [
    ...(branch === undefined ? [] : [words.branch(branch)]),
    ...(phase === undefined ? [] : [words.phases[phase]]),
    ...(step === undefined ? [] : [words.step(step)]),
  ];
}

function heldWords(held: Held | undefined, words: SuiteWords): readonly string[] {
  if (held === undefined) return [];
  return [held === 'never' ? words.neverHeld : words.heldUntil(formatClock(held.at), held.seq)];
}
