import type { Event } from '../cluster/contract/event.ts';
import type { World } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { commits } from '../kernel/run/run.ts';
import { printable } from '../report/printable.ts';
import { trafficLines } from '../report/traffic-lines.ts';
import { logHeaderOf } from '../scenario/log-header.ts';
import { startScenario } from '../scenario/play.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { explanationLines } from '../suite/failure-text.ts';
import { missesIn } from '../suite/run-case.ts';
import { wordsIn } from '../words/words-in.ts';
import { EXIT } from './exit.ts';
import { createLogFile } from './log-file.ts';
import { openScenario } from './open-scenario.ts';
import { readScenarioFiles } from './scenario-files.ts';
import { PRODUCT_VERSION } from './version.ts';
import { tellBeside } from './write-out.ts';

export interface RunOptions {
  readonly output?: string;
  readonly seed?: string;
  readonly lang: string;
}

/** `kubereel run`: runs a scenario to its end, prints only what was missed, and how it ended. */
export function runCommand(what: string, { output, seed, lang }: RunOptions): number {
  const { told } = wordsIn(lang);
  const scenario = openScenario(readScenarioFiles(what), tellBeside);
  const chosen = seed ?? scenario.settings.seed;
  const file =
    output === undefined ? undefined : createLogFile(output, logHeaderOf(scenario, chosen, PRODUCT_VERSION));
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
  const shown = output ?? what;
  for (const line of missedLines(log, scenario, {
    shown,
    lang,
    ...(output === undefined && seed !== undefined && { seed }),
  }))
    process.stdout.write(printable(`${line}\n`));
  for (const line of trafficSummary(run.world)) process.stdout.write(printable(`${line}\n`));
  const written = output === undefined ? '' : ` -> ${output}`;
  process.stdout.write(
    printable(`${told.ran(scenario.name, { passed, entries: log.length, seed: chosen })}${written}\n`),
  );
  return passed ? EXIT.ok : EXIT.missed;
}

interface Shown {
  /** What the player would be opened with. */
  readonly shown: string;
  readonly seed?: string;
  readonly lang: string;
}

function missedLines(
  log: readonly Entry<Event>[],
  scenario: Scenario,
  { shown, seed, lang }: Shown,
): readonly string[] {
  const { told, suite } = wordsIn(lang);
  const of = { path: shown, ...(seed !== undefined && { seed }) };
  return missesIn(log, { of, scenario, language: lang }).flatMap((failure) => [
    told.missed(failure.step, failure.what),
    ...failure.why.split('\n').map((line) => `  ${line}`),
    ...explanationLines(failure, suite).map((line) => `  ${line}`),
  ]);
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
