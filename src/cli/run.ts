import { basename, dirname, extname, join } from 'node:path';
import type { Event } from '../cluster/contract/event.ts';
import type { World } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { LogHeader } from '../kernel/log/log-format.ts';
import { commits } from '../kernel/run/run.ts';
import { branchesWithHeaders, everyBranch, type StoryBranch } from '../replay/fork-story.ts';
import { printable } from '../report/printable.ts';
import { trafficLines } from '../report/traffic-lines.ts';
import { logHeaderOf } from '../scenario/log-header.ts';
import { startScenario } from '../scenario/play.ts';
import type { Failure } from '../suite/case.ts';
import { explanationLines, stepPlace } from '../suite/failure-text.ts';
import { branchesIn, missesIn, missesInBranch, type Opened } from '../suite/run-case.ts';
import { wordsIn } from '../words/words-in.ts';
import { EXIT } from './exit.ts';
import { createLogFile } from './log-file.ts';
import { openScenario } from './open-scenario.ts';
import { readScenarioFiles } from './scenario-files.ts';
import { PRODUCT_VERSION } from './version.ts';
import { choiceOf, type Which } from './which.ts';
import { tellBeside } from './write-out.ts';

export interface RunOptions extends Which {
  readonly output?: string;
  readonly lang: string;
}

/** `kubereel run`: runs a scenario to its end, prints only what was missed, and how it ended. */
export function runCommand(what: string, options: RunOptions): number {
  const { output, seed, lang } = options;
  const { told } = wordsIn(lang);
  const scenario = openScenario(readScenarioFiles(what), tellBeside, choiceOf(options));
  const chosen = seed ?? scenario.settings.seed;
  const header = logHeaderOf(scenario, chosen, PRODUCT_VERSION);
  const file = output === undefined ? undefined : createLogFile(output, header);
  let passed = false;
  const log: Entry<Event>[] = [];
  const noted = new Set<string>();
  const run = startScenario(scenario, { seed: chosen });
  for (const commit of commits(run)) {
    file?.append(commit);
    log.push(...commit);
    for (const { event } of commit) {
      if (event.type === 'NoticeGiven') tellOnce(told.note(event.about, event.message), noted);
      if (event.type === 'ScenarioEnded') passed = event.passed;
    }
  }
  file?.close();
  const branches = branchesIn(log, scenario);
  const files =
    output === undefined
      ? []
      : branchesWithHeaders(branches, header).map((branch) => saveBranch(branch, output));
  // A log knows by itself what it was run with.
  const of = output === undefined ? { ...openedWith(options), path: what } : { path: output };
  const missing = { of, scenario, language: lang };
  const failures = [
    ...missesIn(log, missing),
    ...everyBranch(branches).flatMap((branch) => missesInBranch(branch, missing)),
  ];
  for (const line of missedLines(failures, lang)) process.stdout.write(printable(`${line}\n`));
  const isGood = passed && failures.length === 0;
  for (const line of trafficSummary(run.world)) process.stdout.write(printable(`${line}\n`));
  const written = output === undefined ? '' : ` -> ${[output, ...files].join(', ')}`;
  const name = scenario.case === undefined ? scenario.name : `${scenario.name} [${scenario.case}]`;
  process.stdout.write(
    printable(`${told.ran(name, { passed: isGood, entries: log.length, seed: chosen })}${written}\n`),
  );
  return isGood ? EXIT.ok : EXIT.missed;
}

function openedWith({ seed, set, case: asked }: RunOptions): Pick<Opened, 'seed' | 'set' | 'case'> {
  return {
    ...(seed !== undefined && { seed }),
    ...(set && { set }),
    ...(asked !== undefined && { case: asked }),
  };
}

/** Beside the log of the story: `run.ndjson` has `run-patient.ndjson` for its branch. */
function saveBranch([{ name, fork }, header]: readonly [StoryBranch, LogHeader], output: string): string {
  const ending = extname(output);
  const path = join(dirname(output), `${basename(output, ending)}-${name}${ending}`);
  const file = createLogFile(path, header);
  const { entries } = fork.timeline;
  for (const entry of entries.between(1, entries.length)) file.append([entry]);
  file.close();
  return path;
}

function missedLines(failures: readonly Failure[], language: string): readonly string[] {
  const { told, suite } = wordsIn(language);
  return failures.flatMap((failure) => {
    const { branch, phase, step } = failure;
    const isOther = branch !== undefined || phase !== undefined;
    const place = isOther ? `${stepPlace(failure, suite).join(', ')}: ${failure.what}` : failure.what;
    return [
      told.missed(isOther ? undefined : step, place),
      ...failure.why.split('\n').map((line) => `  ${line}`),
      ...explanationLines(failure, suite).map((line) => `  ${line}`),
    ];
  });
}

/** Of the same image on each node, and the like, is told once. */
function tellOnce(text: string, noted: Set<string>): void {
  if (noted.has(text)) return;
  noted.add(text);
  process.stderr.write(printable(`${text}\n`));
}

/** What became of all requests of each client. */
function trafficSummary({ store, seq }: World): readonly string[] {
  return [...store.tables.traffic.keysBy('all', '', seq)].flatMap((client) => {
    const row = store.tables.traffic.read(client, seq);
    return row ? trafficLines(client, row.told.totals) : [];
  });
}
