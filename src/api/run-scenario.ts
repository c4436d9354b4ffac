import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findScenarios } from '../cli/test/find-scenarios.ts';
import { runTask } from '../cli/test/run-task.ts';
import { parseGoDuration } from '../kernel/time/go-duration.ts';
import { HOUR, type Millis } from '../kernel/time/millis.ts';
import type { Case, CaseResult } from '../suite/case.ts';
import { selectCases } from '../suite/select-cases.ts';
import { Refused } from './refused.ts';
import { failureText } from './story-failed.ts';

export interface ScenarioOptions {
  /** Another of the possible runs than its own. */
  readonly seed?: string | number;
  /** Besides its own seed: 1, 2, … up to this one. */
  readonly seeds?: number;
  /** Its story must have ended by then, in virtual time. Default 168h. */
  readonly timeout?: string;
}

/** How a scenario ended. */
export interface ScenarioRun extends CaseResult {
  /** What was not as expected, for a person; empty where all was. */
  readonly text: string;
}

/** The runs of a scenario's file, of all scenarios below a folder, or of one that comes with the program. */
export function casesAt(path: string | URL, { seed, seeds }: ScenarioOptions = {}): readonly Case[] {
  const found = findScenarios([path instanceof URL ? relative('.', fileURLToPath(path)) : path]);
  return selectCases(found, {
    ...(seed !== undefined && { seed: String(seed) }),
    ...(seeds !== undefined && { seeds }),
  });
}

/** Runs one of them to its end, as `kubereel test` does. */
export function runCaseOf(of: Case, { timeout }: ScenarioOptions = {}): ScenarioRun {
  const result = runTask({ of, language: 'en', timeoutMs: timeoutMs(timeout), snapshots: NO_SNAPSHOTS });
  return { ...result, text: result.failures.length === 0 ? '' : failureText(result.failures) };
}

/** Where nothing was kept there is nothing to compare with. */
const NO_SNAPSHOTS = { folder: '', mode: 'demand' } as const;

const LONGEST: Millis = 168 * HOUR;

function timeoutMs(timeout: string | undefined): Millis {
  const ms = timeout === undefined ? LONGEST : parseGoDuration(timeout);
  if (ms === undefined) throw new Refused(`timeout: "${timeout}" is no duration such as 35s or 2h`);
  return ms;
}
