import { isTested } from './error-exit.ts';
import { exitShell } from './exit-shell.ts';
import type { Shell } from './shell.ts';

/** With `set -e`, a command that fails where nobody looks at its status ends the shell. */
export function afterCommand(shell: Shell): void {
  const { task } = shell;
  if (task.status !== 0 && task.options.includes('e') && !isTested(task)) exitShell(shell, task.status);
}
