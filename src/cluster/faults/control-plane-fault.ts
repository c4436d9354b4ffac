import type { StoreEvent } from '../contract/api-event.ts';
import type { ProgramEvent, ProgramName } from '../contract/control-plane-rows.ts';
import type { RowReader } from '../contract/reader.ts';
import { savedCounter, savedRevisionCounter } from '../world/evolve-restore.ts';

/** What can be done to the control plane as a whole, wherever it runs. */
export type ControlPlaneFault =
  | { readonly of: ProgramName; readonly does: 'stops' | 'starts' }
  | { readonly of: 'etcd'; readonly does: 'is saved' | 'is restored'; readonly as: string };

export function controlPlaneFaultEvent(fault: ControlPlaneFault, rows: RowReader): ProgramEvent | StoreEvent {
  if (fault.does === 'is saved') return { type: 'StoreSaved', name: fault.as };
  if (fault.does === 'is restored') return restored(fault.as, rows);
  const elsewhere = { program: fault.of, node: '' };
  if (fault.does === 'stops') return { type: 'ProgramStopped', ...elsewhere };
  return { type: 'ProgramStarted', ...elsewhere, container: '', args: [fault.of] };
}

/** etcd held then what it held after the entry that saved it. */
function restored(name: string, rows: RowReader): StoreEvent {
  const seq = rows.row('counters', savedCounter(name))?.value;
  if (seq === undefined) throw new Error(`nothing was saved as ${name}`);
  const revision = rows.row('counters', savedRevisionCounter(name))?.value ?? 0;
  return { type: 'StoreRestored', seq, revision };
}
