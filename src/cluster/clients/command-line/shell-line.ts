import type { Span } from './command-problem.ts';

/** A line as a shell reads it, with only what a person's laptop can do here. */
export interface ShellLine {
  readonly lists: readonly AndOrList[];
}

/** Pipelines that hang together by `&&` and `||`. */
export interface AndOrList {
  readonly first: Pipeline;
  readonly rest: readonly { readonly operator: '&&' | '||'; readonly pipeline: Pipeline }[];
}

export interface Pipeline {
  /** Begins with `!`. */
  readonly isNegated: boolean;
  readonly stages: readonly SimpleCommand[];
}

export interface SimpleCommand extends Span {
  /** `NAME=value` before, or instead of, a program. */
  readonly assignments: readonly { readonly name: string; readonly value: Word }[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
}

export interface Word extends Span {
  readonly pieces: readonly Piece[];
}

export type Piece =
  | { readonly type: 'text'; readonly text: string }
  /** Names of files stand for it, if any match. */
  | { readonly type: 'pattern'; readonly text: string }
  | { readonly type: 'variable'; readonly name: string; readonly isQuoted: boolean }
  /** `$(…)`. */
  | { readonly type: 'output'; readonly line: ShellLine; readonly isQuoted: boolean };

export type Redirect =
  /** `< file`. */
  | { readonly type: 'from'; readonly file: Word }
  /** A here-document or here-string. */
  | { readonly type: 'given'; readonly text: Word }
  /** `> /dev/null`, of one stream or both. */
  | { readonly type: 'discard'; readonly streams: readonly Stream[] }
  /** `2>&1` and `1>&2`. */
  | { readonly type: 'join'; readonly from: Stream; readonly to: Stream };

export type Stream = 'stdout' | 'stderr';
