import type { Millis } from '../../kernel/time/millis.ts';

export interface CommandJob {
  readonly number: number;
  /** Absent where they were the session's. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A command that somebody typed, while it runs and after. */
export interface CommandRow {
  readonly id: string;
  readonly line: string;
  readonly typedAt: Millis;
  readonly background: boolean;
  /** It was left to itself by another line, under a number, with the variables as they were there. */
  readonly job?: CommandJob;
  /** The machine on which it was typed, where that was said. */
  readonly on?: string;
  /** What the program remembers between two looks: plain data, its own business. */
  readonly state?: unknown;
  /** When it wants to look again without being told of a change. */
  readonly wakeAt?: Millis;
  readonly stdout: string;
  readonly stderr: string;
  /** Absent while it runs. */
  readonly exitCode?: number;
  readonly endedAt?: Millis;
}

/** Where the scenario stands, from its opening on. */
export interface StoryRow {
  /** 1-based; 0 before the first step. */
  readonly step: number;
  /** Where the step is not of the story itself. */
  readonly phase?: 'setup' | 'teardown';
  /** The branch of the story that is told. */
  readonly branch?: string;
  readonly stepBeganAt: Millis;
  /** The command typed last, whose output the story speaks of. */
  readonly command?: string;
  /** How many parts of the step have been judged: what it waits for, captures and expects, in their order. */
  readonly judged: number;
  /** When the step began or a part of it was judged, whichever was later. */
  readonly toldAt: Millis;
  readonly captured: Readonly<Record<string, string>>;
  /** Invariants by their 0-based index: those that have met an object so far, and those that are over. */
  readonly invariants: Readonly<Record<string, 'watched' | 'broken' | 'met'>>;
  /** Since when those of them hold that must last. */
  readonly holdings?: Readonly<Record<string, Millis>>;
  /** Since when the part that is judged next holds, where it must last. */
  readonly heldSince?: Millis;
  /** What is broken for some time: how it is mended, and when, by the number of its step. */
  readonly faults?: Readonly<Record<string, { readonly until: Millis; readonly mend: unknown }>>;
  readonly missed: number;
  readonly ended: boolean;
  /** Since somebody has taken the story over: how many commands they have typed. */
  readonly own?: number;
}

export interface CounterRow {
  readonly value: number;
}
