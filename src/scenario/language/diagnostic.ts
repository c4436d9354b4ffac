/**
 * What is wrong with an input, where, and what to do about it. Diagnostics are collected, not thrown, so that
 * one run shows all mistakes; tests speak of their codes and positions, not of their words.
 */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** A warning names what is not simulated, or probably not meant; the scenario plays all the same. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What to do. */
  readonly hint?: string;
  /** As the caller named it: a path below the scenario's folder. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
  /** UTF-16 units from the column on that are meant; at least 1, and all on the one line. */
  readonly length: number;
  /** The includes that lead to its file, the nearest first; absent in the scenario's own. */
  readonly via?: readonly Place[];
}

/** A place in a file of the scenario's folder. */
export type Place = Pick<Diagnostic, 'file' | 'line' | 'column'>;

export type DiagnosticCode =
  /** The text is no YAML. */
  | 'yaml-syntax'
  | 'tab-indent'
  | 'duplicate-key'
  /** Aliases that multiply without end, or that contain themselves. */
  | 'alias-bomb'
  | 'too-deep'
  | 'too-large'
  /** The YAML is not what a scenario, or an object of Kubernetes, looks like. */
  | 'unknown-key'
  | 'missing-key'
  | 'wrong-type'
  | 'wrong-value'
  | 'conflicting-keys'
  | 'empty-step'
  | 'bad-pattern'
  | 'unknown-kind'
  | 'unknown-field'
  | 'unknown-version'
  /** It names something that is not there. */
  | 'missing-file'
  | 'outside-folder'
  | 'uncaptured-name'
  | 'matches-nothing'
  /** Parameters, and files that are included. */
  | 'unknown-parameter'
  | 'unset-parameter'
  | 'unused-parameter'
  | 'include-cycle'
  /** The command cannot be typed like that, or nobody here can run it. */
  | 'shell-syntax'
  | 'unknown-flag'
  | 'not-simulated';

/** Where something stands in a file. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** Where that is not the file that is read: what was included from it. */
  readonly file?: string;
  readonly via?: readonly Place[];
}

/** Errors first to last as they stand in their files; the scenario's own file first. */
export function inReadingOrder(diagnostics: readonly Diagnostic[], firstFile: string): readonly Diagnostic[] {
  const rank = (file: string): string => (file === firstFile ? '' : file);
  return [...diagnostics].sort((a, b) => {
    if (a.file !== b.file) return rank(a.file) < rank(b.file) ? -1 : 1;
    return a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
  });
}
