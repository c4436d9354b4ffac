import type { Millis } from '../../kernel/time/millis.ts';

/** Who asks: a program in a pod, one on a machine itself, or somebody who is not in the cluster. */
export type Origin =
  | 'outside'
  | {
      readonly node: string;
      readonly pod?: string;
      /** In no pod, but it knows names as a pod of this namespace does. */
      readonly asOf?: string;
    };

/** The address of somebody who is not in the cluster (RFC 5737). */
export const OUTSIDE_ADDRESS = '192.0.2.1';

export interface Approach {
  readonly from: Origin;
  /** An address, or a name as it was typed. */
  readonly host: string;
  readonly port: number;
  /** TCP unless said otherwise. */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
  /** When it is; without it the name service is asked as if it kept no answers (before 1.32 it does). */
  readonly now?: Millis;
}
