import type { Millis } from '../time/millis.ts';

/**
 * Outcomes of draws that are known beforehand, by the draw's key: whoever replays what has happened elsewhere
 * takes them from there. They choose among what is possible and make nothing possible: where the settled
 * outcome is none of those that the draw is among, the draw is made as if nobody had said anything.
 */
export type Outcomes = Readonly<Record<string, string>>;

/** What a draw's outcome is called by in a table of them. */
export function outcomeKey(...key: readonly (string | number)[]): string {
  return key.join(' ');
}

/**
 * The outcome that somebody has settled; undefined where it is drawn. Whether it is possible is not asked.
 */
export function settledOutcome(
  { outcomes }: { readonly outcomes?: Outcomes },
  ...key: readonly (string | number)[]
): string | undefined {
  return outcomes?.[outcomeKey(...key)];
}

/**
 * The settled time within a period of so many milliseconds; undefined where it is drawn, also since what was
 * settled is no number.
 */
export function settledPhase(
  chance: { readonly outcomes?: Outcomes },
  periodMs: Millis,
  ...key: readonly (string | number)[]
): Millis | undefined {
  const settled = Number(settledOutcome(chance, ...key) ?? Number.NaN);
  return Number.isFinite(settled) ? ((settled % periodMs) + periodMs) % periodMs : undefined;
}
