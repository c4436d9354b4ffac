import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { ContainerRow, ProcessRow } from '../../contract/machine-rows.ts';
import type { ProcessHost } from '../processes/process-host.ts';
import type { ProcessState } from '../processes/process-state.ts';
import { hostOf } from './host-of.ts';
import { processAt } from './run-ahead.ts';

/** A container's own process, and where it is now. */
export interface Running {
  readonly row: ContainerRow;
  readonly process: ProcessRow;
  readonly host: ProcessHost;
  readonly state: ProcessState;
}

/**
 * Undefined while nothing runs in the container, or no more than the runtime has to notice that it is over.
 */
export function runningIn(view: View, container: string, now: Millis): Running | undefined {
  const row = view.rows.row('containers', container);
  const process = view.rows.row('processes', container);
  const host = row && process && !process.ending ? hostOf(view, row) : undefined;
  if (!row || !process || !host) return undefined;
  return { row, process, host, state: processAt(process.state as ProcessState, host, now) };
}
