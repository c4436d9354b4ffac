import type { Task } from '../process-state.ts';
import type { SignalName } from '../signals.ts';
import { forwardsSignals } from '../tools/forwards-signals.ts';
import type { Machine } from './machine.ts';
import { raise, type Sender } from './raise.ts';
import { signalProgramTask } from './run-program.ts';

export function signalTask(machine: Machine, task: Task, signal: SignalName, sender: Sender): void {
  if (task.kind === 'program') {
    signalProgramTask(machine, task, signal, sender);
    return;
  }
  const child =
    task.kind === 'tool' && signal !== 'KILL' && signal !== 'STOP'
      ? forwardsSignals(task, signal)
      : undefined;
  const target = child === undefined ? undefined : machine.state.tasks[child];
  if (target) signalTask(machine, target, signal, 'inside');
  else raise(machine.state, task, signal, sender);
}

/** `kill` from inside of the container; false where there is no such process. Signal 0 only looks. */
export function signalPid(machine: Machine, from: Task, pid: number, signal: SignalName | 0): boolean {
  const { state, host } = machine;
  if (pid <= 0) {
    const others = Object.values(state.tasks).filter(
      (task) => task.pid !== from.pid && (pid === 0 || task.pid !== 1),
    );
    for (const task of others) if (signal !== 0) signalTask(machine, task, signal, 'inside');
    if (pid === 0 && signal !== 0) signalTask(machine, from, signal, 'inside');
    return true;
  }
  const task = state.tasks[pid];
  if (task) {
    if (signal !== 0) signalTask(machine, task, signal, 'inside');
    return true;
  }
  const isZombie = Object.values(state.tasks).some((one) => one.children?.[pid] !== undefined);
  const other = host.others?.().some((one) => one.pid === pid);
  if (other && signal !== 0) machine.effects.push({ type: 'SignalSent', pid, signal });
  return isZombie || other === true;
}
