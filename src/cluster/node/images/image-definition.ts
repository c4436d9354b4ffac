import type { Millis } from '../../../kernel/time/millis.ts';
import type { FileNode } from './file-node.ts';
import type { ProgramDefinition } from './program-definition.ts';

/**
 * What an image brings, as the catalogue and scenarios write it down. All of it may be left out: what is left
 * out is as in an image of which nothing is known.
 */
export interface ImageDefinition {
  /** Compressed, as it is pulled. */
  readonly sizeBytes?: number;
  readonly pull?: ImagePull;
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What asks its first process to end; left out, TERM. */
  readonly stopSignal?: string;
  /** A number; 0 is root. */
  readonly uid?: number;
  readonly workingDir?: string;
  /** Whose tools it has: busybox with ash, GNU's with dash and bash, or none and so no shell. */
  readonly userland?: Userland;
  /** Tools besides those of its userland: `curl`. */
  readonly commands?: readonly string[];
  /** What its own programs do, by the name of the command. */
  readonly programs?: Readonly<Record<string, ProgramDefinition>>;
  /**
   * What the entrypoint does, for an image with a single program. Its command is the first word of the
   * entrypoint, else `/app`.
   */
  readonly program?: ProgramDefinition;
  /**
   * It brings programs of which nothing is written down: what is looked for in vain is taken to be there, to
   * run where it is a container's first, and to end well at once beside it.
   */
  readonly hasMore?: true;
  /** Texts of files, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly directories?: readonly string[];
}

export type Userland = 'busybox' | 'gnu' | 'none';

export interface ImagePull {
  /** The pull fails with this text. */
  readonly error?: string;
  /** Of the whole pull, instead of what follows from the size. */
  readonly takesMs?: Millis;
}

/** An image with nothing left out. */
export interface ImageBehaviour {
  /** As the manifest has it. */
  readonly reference: string;
  /** In full: `docker.io/library/nginx:1.25`. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Why it cannot be pulled: no such image, or a text of the scenario's. */
  readonly pullFailure?: 'notFound' | { readonly text: string };
  readonly pullTakesMs?: Millis;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly uid: number;
  readonly stopSignal?: string;
  readonly workingDir: string;
  readonly userland: Userland;
  readonly commands: readonly string[];
  readonly programs: Readonly<Record<string, ProgramDefinition>>;
  readonly files: Readonly<Record<string, FileNode>>;
  /** Nothing is known of it: whatever is started in it is taken to be there. */
  readonly isUnknown?: true;
  /** It brings programs of which nothing is known. */
  readonly hasMore?: true;
  /** What is not simulated of it, for the user. */
  readonly notice?: string;
}
