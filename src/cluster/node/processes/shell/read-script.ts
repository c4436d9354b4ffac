import { consume, readable } from '../machine/descriptors.ts';
import { dialectOf } from '../machine/machine.ts';
import { scriptFrame } from '../machine/new-shell.ts';
import type { Frame } from '../process-state.ts';
import { compileScript, isUnfinished } from '../syntax/compile-script.ts';
import { finish, type Shell } from './shell.ts';

type ScriptFrame = Extract<Frame, { op: 'script' }>;

/**
 * A script on standard input. What somebody outside types or sends is run command by command, as shells do;
 * what comes out of a pipe or a file is there at once, and is read to its end.
 */
export function readScript(shell: Shell, frame: ScriptFrame): void {
  const { machine, task } = shell;
  const descriptor = task.fds['0'] ?? 'null';
  if (descriptor === 'in') {
    readCommand(shell, frame);
    return;
  }
  const { text, ended: isWhole, endless } = readable(machine, descriptor);
  consume(machine, descriptor, text.length);
  frame.text += text;
  if (endless) task.wait = { cpus: 1 };
  else if (!isWhole) task.wait = { readable: descriptor };
  else if (isEmpty(shell, frame.text)) finish(shell, 0);
  else task.frames[task.frames.length - 1] = scriptFrame(machine, task, frame.text);
}

/** Takes as many lines as one command has; those after it may be read by that command. */
function readCommand(shell: Shell, frame: ScriptFrame): void {
  const { machine, task } = shell;
  const { text, ended } = readable(machine, 'in');
  if (ended && text === '' && frame.text === '') {
    finish(shell, task.status);
    return;
  }
  const end = text.indexOf('\n') + 1;
  if (end === 0 && !ended) {
    task.wait = { readable: 'in' };
    return;
  }
  const line = end === 0 ? text : text.slice(0, end);
  consume(machine, 'in', line.length);
  const read = frame.text + line;
  const isOver = ended && line.length === text.length;
  if (isUnfinished(read) && !isOver) {
    frame.text = read;
    return;
  }
  frame.text = '';
  if (!isEmpty(shell, read)) task.frames.push(scriptFrame(machine, task, read));
}

function isEmpty({ task }: Shell, text: string): boolean {
  return compileScript(text, dialectOf(task)).nodes.length === 0;
}
