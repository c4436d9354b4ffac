import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import { wholeValue } from '../../objects/quantity.ts';
import { systemBytes } from '../../world/node-usage.ts';
import { hostOf } from '../containers/host-of.ts';
import { type Running, runningIn } from '../containers/running.ts';
import { isPretended } from '../images-of-node.ts';
import type { ProcessState } from '../processes/process-state.ts';
import { bendsAfter, firstAbove, peakMemory, usageOf } from '../processes/usage-of.ts';
import { settingsOfNode } from '../settings-of-node.ts';

/** A machine's memory in bytes, and what it has besides pods. */
export interface MachineMemory {
  readonly capacity: number;
  readonly system: number;
}

/** Undefined where nothing really runs, as on a hollow node. */
export function machineMemory(view: View, node: string): MachineMemory | undefined {
  const stated = settingsOfNode(view, node)?.capacity['memory'];
  if (stated === undefined || isPretended(view, node)) return undefined;
  const capacity = wholeValue(stated);
  return { capacity, system: systemBytes(capacity) };
}

/** All that runs in the containers of a node. */
export function runningOn(view: View, node: string, now: Millis): readonly Running[] {
  return view.rows
    .rowsBy('processes', 'node', node)
    .flatMap(({ container }) => runningIn(view, container, now) ?? []);
}

/** Bytes that each container of a node takes, by its ID. */
export function memoryByContainer(all: readonly Running[], at: Millis): ReadonlyMap<string, number> {
  return new Map(all.map(({ row, state, host }) => [row.id, usageOf(state, host, at).memoryBytes]));
}

export function totalMemory(memory: MachineMemory, all: readonly Running[], at: Millis): number {
  return [...memoryByContainer(all, at).values()].reduce((sum, bytes) => sum + bytes, memory.system);
}

/** When so much of a machine's memory will be taken, if everything is left alone, not before `now`. */
export function takenAt(view: View, node: string, bytes: number, now: Millis): Millis | undefined {
  const memory = machineMemory(view, node);
  if (!memory || mostOn(view, node) + memory.system <= bytes) return undefined;
  const all = runningOn(view, node, now);
  const bends = all.flatMap(({ state, host }) => bendsAfter(state, host, now));
  return firstAbove(bytes, {
    total: (at) => totalMemory(memory, all, at),
    bends: [...new Set(bends)].sort((a, b) => a - b),
    now,
  });
}

// Every start of a container asks for the most that all others take, and hardly one changes. By the tasks of
// a process: what it takes is theirs, and it moves on more often than they do.
const peaks = new WeakMap<object, number>();

function mostOn(view: View, node: string): number {
  let bytes = 0;
  for (const { container, state } of view.rows.rowsBy('processes', 'node', node)) {
    const { tasks } = state as ProcessState;
    let peak = peaks.get(tasks);
    if (peak === undefined) {
      const row = view.rows.row('containers', container);
      const host = row && hostOf(view, row);
      peak = host ? peakMemory(state as ProcessState, host) : 0;
      peaks.set(tasks, peak);
    }
    bytes += peak;
  }
  return bytes;
}
