import type { Millis } from '../../kernel/time/millis.ts';
import type { Case } from '../../suite/case.ts';

/** What one case is run with; plain data, which goes to another thread. */
export interface Task {
  readonly of: Case;
  readonly language: string;
  /** Virtual milliseconds. */
  readonly timeoutMs: Millis;
  readonly snapshots: SnapshotUse;
}

export interface SnapshotUse {
  readonly folder: string;
  /**
   * `compare`: those that are there. `demand`: there must be some, too. `write`: whatever differs is written.
   */
  readonly mode: 'compare' | 'demand' | 'write';
}
