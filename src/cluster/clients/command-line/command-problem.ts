/** Why a line cannot be played: found before anything runs, with its place in the line. */
export interface CommandProblem {
  readonly code: CommandProblemCode;
  readonly message: string;
  /** What to write instead. */
  readonly hint?: string;
  /** UTF-16 code units from the beginning of the line. */
  readonly offset: number;
  readonly length: number;
}

export type CommandProblemCode =
  /** The shell itself could not read the line. */
  | 'shellSyntax'
  /** It exists in the real world, and is not simulated. */
  | 'notSimulated'
  | 'unknownProgram'
  /** A verb that kubectl does not have. */
  | 'unknownCommand'
  | 'unknownFlag'
  /** A flag with a value that is not one, or without the value that it needs. */
  | 'badFlag'
  | 'missingFile'
  /** A path that leads out of the scenario's folder. */
  | 'outsideFolder';

/** A piece of the line that something is said about. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}
