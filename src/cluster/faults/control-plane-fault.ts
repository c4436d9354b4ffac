import type { StoreEvent } from '../contract/api-event.ts';
import type { RowReader } from '../contract/reader.ts';
import { savedCounter, savedRevisionCounter } from '../world/evolve-restore.ts';

/** What can be done to all that etcd holds, wherever it runs. */
export interface ControlPlaneFault {
  readonly of: 'etcd';
  readonly does: 'is saved' | 'is restored';
  readonly as: string;
}

export function controlPlaneFaultEvent(fault: ControlPlaneFault, rows: RowReader): StoreEvent {
  if (fault.does === 'is saved') return { type: 'StoreSaved', name: fault.as };
  return restored(fault.as, rows);
}

/** etcd held then what it held after the entry that saved it. */
function restored(name: string, rows: RowReader): StoreEvent {
  const seq = rows.row('counters', savedCounter(name))?.value;
  if (seq === undefined) throw new Error(`nothing was saved as ${name}`);
  const revision = rows.row('counters', savedRevisionCounter(name))?.value ?? 0;
  return { type: 'StoreRestored', seq, revision };
}
