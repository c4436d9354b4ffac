import type { Millis } from '../kernel/time/millis.ts';

/** A line that somebody types who has taken a story over: for the shell, or `stop kubelet node-2`. */
export interface Typed {
  readonly line: string;
  /** Virtual milliseconds before which it is not typed; absent: as soon as the line before has ended. */
  readonly at?: Millis;
}

/** Whoever has taken the story over, as the log names them. */
export const YOU = 'you';
