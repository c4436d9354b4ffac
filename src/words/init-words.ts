import type { FirstWords } from '../scenario/first/write-first-scenario.ts';

/** What is told of a first scenario for somebody's manifests. */
export interface InitWords {
  /** What stands above the parts of the scenario. */
  readonly parts: FirstWords;
  written(path: string, kinds: string): string;
  /** Files that are no manifests, and the first of them. */
  others(count: number, first: string): string;
  readonly notSimulated: string;
  readonly allWell: string;
  findings(count: number): string;
  next(folder: string): readonly string[];
}
