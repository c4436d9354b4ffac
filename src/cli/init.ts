import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOUR } from '../kernel/time/millis.ts';
import { printable } from '../report/printable.ts';
import { survey } from '../scenario/first/survey.ts';
import { writeFirstScenario } from '../scenario/first/write-first-scenario.ts';
import { loadScenario } from '../scenario/language/load-scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { CaseResult } from '../suite/case.ts';
import { failureLines } from '../suite/failure-text.ts';
import { runCase } from '../suite/run-case.ts';
import type { InitWords } from '../words/init-words.ts';
import type { Words } from '../words/words.ts';
import { wordsIn } from '../words/words-in.ts';
import { BadInput, EXIT } from './exit.ts';
import { nameFor, openScenario } from './open-scenario.ts';
import { readFolder } from './scenario-files.ts';
import { schemaLine } from './schema-line.ts';
import { tellBeside, writeOut } from './write-out.ts';

export interface InitOptions {
  readonly lang: string;
  readonly force?: boolean;
}

const ENTRY = 'scenario.yaml';
/** Virtual time; the scenario that is written takes about half an hour of it. */
const LONGEST = 24 * HOUR;

/** `kubereel init`: writes a first scenario for a folder of manifests, runs it, and tells what it found. */
export async function initCommand(folder: string, { lang, force }: InitOptions): Promise<number> {
  const words = wordsIn(lang);
  const path = join(folder, ENTRY);
  if (existsSync(path) && !force) throw new BadInput(({ files }) => files.isThere(path));
  const { files, links } = readFolder(folder);
  const found = survey(files);
  const isChart = found.objects.length === 0 && existsSync(join(folder, 'Chart.yaml'));
  if (isChart) throw new BadInput(({ files: wrong }) => wrong.chartNotRendered(folder));
  if (found.objects.length === 0) throw new BadInput(({ files: wrong }) => wrong.noManifests(folder));
  const name = nameFor(folder, 'first');
  const text = writeFirstScenario(found, { name, words: words.init.parts });
  // What is wrong with the manifests is told before anything is written.
  const { scenario } = loadScenario({ ...files, [ENTRY]: text }, ENTRY);
  if (!scenario)
    openScenario({ shown: folder, entry: ENTRY, files: { ...files, [ENTRY]: text }, links }, tellBeside);
  writeFileSync(path, `${schemaLine(folder)}\n${text}`);
  await writeOut([`${words.init.written(path, kindsOf(found.objects.map(({ object }) => object.kind)))}\n`]);
  if (found.others.length > 0 && !found.isKustomization)
    await writeOut([`${words.init.others(found.others.length, found.others.slice(0, 3).join(', '))}\n`]);
  if (scenario) {
    const of = { name, path: folder, tags: [] };
    const { result } = runCase(of, scenario, { language: lang, timeoutMs: LONGEST });
    await writeOut(findings(words, { folder, scenario, result }));
  }
  return EXIT.ok;
}

/** `3 Deployment, 2 Service`, the most frequent first. */
function kindsOf(kinds: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const sorted = [...counts].sort(([a, ofA], [b, ofB]) => ofB - ofA || (a < b ? -1 : 1));
  return sorted.map(([kind, count]) => `${count} ${kind}`).join(', ');
}

interface Found {
  readonly folder: string;
  readonly scenario: Scenario;
  readonly result: CaseResult;
}

function* findings({ init, suite }: Words, { folder, scenario, result }: Found): Generator<string> {
  const { failures, notices } = result;
  const told = new Set(notices.map(({ about, message }) => `${about}: ${message}`));
  if (told.size > 0) yield printable(`\n${init.notSimulated}\n${listed(told)}`);
  yield `\n${failures.length === 0 ? init.allWell : init.findings(failures.length)}\n`;
  for (const failure of failures) {
    const { step } = failure;
    const typed = step === undefined ? undefined : scenario.steps[step - 1]?.text['en'];
    const where = step === undefined || typed === undefined ? [] : [`${suite.step(step)}: ${typed}`];
    const lines = [...where, ...failureLines(failure, suite).map((line) => `  ${line}`)];
    yield printable(`\n${lines.map((line) => `${line}\n`).join('')}`);
  }
  yield `\n${nextLines(init, folder)}`;
}

function listed(lines: Iterable<string>): string {
  return [...lines].map((line) => `  - ${line}\n`).join('');
}

function nextLines({ next }: InitWords, folder: string): string {
  return next(folder)
    .map((line) => `${line}\n`)
    .join('');
}
