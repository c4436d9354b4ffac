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
  readonly question?: Question;
  /** What was looked for last. */
  readonly sought?: string;
  /** The reader asked for the object of an entry that is about none. */
  readonly isAboutNothing?: true;
  /** The reader asked what is otherwise than at a bookmark, and has set none. */
  readonly isUnmarked?: true;
}

/** What the reader wants to know, which is answered anew wherever the reader goes. */
export type Question = Asked & {
  /** How many lines the reader has scrolled down; up, when it is below 0. */
  readonly top: number;
};

type Asked =
  /** Of kubectl; with the etcd key of the object that it is about, if it is about one. */
  | { readonly asks: 'kubectl'; readonly line: string; readonly key?: string }
  /** All changes of an object. */
  | { readonly asks: 'history'; readonly key: string }
  /** What followed from an entry. */
  | { readonly asks: 'then'; readonly seq: number }
  /** What is otherwise than at a bookmark. */
  | { readonly asks: 'difference'; readonly from: number };
