import type { Span } from './command-problem.ts';

/** A line as a shell reads it, with only what a person's laptop can do here. */
export interface ShellLine {
  readonly lists: readonly AndOrList[];
}

/** Steps that hang together by `&&` and `||`. */
export interface AndOrList {
  /** It is left to itself (`&`): the line that its shell reads. */
  readonly job?: string;
  readonly first: Step;
  readonly rest: readonly { readonly operator: '&&' | '||'; readonly step: Step }[];
}

export type Step = Pipeline | Compound;

export interface Pipeline {
  readonly type: 'pipeline';
  /** Begins with `!`. */
  readonly isNegated: boolean;
  readonly stages: readonly SimpleCommand[];
}

/** What holds lines of its own. */
export type Compound =
  | { readonly type: 'group'; readonly body: ShellLine }
  | { readonly type: 'if'; readonly branches: readonly Branch[]; readonly otherwise?: ShellLine }
  | Loop;

export interface Branch {
  readonly condition: ShellLine;
  readonly body: ShellLine;
}

export type Loop =
  | { readonly type: 'for'; readonly name: string; readonly words: readonly Word[]; readonly body: ShellLine }
  | {
      readonly type: 'while';
      /** `until`. */
      readonly isUntil: boolean;
      readonly condition: ShellLine;
      readonly body: ShellLine;
    };

export interface SimpleCommand extends Span {
  /** `NAME=value` before, or instead of, a program. */
  readonly assignments: readonly { readonly name: string; readonly value: Word }[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  /** Only words, of which nothing is called. */
  readonly isList?: boolean;
}

export interface Word extends Span {
  readonly pieces: readonly Piece[];
}

export type Piece =
  | { readonly type: 'text'; readonly text: string }
  /** Names of files stand for it, if any match. */
  | { readonly type: 'pattern'; readonly text: string }
  | {
      readonly type: 'variable';
      readonly name: string;
      readonly isQuoted: boolean;
      /** What stands there where it is empty: `${A:-b}`. */
      readonly otherwise?: readonly Piece[];
    }
  /** `$(…)`. */
  | { readonly type: 'output'; readonly line: ShellLine; readonly isQuoted: boolean };

export type Redirect =
  /** `< file`. */
  | { readonly type: 'from'; readonly file: Word }
  /** A here-document or here-string. */
  | { readonly type: 'given'; readonly text: Word }
  /** `> file`, of one stream or both; `>>` adds to what is there. */
  | {
      readonly type: 'into';
      readonly streams: readonly Stream[];
      readonly file: Word;
      readonly isAdded: boolean;
    }
  /** `> /dev/null`, of one stream or both. */
  | { readonly type: 'discard'; readonly streams: readonly Stream[] }
  /** `2>&1` and `1>&2`. */
  | { readonly type: 'join'; readonly from: Stream; readonly to: Stream };

export type Stream = 'stdout' | 'stderr';
