import type { Deed } from '../contract/component.ts';
import type { Response } from '../contract/response.ts';
import type { Outcome } from './program.ts';

/** What a program does that waits for nothing, and changes nothing besides what it prints and leaves. */
export function atOnce<Args extends readonly unknown[]>(
  run: (...args: Args) => Outcome,
): (...args: Args) => Generator<Deed, Outcome, Response> {
  return function* (...args) {
    yield* [];
    return run(...args);
  };
}
