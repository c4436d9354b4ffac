import type { StopReason } from '../replay/player/stopping.ts';
import type { LaneState } from '../replay/pod-states.ts';
import type { StageNames } from './stage-names.ts';
import type { BranchWords } from './words.ts';

/** What the screen itself says. A story is told in the languages of its author; these are the player's. */
export interface ScreenWords {
  readonly story: string;
  readonly pods: string;
  readonly partRead: (percent: number) => string;
  readonly entries: string;
  readonly events: string;
  readonly why: string;
  readonly lanes: string;
  readonly cluster: string;
  readonly object: string;
  readonly pipeline: string;
  readonly logs: string;
  readonly laneLegend: string;
  readonly laneStates: Readonly<Record<LaneState, string>>;
  readonly opening: string;
  readonly noAnswer: string;
  readonly goesOn: string;
  readonly lost: string;
  /** What became of the last key. */
  readonly remarks: Readonly<Record<RemarkName, string>>;
  /** Why playing has stopped by itself. */
  readonly stopped: Readonly<Record<StopReason, string>>;
  readonly readings: Readonly<Record<ReadingName, string>>;
  readonly stages: StageNames;
  readonly same: string;
  readonly difference: string;
  readonly effects: string;
  readonly noEffects: string;
  readonly decision: string;
  readonly noDecision: string;
  readonly noPods: string;
  readonly noNodes: string;
  readonly noObject: string;
  readonly notThere: string;
  readonly noLogPod: string;
  readonly emptyLog: string;
  readonly previousLog: string;
  readonly kubeletDown: string;
  readonly readyPods: string;
  readonly lostRequests: string;
  readonly apiServer: string;
  readonly revision: string;
  readonly because: string;
  readonly takeNote: string;
  readonly besides: string;
  readonly noEvents: string;
  readonly noEntries: string;
  readonly beginning: string;
  readonly step: string;
  readonly paused: string;
  readonly playing: string;
  readonly ended: string;
  readonly reading: string;
  readonly passed: string;
  readonly failed: string;
  readonly help: string;
  readonly marks: Readonly<Record<MarkName, string>>;
  readonly legend: readonly string[];
  /** Where somebody takes the story over. */
  readonly yours: string;
  readonly branch: BranchWords;
  readonly branching: BranchingWords;
  readonly quiz: QuizWords;
  looksAt(key: string): string;
  until(marks: string): string;
  graceLeft(span: string): string;
  unbound(pods: number): string;
  sinceMark(clock: string): string;
  tooSmall(columns: number, rows: number): string;
  waiting(span: string, rate: string): string;
  more(lines: number): string;
  otherPods(count: number): string;
  /** Nodes and pods for which there is no room. */
  otherRows(count: number): string;
}

/** Of a time line. */
export type MarkName = 'step' | 'change' | 'warning' | 'fault' | 'checkpoint' | 'bookmark' | 'here';

/** The ways in which an object can be read. */
export type ReadingName = 'yaml' | 'describe' | 'history' | 'diff' | 'owners';

/** What there is to say of a key that was pressed. */
export type RemarkName =
  /** The reader asked for the object of an entry that is about none. */
  | 'aboutNothing'
  /** The place where the reader stands is marked, to compare another with it. */
  | 'marked'
  | 'unknownCondition'
  /** The field that is to be otherwise is none, or could be one of several. */
  | 'unknownField'
  | 'ambiguousField'
  | 'stopsAtWarnings'
  | 'stopsAtChanges'
  | 'stopsNowhere';

/** What the screen says of branches. */
/** What is said to whoever answers a question. */
export interface QuizWords {
  /** How it is answered: by a number up to so many, or by typing where there are none. */
  answerNow(choices: number): string;
  right(answer: string): string;
  wrong(given: string, answer: string): string;
  skipped(answer: string): string;
}

export interface BranchingWords {
  readonly title: string;
  /** Of the log that was opened: it has left no other. */
  readonly opened: string;
  /** Why nothing was forked, or named. */
  readonly refusals: Readonly<Record<'empty' | 'recorded' | 'unknown' | 'unnamed', string>>;
  readonly notSaved: Readonly<Record<'unknown' | 'same' | 'mistaken', string>>;
  beside(one: string, other: string): string;
  leftAt(name: string, clock: string): string;
  /** A branch that the story tells of, at the step that does. */
  whatIf(name: string): string;
  /** The reader has come to where the story tells of a branch. */
  offered(name: string): string;
  forked(name: string): string;
  taken(name: string): string;
  /** A field must not be changed while the object is there. */
  refusedNow(kind: string): string;
  saved(path: string): string;
}
