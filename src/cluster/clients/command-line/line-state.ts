import type { Millis } from '../../../kernel/time/millis.ts';
import type { Files } from '../files.ts';
import type { Awaited, Kubeconfig, Listener, Watched } from '../program.ts';

/**
 * How far a line has got, as plain data. A look goes through the line from its beginning: what has finished
 * gives again what it gave, what runs goes on from its memory. So loops of the shell need no stack of their
 * own.
 */
export interface LineState {
  readonly finished: readonly Finished[];
  readonly running?: Running;
  /** What the line has changed; later lines find it in the state of a line that has ended. */
  readonly session?: Partial<Session>;
}

/** The terminal's own state, which one line leaves to the next. */
export interface Session {
  readonly kubeconfig: Kubeconfig;
  readonly variables: Readonly<Record<string, string>>;
  /** Variables that programs see. */
  readonly exported: readonly string[];
  /** What lines have written, by path. */
  readonly files: Files;
  /** Paths of what lines have removed. */
  readonly removed?: readonly string[];
  /** Where the person is, if not where lines are typed. */
  readonly place?: Place;
}

/** A machine that somebody has gone to, and a folder there. */
export interface Place {
  /** Absent: the machine where lines are typed. */
  readonly machine?: string;
  /** An absolute path; absent: the scenario's folder. */
  readonly folder?: string;
  /** Where they have come from, and go back to. */
  readonly from?: Place;
}

/** A program with the filters behind it, at its end. */
export interface Finished {
  readonly exitCode: number;
  /** What it printed, where the line itself goes on with it. */
  readonly captured?: string;
  /**
   * Of a loop: how often it has gone round, with the variables as they are then; absent once it has ended.
   */
  readonly loop?: { readonly rounds: number; readonly variables: Readonly<Record<string, string>> };
}

export interface Running {
  /** It has been called and has not begun: a process takes its time to start. */
  readonly startsAt?: Millis;
  readonly memory?: unknown;
  readonly watches?: readonly Watched[];
  readonly awaits?: readonly Awaited[];
  readonly listens?: readonly Listener[];
  /** What went into its first filter so far. */
  readonly piped?: string;
  /** How much of what came out of the last filter has been printed. */
  readonly shown?: number;
  /** A filter reads no further. */
  readonly isClosed?: boolean;
}

export const FIRST_STATE: LineState = { finished: [] };
