import type { Millis } from '../../../../kernel/time/millis.ts';
import type { FileView } from '../files/file-view.ts';
import type { Machine } from '../machine/machine.ts';
import type { Exit, Json, TaskWait, ToolTask } from '../process-state.ts';
import type { SignalName } from '../signals.ts';

/**
 * One of the small programs of busybox and its like. It keeps nothing: what it must remember is in its
 * memory.
 */
export interface Tool {
  /** What follows `Usage: ` when it is called wrongly. */
  readonly usage: string;
  /** Called at its start and each time that what it waits for has come. */
  run(io: ToolIo): ToolOutcome;
}

/** An exit code or another end, a wait with what to remember, or another command that takes its place. */
export type ToolOutcome =
  | number
  | { readonly ended: Exit }
  | { readonly wait: TaskWait; readonly memory: Json }
  | {
      readonly exec: readonly string[];
      readonly env?: Readonly<Record<string, string | null>>;
      readonly cwd?: string;
    };

export interface ToolIo {
  /** As it was called. */
  readonly name: string;
  readonly args: readonly string[];
  readonly machine: Machine;
  readonly task: ToolTask;
  readonly files: FileView;
  readonly now: Millis;
  /** What it remembered when it began to wait; undefined at its start. */
  readonly memory: Json | undefined;
  /** All of its environment. */
  env(): Record<string, string>;
  out(text: string): void;
  /** Prints `NAME: text` and a newline on stderr. */
  complain(text: string): void;
  err(text: string): void;
  /** Starts a command as a child; an exit code says that it could not be started. */
  spawn(argv: readonly string[], options?: SpawnOptions): number | { readonly pid: number };
  /** How a child ended; undefined while it runs. */
  ended(pid: number): Exit | undefined;
  signal(pid: number, signal: SignalName | 0): boolean;
}

export interface SpawnOptions {
  /** Its standard input is empty. */
  readonly noInput?: boolean;
}
