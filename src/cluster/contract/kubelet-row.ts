import type { Millis } from '../../kernel/time/millis.ts';

/** Why a kubelet has ended by itself as soon as it was started. */
export interface KubeletFailure {
  /** The last that it said, or that systemd said of it. */
  readonly text: string;
  /** 1 of its own; 203 where there is no such program (systemd.exec(5)). */
  readonly exitCode: number;
}

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
  /** Why it does not run, where it has ended by itself. */
  readonly failure?: KubeletFailure;
  /** It has no certificate of its own yet, and asks for one with the token that it was given. */
  readonly bootstraps?: true;
  /** Its machine is no node yet, since nobody has answered it. */
  readonly unregistered?: true;
  /** It has seen that its node is cordoned, and said so. */
  readonly unschedulable?: true;
}

/** A kubelet comes and goes. */
export type KubeletEvent =
  /** From the beginning, or where it stood still (`thawed`): then it remembers. */
  | {
      readonly type: 'KubeletStarted';
      readonly node: string;
      readonly thawed?: true;
      /** It has a bootstrap token, and no certificate of its own yet. */
      readonly bootstraps?: true;
    }
  /** A kubelet has been given the certificate that it asked for. */
  | { readonly type: 'KubeletCertified'; readonly node: string }
  | {
      readonly type: 'KubeletStopped';
      readonly node: string;
      /** It only stands still. */
      readonly frozen?: true;
      /** When it is started again by itself. */
      readonly until?: Millis;
      /** It has ended by itself: what it is to go by is wrong. */
      readonly failure?: KubeletFailure;
    };
