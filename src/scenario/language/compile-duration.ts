import { parseGoDuration } from '../../kernel/time/go-duration.ts';
import type { Millis } from '../../kernel/time/millis.ts';

/** Whole virtual milliseconds of a duration that the schema has accepted; less than one is rounded. */
export function millisOf(duration: string): Millis {
  return Math.round(parseGoDuration(duration) ?? 0);
}
