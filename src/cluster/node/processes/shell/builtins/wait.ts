import type { Frame } from '../../process-state.ts';
import { signalNumber } from '../../signals.ts';
import { afterCommand } from '../after-command.ts';
import { sayKilled } from '../execute.ts';
import { finish, type Shell } from '../shell.ts';
import { type Builtin, complainPlain } from './builtin.ts';
import { pidOfJob } from './jobs.ts';

/** Waits for children, and returns at once when a signal comes for which there is a trap. */
export const wait: Builtin = {
  run(call) {
    const { task } = call.shell;
    const pids: number[] = [];
    for (const text of call.args) {
      const pid = text.startsWith('%') ? pidOfJob(task, text) : Number(text);
      if (pid === undefined || !/^%?\d+$/.test(text)) {
        complainPlain(call, `${text}: no such job`);
        return 127;
      }
      pids.push(pid);
    }
    task.frames.push({ op: 'wait', pids });
    return undefined;
  },
};

export function runWait(shell: Shell, frame: Extract<Frame, { op: 'wait' }>): void {
  const { task } = shell;
  const signal = task.pending?.[0];
  const children = task.children ?? {};
  const waitsForAll = frame.pids.length === 0;
  const wanted = waitsForAll ? Object.keys(children).map(Number) : frame.pids;
  const running = wanted.filter((pid) => children[pid] === null);
  if (running.length > 0 && !signal) {
    task.wait = { children: running };
    return;
  }
  if (signal && running.length > 0) finish(shell, 128 + signalNumber(signal));
  else {
    const last = waitsForAll ? undefined : children[wanted.at(-1) ?? 0];
    if (last?.signal) sayKilled(shell, last);
    for (const pid of wanted) delete children[pid];
    finish(shell, waitsForAll ? 0 : (last?.code ?? 127));
  }
  afterCommand(shell);
}
