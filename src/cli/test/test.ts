import { availableParallelism } from 'node:os';
import { HOUR, type Millis } from '../../kernel/time/millis.ts';
import type { Case } from '../../suite/case.ts';
import type { SuiteReport } from '../../suite/report.ts';
import { type Selection, type Shard, selectCases } from '../../suite/select-cases.ts';
import { wordsIn } from '../../words/words-in.ts';
import { BadInput, EXIT } from '../exit.ts';
import type { Values } from '../option-types.ts';
import { writeOut } from '../write-out.ts';
import { findScenarios } from './find-scenarios.ts';
import { keptBytes, obsoleteSnapshots, removeSnapshots } from './obsolete-snapshots.ts';
import { openOutputs } from './outputs.ts';
import { runTasks } from './run-tasks.ts';
import type { SnapshotUse } from './task.ts';
import { watchScenarios } from './watch.ts';

export interface TestOptions {
  readonly lang: string;
  readonly filter?: RegExp;
  readonly tag?: readonly string[];
  readonly shard?: Shard;
  readonly jobs?: number;
  /** True: at the first that does not pass. */
  readonly bail?: number | true;
  readonly seed?: string;
  readonly set?: Values;
  readonly seeds?: number;
  readonly update?: boolean;
  readonly ci?: boolean;
  readonly watch?: boolean;
  readonly list?: boolean;
  /** Virtual milliseconds. */
  readonly timeout?: Millis;
  readonly reporter?: readonly string[];
  readonly snapshots?: string;
}

const SNAPSHOTS = 'snapshots';

/** A story that takes longer is taken for one that never ends. */
const LONGEST: Millis = 24 * 7 * HOUR;

/** `kubereel test`: runs scenarios as tests. */
export async function testCommand(named: readonly string[], options: TestOptions): Promise<number> {
  if (options.ci && (options.update || options.watch)) throw new BadInput(({ suite }) => suite.notWithCi);
  const cases = casesOf(named, options);
  if (options.list) {
    await writeOut(
      cases.map(({ name, path, seed }) => `${[name, path, ...(seed ? [seed] : [])].join('\t')}\n`),
    );
    return EXIT.ok;
  }
  const code = await runCases(cases, named, options);
  if (!options.watch) return code;
  return watchScenarios({
    language: options.lang,
    paths: cases.map(({ path }) => path),
    run: (paths) =>
      runCases(
        casesOf(named, options).filter(({ path }) => paths.includes(path)),
        named,
        options,
      ),
  });
}

function casesOf(named: readonly string[], options: TestOptions): readonly Case[] {
  const { filter, tag, shard, seed, seeds } = options;
  const selection: Selection = {
    ...(filter && { filter }),
    ...(tag && { tags: tag }),
    ...(shard && { shard }),
    ...(seed !== undefined && { seed }),
    ...(seeds !== undefined && { seeds }),
  };
  const found = findScenarios(named, options.set);
  if (found.length === 0) throw new BadInput(({ suite }) => suite.noScenarios('.'));
  demandNames(found);
  const cases = selectCases(found, selection);
  // A shard may be empty where there are more of them than cases; that is no mistake.
  if (cases.length === 0 && !shard) throw new BadInput(({ suite }) => suite.noneSelected(found.length));
  return cases;
}

/** Two of one name would have the same snapshots. */
function demandNames(found: readonly Case[]): void {
  const files = new Map<string, string[]>();
  for (const { name, path } of found) files.set(name, [...(files.get(name) ?? []), path]);
  for (const [name, paths] of files)
    if (paths.length > 1) throw new BadInput(({ suite }) => suite.twoOfOneName(name, paths));
}

async function runCases(
  cases: readonly Case[],
  named: readonly string[],
  options: TestOptions,
): Promise<number> {
  const { lang: language, timeout: timeoutMs = LONGEST, jobs = availableParallelism() } = options;
  const began = performance.now();
  const outputs = openOutputs(reportersOf(options), wordsIn(language));
  const bail = options.bail === true ? 1 : options.bail;
  const { snapshots: folder = SNAPSHOTS } = options;
  const snapshots: SnapshotUse = { folder, mode: modeOf(options) };
  const results = await runTasks(
    cases.map((of) => ({ of, language, timeoutMs, snapshots })),
    {
      jobs,
      ...(bail !== undefined && { bail }),
      weightOf: ({ of }) => keptBytes(of, folder),
      ended: (result) => outputs.ended(result),
    },
  );
  const obsolete = isWhole(named, options) ? obsoleteSnapshots(folder, cases, results) : [];
  if (options.update) removeSnapshots(obsolete);
  const report: SuiteReport = {
    results,
    left: cases.length - results.length,
    obsolete,
    isUpdate: options.update === true,
    wallMs: performance.now() - began,
  };
  outputs.end(report);
  return codeOf(report);
}

function modeOf({ update, ci }: TestOptions): SnapshotUse['mode'] {
  if (update) return 'write';
  return ci ? 'demand' : 'compare';
}

/** Whoever runs only some of them does not know what else there is. */
function isWhole(named: readonly string[], { filter, tag, shard, set }: TestOptions): boolean {
  return named.length === 0 && !filter && !tag && !shard && !set;
}

function reportersOf({ reporter }: TestOptions): readonly string[] {
  if (reporter) return reporter;
  return process.env['GITHUB_ACTIONS'] === 'true' ? ['pretty', 'github'] : ['pretty'];
}

function codeOf({ results }: SuiteReport): number {
  const kinds = results.flatMap(({ failures }) => failures.map(({ kind }) => kind));
  if (kinds.includes('bug')) return EXIT.bug;
  if (results.some(({ outcome }) => outcome === 'broken')) return EXIT.badInput;
  return results.every(({ outcome }) => outcome === 'passed') ? EXIT.ok : EXIT.missed;
}
