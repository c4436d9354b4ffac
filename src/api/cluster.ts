import type { FaultDocument } from '../scenario/language/schema/fault-schema.ts';
import type {
  ConditionDocument,
  ExpectationDocument,
  StepDocument,
} from '../scenario/language/schema/scenario-schema.ts';
import type { Moment } from './moment.ts';
import type { Manifests } from './place-manifests.ts';
import type { Reason } from './reason.ts';
import type { Traffic, TrafficOptions } from './traffic.ts';

export interface RunOptions {
  /** The machine on which it is typed. */
  readonly on?: string;
  /** It goes on while the story does. */
  readonly background?: boolean;
  /** For how long it may run, in virtual time. Default 1h. */
  readonly timeout?: string;
  /** How it must end. Default 0. */
  readonly exitCode?: number | 'any';
}

export interface CommandResult {
  readonly line: string;
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined while it runs in the background. */
  readonly exitCode: number | undefined;
}

export interface ApplyOptions {
  readonly namespace?: string;
  readonly serverSide?: boolean;
}

/** What may be waited for: as a scenario says it, or a question that is asked after each change. */
export type Until = Omit<ExpectationDocument, 'within'> | ((moment: Moment) => boolean);

/** A simulated cluster in virtual time. Nothing in it happens but while one of its methods lets time pass. */
export interface Cluster extends Moment {
  readonly seed: string;
  /** Types a line and waits for its end. Throws StoryFailed if it ends otherwise than it must. */
  run(line: string, options?: RunOptions): CommandResult;
  /** `kubectl apply` of files, folders, the text of a manifest, or objects. */
  apply(manifests: Manifests | readonly string[], options?: ApplyOptions): CommandResult;
  /** Lets virtual time pass: `30s`, `1h30m`. */
  advance(duration: string): void;
  /** Lets time pass until something is so. Throws StoryFailed where it is not within that time (`5m`). */
  until(condition: Until, options?: { readonly within?: string }): void;
  /**
   * Lets time pass until all workloads are as their manifests say. Throws StoryFailed after that time (`5m`).
   */
  converge(options?: { readonly within?: string }): void;
  /** Why something is not so at present; undefined if it is. */
  whyNot(condition: ConditionDocument): string | undefined;
  /** Starts a client that goes on asking. */
  traffic(options: TrafficOptions): Traffic;
  /** Breaks something, or mends it: `{ stop: 'machine', node: 'node-2' }`. */
  fault(fault: FaultDocument): void;
  /** Adds a machine. */
  join(node: NonNullable<StepDocument['join']>): void;
  /** The cluster as it was: at a virtual time (`30s`, milliseconds), an entry (`#412`), a step (`step:3`). */
  at(instant: string | number): Past;
  /** Another cluster that goes on from here by itself: what if? */
  fork(): Cluster;
  /** What led to an entry by its number, or to what became of an object: `deployment/web`. */
  why(what: number | string, namespace?: string): Reason;
  /** What happened so far, as a text that reads as a story. */
  story(): string;
  /** Writes the log, which `kubereel play` opens. The path as it was given. */
  save(path: string): string;
  /** Writes a scenario that plays the same, with its manifests, into a folder. */
  saveScenario(folder: string): void;
}

/** A cluster as it was, and what might have become of it. */
export interface Past extends Moment {
  fork(): Cluster;
}
