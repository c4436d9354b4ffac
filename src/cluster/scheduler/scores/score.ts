import type { Since } from '../../objects/versions.ts';
import type { Cycle } from '../cycle.ts';

/** A score plugin: 0 to 100 for each node that passed the filters. */
export interface Score {
  /** The plugin's name in Kubernetes. */
  readonly name: string;
  /** What its scores are multiplied by, unless the scheduler is configured otherwise. */
  readonly weight: Since<number>;
  /** Of the nodes at some places, in their order; undefined where it has nothing to say (Skip). */
  scores(cycle: Cycle, places: readonly number[]): Scores | undefined;
}

/** What a plugin makes of each node. */
export interface Scores {
  /** What it counted. */
  readonly raw: readonly number[];
  /** The same as 0 to 100; absent where it is so already (NormalizeScore). */
  readonly normalized?: readonly number[];
}

/** As much of 100 as a number is of the greatest; or as little (plugins/helper DefaultNormalizeScore). */
export function shareOfMost(raw: readonly number[], isReversed: boolean): readonly number[] {
  const most = greatest(raw);
  if (most === 0) return raw.map(() => (isReversed ? 100 : 0));
  return raw.map((value) => {
    const share = Math.floor((100 * value) / most);
    return isReversed ? 100 - share : share;
  });
}

/** The greatest of numbers, at least 0; a list may be longer than a call can have arguments. */
function greatest(values: readonly number[]): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}
