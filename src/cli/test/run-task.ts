import { readYaml, type YamlSource } from '../../scenario/language/read-yaml.ts';
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
  const reading = readYaml(files.files[files.entry] ?? '', files.entry);
  const scenario = openScenario(files, (text) => told.push(text), reading);
  const { result, log } = runCase(of, scenario, { language, timeoutMs });
  const kept = result.ownSeed ? keepSnapshots({ of, scenario, log, language }, snapshots) : undefined;
  const failures = [...result.failures, ...(kept?.failures ?? [])];
  const notices = told.filter((text) => text !== '').map((message) => ({ about: of.path, message }));
  return {
    ...result,
    outcome: failures.length === 0 ? result.outcome : 'failed',
    failures: failures.map((failure) => placed(failure, reading.source)),
    notices: [...notices, ...result.notices],
    snapshots: kept?.snapshots ?? [],
  };
}

/** With the line of the scenario that it is about. */
function placed(failure: Failure, source: YamlSource | undefined): Failure {
  const { place, step } = failure;
  const path = place ?? (step === undefined ? undefined : ['steps', step - 1]);
  if (!path || !source) return failure;
  return { ...failure, line: source.spanOf(path).line };
}

function badInput(error: BadInput, { language, of }: Task): Failure {
  return { kind: 'input', what: of.path, why: error.inWords(wordsIn(language)) };
}
