import type { Millis } from '../kernel/time/millis.ts';

/** One run that is judged: a scenario with one seed. */
export interface Case {
  /** As the scenario calls itself, and which of its cases it is: `shop [nodes=3, surge=1]`. */
  readonly name: string;
  /** Its file, as the reader would open it. */
  readonly path: string;
  readonly tags: readonly string[];
  /** Absent: the scenario's own. */
  readonly seed?: string;
  /** Of a scenario with a matrix: `nodes=3, surge=1`. */
  readonly case?: string;
  /** Parameters that were given on the command line. */
  readonly set?: Readonly<Record<string, string>>;
}

/** How a run ended: plain data, which goes from one thread to another and into reports. */
export interface CaseResult extends Case {
  /** It was run with the seed that the scenario names, and not with another. */
  readonly ownSeed: boolean;
  /** `broken`: what it is made of is no scenario, so that there was nothing to run. */
  readonly outcome: 'passed' | 'failed' | 'broken';
  readonly failures: readonly Failure[];
  /** What is not simulated, or only in part. */
  readonly notices: readonly Notice[];
  /** Of the log. */
  readonly entries: number;
  /** Virtual milliseconds that the story took. */
  readonly virtualMs: Millis;
  /** What was done with its snapshots; empty where there are none. */
  readonly snapshots: readonly SnapshotResult[];
}

export interface Notice {
  readonly about: string;
  readonly message: string;
}

/** Something that was not as wanted. Texts are for a person. */
export interface Failure {
  readonly kind: 'expectation' | 'invariant' | 'timeout' | 'snapshot' | 'input' | 'bug';
  /** What was wanted, in one line. */
  readonly what: string;
  /** What was there instead. */
  readonly why: string;
  /** 1-based step of the scenario. */
  readonly step?: number;
  /** Where in the scenario's file it is asked for: `['steps', 2, 'expect']`. */
  readonly place?: readonly (string | number)[];
  /** Where the step is not of the story itself. */
  readonly phase?: 'setup' | 'teardown';
  /** The branch of the story in which it was; its steps are counted from where it begins. */
  readonly branch?: string;
  /** 1-based line of the scenario's file. */
  readonly line?: number;
  /** Where the line is not in the scenario's own file: the path of what it includes. */
  readonly file?: string;
  /** Virtual milliseconds. */
  readonly at?: Millis;
  /** The last time at which it was so; `never`; absent where that can't be asked. */
  readonly held?: Held;
  /** What led to it, from the nearest cause to the one that began it, a line each. */
  readonly causes?: readonly string[];
  /** The command line that opens the player at that instant. */
  readonly open?: string;
}

export type Held = 'never' | { readonly at: Millis; readonly seq: number };

export interface SnapshotResult {
  readonly file: string;
  readonly state: 'same' | 'written' | 'missing' | 'differs';
}

/** The result of a case that did not come to be run. */
export function resultWithout(of: Case, outcome: 'failed' | 'broken', failure: Failure): CaseResult {
  return {
    ...of,
    ownSeed: of.seed === undefined,
    outcome,
    failures: [failure],
    notices: [],
    entries: 0,
    virtualMs: 0,
    snapshots: [],
  };
}
