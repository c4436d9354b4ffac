import type { Millis } from '../../kernel/time/millis.ts';
import type { PathEvent } from './path-row.ts';
import type { RegistryEvent } from './registry-row.ts';

/**
 * What makes a program slower than it should be, or its requests fail; absent where all is well. By
 * `hindranceKey`.
 */
export interface HindranceRow {
  /**
   * `work`: each piece of its work takes longer, one after another; of an API server each request, of an etcd
   * each write to its disk. `watches`: what it watches reaches it later. `requests`: the API server refuses
   * some of what it asks.
   */
  readonly of: 'work' | 'watches' | 'requests';
  /** `kubelet`, `kube-scheduler`, `kubectl`; `*`: whoever asks. */
  readonly program: string;
  /** Of programs of machines: on which; absent: on all of them. */
  readonly node?: string;
  /** By so much longer. */
  readonly byMs?: Millis;
  /** So many times as long. */
  readonly times?: number;
  /** How large a part of the requests, up to 1. */
  readonly share?: number;
  /** How they are refused: an HTTP status. */
  readonly code?: 429 | 500 | 503;
  readonly since: Millis;
}

export function hindranceKey({ of, program, node }: Pick<HindranceRow, 'of' | 'program' | 'node'>): string {
  return `${of} ${program}${node === undefined ? '' : `/${node}`}`;
}

export type HindranceEvent =
  | ({ readonly type: 'ProgramHindered' } & Omit<HindranceRow, 'since'>)
  | ({ readonly type: 'ProgramRelieved' } & Pick<HindranceRow, 'of' | 'program' | 'node'>);

/** What goes worse than it should, of no machine in particular. */
export type HarmEvent = RegistryEvent | PathEvent | HindranceEvent;
