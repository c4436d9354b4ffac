import type { Millis } from '../../kernel/time/millis.ts';
import type { RowReader } from '../contract/reader.ts';

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

/** The address that somebody's packets come from. */
export function senderOf(rows: RowReader, from: Origin): string {
  if (from === 'outside') return OUTSIDE_ADDRESS;
  const sandbox =
    from.pod === undefined
      ? undefined
      : rows.rowsBy('sandboxes', 'pod', from.pod).find(({ stoppedAt }) => stoppedAt === undefined);
  return sandbox?.ip ?? rows.row('machines', from.node)?.ip ?? '127.0.0.1';
}

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
