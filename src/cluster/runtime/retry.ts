import type { Millis } from '../../kernel/time/millis.ts';

/** client-go: DefaultTypedControllerRateLimiter, 5 ms doubled with every failure, at most 1000 s. */
const FIRST_MS = 5;
const MAX_MS = 1_000_000;

/**
 * How long a component waits before it looks again at a key whose request was refused for the `count`-th
 * time.
 */
export function retryDelay(count: number): Millis {
  return Math.min(FIRST_MS * 2 ** (count - 1), MAX_MS);
}
