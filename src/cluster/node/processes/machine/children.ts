import type { Exit, ProcessState } from '../process-state.ts';
import { type SignalName, signalNumber } from '../signals.ts';

/** Takes a task out of the table; its parent, if it still runs, learns how it ended. */
export function endTask(state: ProcessState, pid: number, exit: Exit): void {
  const task = state.tasks[pid];
  if (!task) return;
  delete state.tasks[pid];
  const parent = state.tasks[task.parent];
  if (parent?.children?.[pid] === null) parent.children[pid] = exit;
  if (pid !== state.root) return;
  state.exit = exit;
  // The end of PID 1 is the end of its container; what an exec leaves behind lives on.
  if (state.isPid1) state.tasks = {};
}

export const killedBy = (signal: SignalName): Exit => ({ code: 128 + signalNumber(signal), signal });

export function addChild(state: ProcessState, parent: number, pid: number): void {
  const task = state.tasks[parent];
  if (task) task.children = { ...task.children, [pid]: null };
}
