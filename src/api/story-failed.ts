import type { Failure } from '../suite/case.ts';
import { failureLines } from '../suite/failure-text.ts';
import { wordsIn } from '../words/words-in.ts';

/** Something in a cluster was not as it was wanted: what, since when, why, and how to look at it. */
export class StoryFailed extends Error {
  override readonly name = 'StoryFailed';
  readonly failures: readonly Failure[];

  constructor(failures: readonly Failure[]) {
    super(failureText(failures));
    this.failures = failures;
  }
}

/** Failures as a person reads them, one below another. */
export function failureText(failures: readonly Failure[]): string {
  const { suite } = wordsIn('en');
  const [first] = failures;
  const head = failures.length === 1 && first ? first.what.split('\n')[0] : `${failures.length} failures`;
  return [head, ...failures.flatMap((failure) => ['', ...failureLines(failure, suite)])].join('\n');
}
