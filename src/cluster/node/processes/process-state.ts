import type { Millis } from '../../../kernel/time/millis.ts';
import type { NetworkAnswer } from '../../contract/network-request.ts';
import type { SignalName } from './signals.ts';

/**
 * A process of a container with all that it has started: the container's own, or one of an exec. Plain JSON,
 * to be stored, forked and replayed; the only writers are `startProcess`, `advance`, `sendSignal`,
 * `deliverAnswer`,
 * `deliverInput` and `answerConnection`, and none of them changes the state that it is given.
 */
export interface ProcessState {
  /** The pid of the first one. Its end is the end of the whole. */
  readonly root: number;
  /** PID 1 of its container, to which signals without a handler do nothing. */
  readonly isPid1: boolean;
  /** Of the container; what a task changes of it stands with the task. */
  readonly env: Readonly<Record<string, string>>;
  /** All that runs, by pid. Keys that are integers iterate in ascending order. */
  tasks: Record<string, Task>;
  /** Texts that frames refer to. */
  scripts: Record<string, string>;
  pipes: Record<string, Pipe>;
  /** Open files, shared by all descriptors that were copied from one opening. */
  opens: Record<string, OpenFile>;
  nextPid: number;
  nextId: number;
  /** How many random numbers have been drawn. */
  draws: number;
  /** Steps taken without time passing. */
  steps: { at: Millis; count: number };
  /** Ports that have been announced as open. */
  ports?: number[];
  /** How the first one ended. */
  exit?: Exit;
}

export interface Exit {
  readonly code: number;
  readonly signal?: SignalName;
  /** It ran too long without virtual time passing, and was stopped with code 152 (SIGXCPU). */
  readonly reason?: 'StepBudgetExceeded';
}

export type Task = ShellTask | ToolTask | ProgramTask;

interface TaskBase {
  pid: number;
  parent: number;
  argv: string[];
  cwd: string;
  startedAt: Millis;
  /** What the descriptors refer to: see `descriptors.ts`. */
  fds: Record<string, Descriptor>;
  /** Signals that it does not notice. */
  ignored?: SignalName[];
  /** By SIGSTOP, until SIGCONT. */
  stopped?: true;
  /** Absent while it can run on. */
  wait?: TaskWait;
  /** By pid: how its children ended; null while they run. */
  children?: Record<string, Exit | null>;
}

/** A shell, or a subshell of one. */
export interface ShellTask extends TaskBase {
  kind: 'shell';
  /** `$0`, for messages. */
  name: string;
  /** Messages name the line; `sh -c` counts lines from 0 and a script from 1. */
  script?: true;
  bash?: true;
  dash?: true;
  args: string[];
  /** What differs from the container's environment; null is unset. */
  vars: Record<string, Variable | null>;
  /** Where the bodies of functions stand. */
  functions: Record<string, NodeRef>;
  /** By signal or `EXIT`; an empty text ignores. */
  traps: Record<string, string>;
  /** Signals that have come and whose traps have not run. */
  pending?: SignalName[];
  /** `set` options that are on: letters, and `p` for pipefail. */
  options: string;
  /** `$?` */
  status: number;
  /** Exit status of the last command substitution of the command under way. */
  captured?: number;
  /** `$!` */
  background?: number;
  /** Where `getopts` stands in a word of several letters. */
  optionOffset?: number;
  /** Background jobs for `%1`. */
  jobs?: number[];
  /** `$$` of a subshell: the shell that it was forked from. */
  shellPid?: number;
  /** Forked where a failure was being tested, so `set -e` does not act. */
  tested?: true;
  frames: Frame[];
}

export interface Variable {
  /** Of an array, its first element. */
  value?: string;
  /** The elements of an array, by index. */
  items?: Readonly<Record<string, string>>;
  exported?: true;
  readonly?: true;
}

/** One of the small programs of `tools/`. */
export interface ToolTask extends TaskBase {
  kind: 'tool';
  tool: string;
  /** Environment that differs from the container's. */
  env: Record<string, string | null>;
  /** What the tool keeps while it waits. */
  memory?: Json;
  /** What came back to the request that it waits for. */
  answer?: NetworkAnswer;
}

/** A program of the image's own, as `images/program-behaviour.ts` describes it. */
export interface ProgramTask extends TaskBase {
  kind: 'program';
  program: string;
  env: Record<string, string | null>;
  /** Requests answered, where an answer depends on how many there were. */
  served?: number;
  /** It has been told to end, and will at that time. */
  ending?: { at: Millis; code: number; meanwhile?: 'drains' | 'drops' };
  /** How many of its start-up log lines are out. */
  logged?: number;
  /** It has not got its port, so many times, and tries again at that time. */
  binding?: { tries: number; at: Millis };
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface NodeRef {
  script: string;
  node: number;
}

/**
 * `null`, `zero`, `random`, `full`; `in`, `out`, `err` of the whole; `out1`, `err1` of PID 1; `p3r`, `p3w`;
 * `f5`.
 */
export type Descriptor = string;

export interface Pipe {
  text: string;
  /** Fed from outside, which has not ended it. */
  outside?: true;
}

export interface OpenFile {
  path: string;
  /** Characters read or written so far. */
  at: number;
  mode: 'read' | 'write' | 'append' | 'both';
}

/** What a task waits for. Any of the fields that are there lets it go on. */
export interface TaskWait {
  /** A time. */
  until?: Millis;
  /** A child of these pids that ends; empty: any child. */
  children?: number[];
  /** Something to read, or the end of it. */
  readable?: Descriptor;
  /** Room in a pipe. */
  drained?: Descriptor;
  /** The answer to a request. */
  answer?: string;
  /** A change of one of these files. */
  files?: string[];
  /** A connection to this port. */
  port?: number;
  /** Meanwhile it keeps so many processors busy. */
  cpus?: number;
  /** Meanwhile it takes more and more memory. */
  growing?: { since: Millis; bytesPerSecond: number };
}

/**
 * A place in a script: the node under way and how far it has got. Frames stand for what a recursive evaluator
 * would have on its call stack.
 */
export type Frame =
  | ({ op: 'list'; next: number } & NodeRef)
  | ({ op: 'andOr'; next: number } & NodeRef)
  | ({ op: 'negation'; running?: true } & NodeRef)
  | ({ op: 'pipeline'; pids?: number[] } & NodeRef)
  | ({ op: 'simple'; stage: SimpleStage; progress: Progress } & Expanded & NodeRef)
  | ({ op: 'if'; next: number; testing: boolean } & NodeRef)
  | ({ op: 'loop'; testing: boolean; status: number } & NodeRef)
  | ({
      op: 'for';
      progress: Progress;
      expanded?: string[];
      fields?: string[];
      next: number;
      status: number;
    } & NodeRef)
  | ({
      op: 'arithmeticFor';
      at: 'first' | 'test' | 'next' | 'body';
      progress: Progress;
      status: number;
    } & NodeRef)
  | ({
      op: 'case';
      progress: Progress;
      subject?: string;
      arm: number;
      pattern: number;
      falling?: true;
    } & NodeRef)
  | ({ op: 'subshell'; pid?: number } & NodeRef)
  | ({ op: 'redirected'; progress: Progress; targets: string[] } & NodeRef)
  | ({ op: 'condition'; progress: Progress; fields: string[] } & NodeRef)
  | ({ op: 'arithmetic'; progress: Progress } & NodeRef)
  | ({ op: 'function' } & NodeRef)
  | ({ op: 'background' } & NodeRef)
  | ({ op: 'mistake' } & NodeRef)
  /** Gives back what a command was lent: its redirections, its assignments. */
  | { op: 'restore'; fds?: Record<string, Descriptor>; vars?: SavedVariables }
  | { op: 'call'; name: string; args: string[]; vars: SavedVariables }
  /** `eval`, `.` and traps. */
  | { op: 'source'; kind: 'eval' | 'dot' | 'trap'; args?: string[]; status?: number }
  | { op: 'foreground'; pid: number }
  | { op: 'capture'; pid: number; pipe: string; text: string }
  | { op: 'wait'; pids: number[] }
  | { op: 'read'; names: string[]; options: ReadOptions; text: string; until?: Millis }
  /** A script that is read from standard input until its end. */
  | { op: 'script'; text: string }
  /** Says something on stderr and ends the shell. */
  | { op: 'fail'; message: string; code: number }
  | { op: 'exit'; code: number };

/** Variables as they were; an empty object was not there. */
export type SavedVariables = Record<string, Variable | null>;

export type SimpleStage = 'words' | 'redirects' | 'assignments' | 'run';

export interface Expanded {
  fields: string[];
  targets: string[];
  values: string[];
}

/** How far the expansion of a list of words has got. */
export interface Progress {
  /** The word under way. */
  word: number;
  /** What the command substitutions of that word have printed so far. */
  results: string[];
}

export interface ReadOptions {
  raw?: true;
  silent?: true;
  characters?: number;
  delimiter?: string;
  fd?: number;
  seconds?: number;
}
