import type { Prompt } from './prompt.ts';

/** What of the screen the reader has chosen. */
export interface View {
  readonly language: string;
  readonly help: boolean;
  /** Counts the turns to the next pane: which one it is depends on how many there are. */
  readonly turns: number;
  /** Lines that the reader wants to see above those that fit. */
  readonly scrolled: number;
  /** What is being typed. */
  readonly prompt?: Prompt;
  /** What the cluster is asked, wherever the reader stands. */
  readonly question?: Question;
  /** What was looked for last. */
  readonly sought?: string;
  /** The reader asked for the object of an entry that is about none. */
  readonly isAboutNothing?: true;
}

export interface Question {
  readonly line: string;
  /** The etcd key of the object that it is about, if it is about one. */
  readonly key?: string;
  /** How many lines of the answer stand above those that are shown. */
  readonly top: number;
}
