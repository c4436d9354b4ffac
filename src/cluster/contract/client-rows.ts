import type { Millis } from '../../kernel/time/millis.ts';

/** A command that somebody typed, while it runs and after. */
export interface CommandRow {
  readonly id: string;
  readonly line: string;
  readonly typedAt: Millis;
  readonly background: boolean;
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

/** Where the scenario stands. */
export interface StoryRow {
  /** 1-based; 0 before the first step. */
  readonly step: number;
  readonly stepBeganAt: Millis;
  /** The command that the step typed. */
  readonly command?: string;
  readonly captured: Readonly<Record<string, string>>;
  readonly missed: number;
  readonly ended: boolean;
}

export interface CounterRow {
  readonly value: number;
}
