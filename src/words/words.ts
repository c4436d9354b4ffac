import type { FileWords } from './file-words.ts';
import type { HelpWords } from './help-words.ts';
import type { InitWords } from './init-words.ts';
import type { LearnWords } from './learn-words.ts';
import type { RecordWords } from './record-words.ts';
import type { ServeWords } from './serve-words.ts';
import type { SuiteWords } from './suite-words.ts';

/** All that the program says by itself, outside of its screen, in one language. */
export interface Words {
  readonly help: HelpWords;
  readonly wrong: WrongWords;
  readonly files: FileWords;
  readonly told: ToldWords;
  readonly suite: SuiteWords;
  readonly record: RecordWords;
  readonly init: InitWords;
  readonly learn: LearnWords;
  readonly serve: ServeWords;
}

/** What is wrong with what was given, and what to do instead. */
export interface WrongWords {
  readonly seed: string;
  readonly value: string;
  readonly duration: string;
  readonly instant: string;
  readonly language: string;
  readonly wholeNumber: string;
  readonly steps: string;
  readonly field: string;
  pattern(reason: string): string;
  readonly shard: string;
  /** commander's own messages. */
  usage(message: string): string;
  noEntry(seq: number, last: number): string;
  noStep(step: number, last: number): string;
  noTime(wanted: string, last: string): string;
  noCheckpoint(name: string, known: readonly string[], meant: string | undefined): string;
  noCase(asked: string, titles: readonly string[]): string;
  noBranch(name: string, known: readonly string[]): string;
  readonly noWarning: string;
  readonly noCluster: string;
  kind(word: string, near: string | undefined): string;
  objectForm(word: string): string;
  noObject(word: string, near: string | undefined): string;
  otherNamespace(word: string, namespaces: readonly string[]): string;
  noField(path: string): string;
  noClient(client: string, clients: readonly string[]): string;
  /** `lost` are the numbers of those that were, which may be none. */
  notLost(number: number, isAnswered: boolean, lost: string): string;
  noneOf(what: string, word: string, near: string | undefined): string;
  readonly noneFound: string;
  readonly noSubject: string;
  readonly unchanged: string;
  readonly oneInstant: string;
  readonly twoLogs: string;
  readonly noCommand: string;
  wouldWrite(what: string): string;
  tryFork(line: string): string;
  readonly goesOn: string;
  readonly resourceFirst: string;
  bug(version: string): string;
  notForked(reason: 'empty' | 'recorded'): string;
  line(line: string, problem: string): string;
  scenarioGone(name: string): string;
  readonly noRun: string;
  setForm(text: string): string;
  noSuchField(field: string, problem: 'unknownField' | 'ambiguousField'): string;
  readonly forTime: string;
  tooLarge(path: string): string;
}

/** The sentences and headings of what is told. */
export interface ToldWords {
  logFiles(count: number, folder: string): string;
  /** Of a scenario that was run. */
  ran(
    name: string,
    how: { readonly passed: boolean; readonly entries: number; readonly seed: string },
  ): string;
  missed(step: number | undefined, what: string): string;
  note(about: string, message: string): string;
  place(name: string, time: string, seq: number): string;
  inStep(step: number, steps: number): string;
  readonly nodes: string;
  readonly pods: string;
  readonly workloads: string;
  readonly traffic: string;
  readonly unhealthy: string;
  readonly none: string;
  readonly healthy: string;
  nodesReady(ready: number, all: number): string;
  workloadReady(ready: number, wanted: number): string;
  readonly because: string;
  /** What led to it has been told already. */
  readonly asAbove: string;
  readonly originTyped: string;
  readonly originTold: string;
  readonly originMade: string;
  readonly originTimed: string;
  originAsked(client: string): string;
  readonly originUnrecorded: string;
  originStep(origin: string, step: number | undefined): string;
  readonly noLosses: string;
  readonly noEffects: string;
  readonly same: string;
  readonly original: string;
  /** What a scenario tells, beside its branches. */
  readonly story: string;
  whatIf(name: string): string;
  readonly fork: string;
  forked(seq: number, time: string): string;
  exit(code: number): string;
  readonly stillRunning: string;
  /** What can't be changed in an object was changed where it was made. */
  readonly remade: string;
  originalEnds(time: string): string;
  /** The difference of two logs. */
  readonly branch: BranchWords;
  saved(path: string, entries: number): string;
}

/** The words between what differs, in the reader's language. */
export interface BranchWords {
  same(until: string): string;
  readonly nothingShared: string;
  /** Two branches of which nothing tells them apart, up to a time. */
  alike(at: string): string;
  /** What is otherwise in one than in the other. */
  otherwise(one: string, other: string, at: string): string;
  onlyIn(name: string): string;
  /** Of two names: what happened in both, and not alike. */
  inBoth(left: string, right: string): string;
  readonly nothingYet: string;
}
