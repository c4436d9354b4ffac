import type { NodeRef, ShellTask } from '../process-state.ts';
import { push, type Shell } from './shell.ts';

/** Calls nest this deep before they are taken to be endless, as a stack overflow would end them. */
const DEEPEST_CALLS = 1000;

export function callFunction(shell: Shell, name: string, args: readonly string[]): void {
  const { task } = shell;
  const body = functionOf(task, name);
  if (!body) return;
  if (task.frames.length > DEEPEST_CALLS * 2) {
    shell.machine.state.steps = { at: shell.machine.now, count: Number.MAX_SAFE_INTEGER };
    return;
  }
  task.frames.push({ op: 'call', name, args: task.args, vars: {} });
  task.args = [...args];
  push(shell, body.script, body.node);
}

/** Not what every object has: a command may be called `toString`. */
export const functionOf = (task: ShellTask, name: string): NodeRef | undefined =>
  Object.hasOwn(task.functions, name) ? task.functions[name] : undefined;
