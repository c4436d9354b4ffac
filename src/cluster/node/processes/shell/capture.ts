import { addPipe, consume, readable } from '../machine/descriptors.ts';
import type { Frame, NodeRef } from '../process-state.ts';
import { fork } from './fork.ts';
import { frameAt, type Shell } from './shell.ts';
import { setVariable } from './variables.ts';

/** Starts a command substitution, whose output becomes a result of the frame on top. */
export function capture(shell: Shell, at: NodeRef, assigned: Readonly<Record<string, string>>): void {
  const { machine, task } = shell;
  const pipe = addPipe(machine);
  const child = fork(shell, frameAt(shell, at.script, at.node), { ...task.fds, '1': pipe.writing });
  for (const name in assigned) setVariable(machine.state, child, name, assigned[name] ?? '');
  task.frames.push({ op: 'capture', pid: child.pid, pipe: pipe.reading.slice(1, -1), text: '' });
}

/**
 * Output is taken as it comes, so that the substitution never waits for room, and is whole when all have
 * closed it.
 */
export function runCapture(shell: Shell, frame: Extract<Frame, { op: 'capture' }>): void {
  const { machine, task } = shell;
  const descriptor = `p${frame.pipe}r`;
  const { text, ended } = readable(machine, descriptor);
  consume(machine, descriptor, text.length);
  frame.text += text;
  const exit = task.children?.[frame.pid];
  if (!ended) task.wait = { readable: descriptor };
  else if (exit === null) task.wait = { children: [frame.pid] };
  else {
    delete task.children?.[frame.pid];
    task.captured = exit?.code ?? 0;
    task.frames.pop();
    const below = task.frames.at(-1);
    if (below && 'progress' in below) below.progress.results.push(frame.text.replace(/\n+$/, ''));
  }
}
