import type { Frame, SavedVariables, ShellTask } from '../process-state.ts';
import type { Shell } from './shell.ts';

/** Leaves all frames above a height, giving back what they had been lent. */
export function unwind(shell: Shell, height: number): void {
  while (shell.task.frames.length > height) leave(shell);
}

/** Leaves the frame on top. */
export function leave(shell: Shell): void {
  const frame = shell.task.frames.pop();
  if (frame) giveBack(shell, frame);
}

function giveBack({ task }: Shell, frame: Frame): void {
  switch (frame.op) {
    case 'restore':
      if (frame.fds) task.fds = frame.fds;
      if (frame.vars) restoreVariables(task, frame.vars);
      return;
    case 'call':
      task.args = frame.args;
      restoreVariables(task, frame.vars);
      return;
    case 'source':
      if (frame.args) task.args = frame.args;
      if (frame.status !== undefined) task.status = frame.status;
      return;
    default:
  }
}

function restoreVariables(task: ShellTask, saved: SavedVariables): void {
  for (const name in saved) {
    const before = saved[name];
    if (before !== null && before?.value === undefined && !before?.exported) delete task.vars[name];
    else if (before !== undefined) task.vars[name] = before;
  }
}
