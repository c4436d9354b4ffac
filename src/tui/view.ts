import type { RemarkName } from '../words/screen-words.ts';
import type { PaneName } from './pane-names.ts';
import type { Prompt } from './prompt.ts';

/** What of the screen the reader has chosen. */
export interface View {
  readonly language: string;
  readonly help: boolean;
  /** Where the reader is, and was before that: the first of them takes the keys that go by lines. */
  readonly recent: readonly PaneName[];
  /** The pane that the reader is in has all the room. */
  readonly zoomed?: true;
  /** It was opened to be read: where there is little room, it has all of it. */
  readonly opened?: true;
  /** The object was selected only to be read, and is let go with that. */
  readonly borrowed?: true;
  /** The line of the pane where the reader is; 0 is where the pane is shown by itself. */
  readonly top: number;
  /** A JSON pointer to the field of an object whose changes the reader goes through. */
  readonly field?: string;
  /** What of an object is read. */
  readonly reading: ObjectReading;
  readonly logs: LogView;
  /** Lines that the reader wants to see above those that fit. */
  readonly scrolled: number;
  /** What is being typed. */
  readonly prompt?: Prompt;
  readonly question?: Question;
  /** The branch that is chosen in the list of all; absent: the one where the reader is. */
  readonly branch?: string;
  /** What became of the last key, in words that no table has: a path, a refusal of the host. */
  readonly told?: string;
  /** What was looked for last. */
  readonly sought?: string;
  /** What became of the last key, where nothing else shows it. */
  readonly remark?: RemarkName;
}

/** What of an object can be read, in the order in which it is offered. */
export const READINGS = ['yaml', 'describe', 'history', 'diff', 'owners'] as const;
export type ObjectReading = (typeof READINGS)[number];

interface LogView {
  /** Absent: the pod's first. */
  readonly container?: string;
  /** That of the container before. */
  readonly previous: boolean;
}

/** What the reader wants to know, which is answered anew wherever the reader goes. */
export type Question = Asked & {
  /** How many lines the reader has scrolled down; up, when it is below 0. */
  readonly top: number;
};

type Asked =
  | { readonly asks: 'kubectl'; readonly line: string }
  /** What followed from an entry. */
  | { readonly asks: 'then'; readonly seq: number }
  /** How the scheduler decided: in one entry, or of a pod where the reader stands. */
  | { readonly asks: 'decision'; readonly of: { readonly seq: number } | { readonly pod: string } }
  /** What is otherwise than at a bookmark. */
  | { readonly asks: 'difference'; readonly from: number }
  /** What is otherwise than in another branch at the same time. */
  | { readonly asks: 'branch'; readonly other: string };

export function viewIn(language: string): View {
  return {
    language,
    help: false,
    recent: ['story'],
    top: 0,
    reading: 'diff',
    logs: { previous: false },
    scrolled: 0,
  };
}

/** Where the reader is. */
export function focusOf({ recent }: View): PaneName {
  return recent[0] ?? 'story';
}

/** The view with the reader in a pane, at its first line. */
export function goneInto(view: View, name: PaneName): View {
  const { zoomed: _, opened: __, ...rest } = view;
  return { ...rest, recent: [name, ...view.recent.filter((each) => each !== name)], top: 0 };
}
