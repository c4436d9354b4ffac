import type { Millis } from '../../kernel/time/millis.ts';
import type { Deed, View } from '../contract/component.ts';
import type { Latencies, Span } from '../contract/latencies.ts';
import type { Response } from '../contract/response.ts';
import type { CommandProblem } from './command-line/command-problem.ts';
import type { Stream } from './command-line/shell-line.ts';
import type { KeyRange } from './etcd/key-range.ts';
import type { Files } from './files.ts';
import type { Asking } from './kubectl/asking.ts';
import type { KubeconfigDocument } from './kubectl/kubeconfig/document.ts';

/** A program that a person calls by its name, and that meets the cluster or takes time. */
export interface Program {
  readonly type: 'program';
  readonly name: string;
  /** How long after it was called its first request has been handled; absent for what answers at once. */
  startup?(latencies: Latencies): Span;
  /** It is a program of the cluster's machines: nobody has it on their own. */
  readonly isOfMachine?: true;
  /** What is wrong with its arguments, as far as can be told before anything runs. */
  check?(args: readonly TypedWord[], context: CheckContext): CommandProblem | undefined;
  /** One look: does what can be done now, and ends or pauses. */
  run(call: Call): Generator<Deed, Outcome, Response>;
}

/** A program that makes text of text, at once: `grep`, `head`, `echo`. */
export interface Filter {
  readonly type: 'filter';
  readonly name: string;
  /** It is a program of the cluster's machines: nobody has it on their own. */
  readonly isOfMachine?: true;
  /** Whether what it prints for the beginning of its input stays right when more comes: grep, not sort. */
  isSteady(args: readonly string[]): boolean;
  check?(args: readonly TypedWord[], context: CheckContext): CommandProblem | undefined;
  run(args: readonly string[], stdin: string, files: Files): Filtered;
}

/** What can be called, by name. */
export type ProgramTable = ReadonlyMap<string, Program | Filter>;

export interface Filtered {
  readonly stdout: string;
  readonly stderr?: string;
  readonly exitCode: number;
  /** It reads no further: whoever writes to it next is ended. */
  readonly isDone?: boolean;
  /** Files that it leaves written, by the names that it was given. */
  readonly written?: readonly LeftFile[];
}

/** A file that a program leaves, or adds to. */
export interface LeftFile {
  readonly path: string;
  readonly text: string;
  readonly isAdded?: boolean;
  /** `removed`: it is gone, and what is in it. Absent: a file. */
  readonly kind?: 'directory' | 'removed';
  /** Permissions, as `0o600`; absent: as before, or a new file's. */
  readonly mode?: number;
  /** What it is a copy of: its permissions and its size are the same. */
  readonly copyOf?: string;
  /** Of what is not shown as text. */
  readonly sizeBytes?: number;
  /** Folders on the way to it are made. */
  readonly makesFolders?: boolean;
}

export interface Call {
  /** The id of the typed line; with `instance` it is the identity of all that the program draws. */
  readonly command: string;
  /** Which of the line's programs it is, from 0. */
  readonly instance: number;
  readonly args: readonly string[];
  readonly stdin: string;
  /** The node on whose machine it runs; absent on a person's own. */
  readonly machine?: string;
  readonly view: View;
  readonly now: Millis;
  /** As the commands before have left it. */
  readonly kubeconfig: Kubeconfig;
  readonly files: Files;
  /** The variables that are meant for programs. */
  readonly environment: Readonly<Record<string, string>>;
  /** What it asked to remember when it paused; undefined at its first look. */
  readonly memory: unknown;
  write(stream: Stream, text: string): void;
}

export type Outcome = Ended | { readonly pause: Pause };

export interface Ended {
  readonly exitCode: number;
  /** Where later commands go, if this one changed it. */
  readonly kubeconfig?: Kubeconfig;
  readonly written?: readonly LeftFile[];
}

/** What of the person's kubeconfig has been changed. */
export interface Kubeconfig {
  /** Of the current context. */
  readonly namespace: string;
  /** Absent while there is the one context that there was from the start. */
  readonly config?: KubeconfigDocument;
}

export interface Pause {
  /** Plain JSON. */
  readonly memory: unknown;
  readonly wakeAt?: Millis;
  /** Whose changes it waits for. */
  readonly watches?: readonly Watched[];
  /** What it waits for on the machines. */
  readonly awaits?: readonly Awaited[];
  /** Ports that it holds open meanwhile, for other programs of the person. */
  readonly listens?: readonly Listener[];
}

/** A port on the machine where a program was called. */
export interface Listener {
  /** Absent on a person's own. */
  readonly machine?: string;
  readonly address: string;
  readonly port: number;
  /** Where it leads: into the network of a pod, or to the API server. */
  readonly to:
    | { readonly node: string; readonly pod: string; readonly port: number }
    | { readonly apiServer: true; readonly asking?: Asking };
}

/** More of something on a machine than has been seen. */
export type Awaited =
  /** Of a program in a container: output beyond `seen` characters, or its end. */
  | { readonly type: 'exec'; readonly id: string; readonly seen: number }
  /** Of a container: pieces of its log beyond `seen`, or its end. */
  | { readonly type: 'log'; readonly container: string; readonly seen: number }
  /** That an answer is on its way. */
  | { readonly type: 'answer'; readonly connection: string }
  /** That an etcd of these nodes answers, by way of a leader or for itself. */
  | { readonly type: 'etcd'; readonly nodes: readonly string[]; readonly isLed: boolean }
  /** That keys of etcd that are no objects of the API are written beyond a revision. */
  | { readonly type: 'keys'; readonly keys: KeyRange; readonly seen: number }
  /** That another line, which was left to itself, ends. */
  | { readonly type: 'job'; readonly command: string }
  /** That a node's kubelet stops. */
  | { readonly type: 'stop'; readonly node: string };

/** Objects of a resource: all, those of a namespace, or one. */
export interface Watched {
  /** The plural with its group. */
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
  /** Of objects of any resource: under which keys they lie in etcd. */
  readonly keys?: KeyRange;
}

/**
 * An argument before anything runs. What a variable or a substitution will give is not known: it reads `\0`.
 */
export interface TypedWord {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
}

export const UNKNOWN_TEXT = '\0';

export interface CheckContext {
  /** Absent where paths are not to be looked at. */
  readonly files?: Files;
  /** It will run on a machine of the cluster. */
  readonly onMachine?: boolean;
  /** Something is piped into it, or its input is redirected. */
  readonly hasInput?: boolean;
  /** What is wrong with a line for another shell, of which only its words can be pointed at. */
  checkInner?(line: string, context: { readonly onMachine: boolean }): CommandProblem | undefined;
}
