import type { Millis } from '../../kernel/time/millis.ts';

/** What two times of one grid are apart at most, beside its period. */
const NEAR_MS = 60;

/**
 * An instant of the grid on which most of some times are, if that is more than one. They may be late, never
 * early: of those with which most ticks of the grid are met it is the first.
 */
export function gridOf(times: readonly Millis[], periodMs: Millis, nearMs = NEAR_MS): Millis | undefined {
  let best: { readonly at: Millis; readonly ticks: number; readonly met: number } | undefined;
  for (const at of times.toSorted((a, b) => a - b)) {
    const on = times.filter((time) => (((time - at) % periodMs) + periodMs) % periodMs < nearMs);
    const ticks = new Set(on.map((time) => Math.floor((time - at) / periodMs))).size;
    const isBetter = !best || ticks > best.ticks || (ticks === best.ticks && on.length > best.met);
    if (isBetter) best = { at, ticks, met: on.length };
  }
  return best && best.met > 1 ? Math.floor(best.at) : undefined;
}
