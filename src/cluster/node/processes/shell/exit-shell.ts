import { endTask } from '../machine/children.ts';
import { scriptFrame } from '../machine/new-shell.ts';
import type { Shell } from './shell.ts';
import { unwind } from './unwind.ts';

/** Ends the shell, after its EXIT trap if it has one. */
export function exitShell(shell: Shell, status: number): void {
  const { machine, task } = shell;
  unwind(shell, 0);
  const trap = task.traps['EXIT'];
  delete task.traps['EXIT'];
  if (!trap) {
    endTask(machine.state, task.pid, { code: status });
    return;
  }
  task.status = status;
  task.frames.push({ op: 'exit', code: status }, scriptFrame(machine, task, trap));
}
