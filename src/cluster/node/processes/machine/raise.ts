import type { ProcessState, ShellTask, Task } from '../process-state.ts';
import { defaultAction, type SignalName } from '../signals.ts';
import { endTask, killedBy } from './children.ts';

/**
 * Who sends a signal: what stands outside of the container may kill its PID 1, what stands inside may not.
 */
export type Sender = 'inside' | 'outside';

/**
 * What the kernel does when a signal comes. To PID 1 of a container a signal does nothing unless a handler is
 * there (`kernel/signal.c`, SIGNAL_UNKILLABLE); only KILL and STOP from outside of the container reach it.
 * Programs of the image have handlers of their own, which the caller asks first.
 */
export function raise(state: ProcessState, task: Task, signal: SignalName, sender: Sender): void {
  if (signal === 'KILL' || signal === 'STOP') {
    if (isProtected(state, task) && sender === 'inside') return;
    if (signal === 'KILL') endTask(state, task.pid, killedBy('KILL'));
    else task.stopped = true;
    return;
  }
  if (signal === 'CONT') delete task.stopped;
  if (task.ignored?.includes(signal)) return;
  if (task.kind === 'shell' && task.traps[signal] !== undefined) {
    if (task.traps[signal] !== '' && !task.pending?.includes(signal)) {
      task.pending = [...(task.pending ?? []), signal];
      interrupt(task);
    }
    return;
  }
  if (isProtected(state, task)) return;
  const action = defaultAction(signal);
  if (action === 'die') endTask(state, task.pid, killedBy(signal));
  if (action === 'stop') task.stopped = true;
}

const isProtected = (state: ProcessState, task: Task): boolean => state.isPid1 && task.pid === state.root;

/**
 * `wait` and `read` return at once when a signal comes for which there is a trap. A shell that waits for a
 * foreground command goes on waiting, and runs the trap after it.
 */
function interrupt(task: ShellTask): void {
  const top = task.frames.at(-1);
  if (top?.op === 'wait' || top?.op === 'read') delete task.wait;
}
