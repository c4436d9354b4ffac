import type { SuiteTotals, SuiteWords } from '../words/suite-words.ts';
import type { CaseResult } from './case.ts';

/** A result, and how long it took here, in milliseconds of the host's clock. */
export interface TimedResult extends CaseResult {
  readonly wallMs: number;
}

/** A run of tests that has ended. */
export interface SuiteReport {
  /** In the order of the cases. */
  readonly results: readonly TimedResult[];
  /** Cases that were not run any more, since enough had failed. */
  readonly left: number;
  /** Snapshots that belong to no scenario. */
  readonly obsolete: readonly string[];
  /** Whether those have been removed. */
  readonly isUpdate: boolean;
  readonly wallMs: number;
}

/** Turns results into text: strings out, whoever writes them. */
export interface Reporter {
  /** What is written when a case has ended, in the order in which they end. */
  readonly ended?: (result: TimedResult) => string;
  readonly end: (report: SuiteReport) => string;
}

export interface ReporterSetting {
  readonly words: SuiteWords;
  readonly colour: boolean;
}

export function totalsOf({ results, left }: SuiteReport): SuiteTotals {
  const count = (outcome: CaseResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  return { passed: count('passed'), failed: count('failed'), broken: count('broken'), left };
}

/** What a case is called: its scenario, and the seed if it is not the scenario's own. */
export function caseTitle({ name, seed, ownSeed }: CaseResult, { seed: words }: SuiteWords): string {
  return ownSeed || seed === undefined ? name : `${name} (${words(seed)})`;
}
