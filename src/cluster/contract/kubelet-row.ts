import type { Millis } from '../../kernel/time/millis.ts';

export interface KubeletRow {
  readonly running: boolean;
  /** When it was started or stopped last; negative: long before the scenario. */
  readonly since: Millis;
  /** It has not looked at the pods of its node yet. */
  readonly starting?: true;
  /** It is there, and stands still (SIGSTOP); all that it knows it knows still. */
  readonly frozen?: true;
  /** Since when it hears of the API server again, of which it had not heard for a while. */
  readonly backSince?: Millis;
  /** It was not cut off then, but refused: it knew at once, and has no more to tell than before. */
  readonly refused?: true;
  /** When it is started again by itself. */
  readonly until?: Millis;
  /** It has no certificate of its own yet, and asks for one with the token that it was given. */
  readonly bootstraps?: true;
  /** Its machine is no node yet, since nobody has answered it. */
  readonly unregistered?: true;
  /** It has seen that its node is cordoned, and said so. */
  readonly unschedulable?: true;
}
