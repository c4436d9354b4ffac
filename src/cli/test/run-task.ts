import { join } from 'node:path';
import { expandScenario } from '../../scenario/language/expand/expand-scenario.ts';
import { pathOfStep } from '../../scenario/language/path-of-step.ts';
import type { YamlSource } from '../../scenario/language/read-yaml.ts';
import { type CaseResult, type Failure, resultWithout } from '../../suite/case.ts';
import type { TimedResult } from '../../suite/report.ts';
import { runCase } from '../../suite/run-case.ts';
import { wordsIn } from '../../words/words-in.ts';
import { BadInput } from '../exit.ts';
import { openScenario } from '../open-scenario.ts';
import { readScenarioFiles } from '../scenario-files.ts';
import { keepSnapshots } from './keep-snapshots.ts';
import type { Task } from './task.ts';

/** Runs one case. Whatever becomes of it is its result: nothing is thrown. */
export function runTask(task: Task): TimedResult {
  const began = performance.now();
  const result = resultOf(task);
  return { ...result, wallMs: performance.now() - began };
}

function resultOf(task: Task): CaseResult {
  try {
    return judged(task);
  } catch (error) {
    if (error instanceof BadInput) return resultWithout(task.of, 'broken', badInput(error, task));
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return resultWithout(task.of, 'failed', { kind: 'bug', what: task.of.name, why });
  }
}

function judged({ of, language, timeoutMs, snapshots }: Task): CaseResult {
  const told: string[] = [];
  const files = readScenarioFiles(of.path);
  const choice = { ...(of.set && { set: of.set }), ...(of.case !== undefined && { case: of.case }) };
  const expansion = expandScenario(files.files, files.entry, choice);
  const scenario = openScenario(files, (text) => told.push(text), { expansion, ...choice });
  const { result, log, branches } = runCase(of, scenario, { language, timeoutMs });
  const isKept = result.ownSeed && of.set === undefined;
  const kept = isKept ? keepSnapshots({ of, scenario, log, branches, language }, snapshots) : undefined;
  const failures = [...result.failures, ...(kept?.failures ?? [])];
  const notices = told.filter((text) => text !== '').map((message) => ({ about: of.path, message }));
  return {
    ...result,
    outcome: failures.length === 0 ? result.outcome : 'failed',
    failures: failures.map((failure) => placed(failure, { source: expansion.source, shown: files.shown })),
    notices: [...notices, ...result.notices],
    snapshots: kept?.snapshots ?? [],
  };
}

interface Whole {
  readonly source: YamlSource | undefined;
  /** The scenario's folder, as the reader would name it. */
  readonly shown: string;
}

/** With the line of the scenario that it is about, or of what it includes. */
function placed(failure: Failure, { source, shown }: Whole): Failure {
  const { place, step, branch } = failure;
  if (!source || (place === undefined && step === undefined)) return failure;
  const { line, file } = source.spanOf(place ?? pathOfStep(source.value, step ?? 0, branch));
  return { ...failure, line, ...(file !== undefined && { file: join(shown, file) }) };
}

function badInput(error: BadInput, { language, of }: Task): Failure {
  return { kind: 'input', what: of.path, why: error.inWords(wordsIn(language)) };
}
