import type { Millis } from '../../../../kernel/time/millis.ts';
import { viewFiles } from '../files/file-view.ts';
import type { Effect, ProcessHost } from '../process-host.ts';
import type { ProcessState } from '../process-state.ts';
import type { Machine } from './machine.ts';
import { virtualFile } from './virtual-file.ts';

/** A copy of the state to work on; what never changes in place is shared with the original. */
export function openMachine(process: ProcessState, host: ProcessHost, now: Millis): Machine {
  const state: ProcessState = {
    ...process,
    tasks: copyJson(process.tasks),
    scripts: { ...process.scripts },
    pipes: copyJson(process.pipes),
    opens: copyJson(process.opens),
    steps: { ...process.steps },
  };
  return machineOn(state, { host, now });
}

/** A machine that works on that very state. */
export function machineOn(
  state: ProcessState,
  { host, now }: { readonly host: ProcessHost; readonly now: Millis },
): Machine {
  const effects: Effect[] = [];
  const machine: Machine = {
    state,
    host,
    now,
    effects,
    files: viewFiles({ host, now, effects, virtual: (path) => virtualFile(machine, path) }),
  };
  return machine;
}

function copyJson<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyJson) as Value;
  const copy: Record<string, unknown> = {};
  for (const key in value) copy[key] = copyJson(value[key]);
  return copy as Value;
}
