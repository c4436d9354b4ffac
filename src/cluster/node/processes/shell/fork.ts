import { addChild } from '../machine/children.ts';
import { newPid, STEPS_OF_A_START, spend } from '../machine/machine.ts';
import type { Descriptor, Frame, ShellTask, Variable } from '../process-state.ts';
import { isTested } from './error-exit.ts';
import type { Shell } from './shell.ts';

/**
 * A subshell that begins with a frame: a copy of the shell with its variables, but without its traps and
 * children.
 */
export function fork(shell: Shell, frame: Frame, fds: Readonly<Record<string, Descriptor>>): ShellTask {
  const { machine, task } = shell;
  const pid = newPid(machine);
  const traps: Record<string, string> = {};
  for (const name in task.traps) if (task.traps[name] === '') traps[name] = '';
  const child: ShellTask = {
    ...task,
    pid,
    parent: task.pid,
    shellPid: task.shellPid ?? task.pid,
    startedAt: machine.now,
    fds: { ...fds },
    args: [...task.args],
    vars: copyVariables(task.vars),
    functions: { ...task.functions },
    traps,
    frames: [frame],
    ...(isTested(task) && { tested: true }),
  };
  delete child.wait;
  delete child.children;
  delete child.pending;
  delete child.captured;
  delete child.jobs;
  spend(machine, STEPS_OF_A_START + Object.keys(machine.state.tasks).length);
  machine.state.tasks[pid] = child;
  addChild(machine.state, task.pid, pid);
  return child;
}

function copyVariables(vars: ShellTask['vars']): Record<string, Variable | null> {
  const copy: Record<string, Variable | null> = {};
  for (const name in vars) {
    const own = vars[name];
    if (own !== undefined) copy[name] = own && { ...own };
  }
  return copy;
}
