import { endTask } from '../machine/children.ts';
import { isOverBudget, type Machine, spend } from '../machine/machine.ts';
import { scriptFrame } from '../machine/new-shell.ts';
import type { Frame, ShellTask } from '../process-state.ts';
import { signalNumber } from '../signals.ts';
import { afterCommand } from './after-command.ts';
import { runRead } from './builtins/read.ts';
import { runWait } from './builtins/wait.ts';
import { runCapture } from './capture.ts';
import { ended } from './execute.ts';
import { exitShell } from './exit-shell.ts';
import { readScript } from './read-script.ts';
import { complain, complainAs, nodeOf, type Shell } from './shell.ts';
import { runArithmeticFor, runCase, runFor, runIf, runLoop } from './statements/compound.ts';
import { runArithmetic, runCondition } from './statements/conditions.ts';
import {
  runAndOr,
  runBackground,
  runFunction,
  runList,
  runNegation,
  runPipeline,
  runRedirected,
  runSubshell,
} from './statements/sequence.ts';
import { runSimple } from './statements/simple.ts';
import { leave } from './unwind.ts';

/**
 * Runs a shell until it waits or is no more. A trap runs when a command has ended, be it a long one; `wait`
 * and
 * `read` end at once for it, with the signal's status.
 */
export function runShell(machine: Machine, task: ShellTask): void {
  const shell: Shell = { machine, task };
  while (machine.state.tasks[task.pid] === task && !task.wait && !isOverBudget(machine)) {
    spend(machine, 1);
    const height = task.frames.length;
    step(shell);
    const hasEnded = task.frames.length < height;
    if (task.pending && hasEnded && machine.state.tasks[task.pid] === task) runTrap(shell);
  }
}

function runTrap(shell: Shell): void {
  const { machine, task } = shell;
  // The lowest number first, as ash looks for them (`ash.c`: dotrap).
  const [signal, ...rest] = (task.pending ?? []).toSorted((a, b) => signalNumber(a) - signalNumber(b));
  if (rest.length > 0) task.pending = rest;
  else delete task.pending;
  const text = signal && task.traps[signal];
  if (!text) return;
  task.frames.push({ op: 'source', kind: 'trap', status: task.status }, scriptFrame(machine, task, text));
}

function step(shell: Shell): void {
  const frame = shell.task.frames.at(-1);
  if (!frame) exitShell(shell, shell.task.status);
  else stepFrame(shell, frame);
}

type FrameOf<Op extends Frame['op']> = Extract<Frame, { op: Op }>;
type Steps<Op extends Frame['op']> = { readonly [Each in Op]: (shell: Shell, frame: FrameOf<Each>) => void };

/** What each kind of frame does next. */
const STEPS: Steps<Frame['op']> = {
  simple: runSimple,
  list: runList,
  andOr: runAndOr,
  negation: runNegation,
  pipeline: runPipeline,
  if: runIf,
  loop: runLoop,
  for: runFor,
  arithmeticFor: runArithmeticFor,
  case: runCase,
  subshell: runSubshell,
  background: runBackground,
  redirected: runRedirected,
  condition: runCondition,
  arithmetic: runArithmetic,
  function: runFunction,
  capture: runCapture,
  wait: runWait,
  read: runRead,
  script: readScript,
  restore: leave,
  source: leave,
  call(shell) {
    leave(shell);
    afterCommand(shell);
  },
  foreground(shell, { pid }) {
    const exit = shell.task.children?.[pid];
    if (exit === null) shell.task.wait = { children: [pid] };
    else ended(shell, pid, exit ?? { code: 127 });
  },
  mistake(shell, frame) {
    sayMistake(shell, nodeOf(shell, frame, 'mistake').message);
    exitShell(shell, 2);
  },
  fail(shell, { message, code }) {
    complain(shell, message);
    exitShell(shell, code);
  },
  exit({ machine, task }, { code }) {
    endTask(machine.state, task.pid, { code });
  },
};

function stepFrame<Op extends Frame['op']>(shell: Shell, frame: FrameOf<Op> & { readonly op: Op }): void {
  const run: (shell: Shell, frame: FrameOf<Op>) => void = STEPS[frame.op];
  run(shell, frame);
}

function sayMistake(shell: Shell, message: string): void {
  const source = shell.task.frames.findLast((frame) => frame.op === 'source');
  if (source?.op === 'source' && source.kind === 'eval') complainAs(shell, 'eval', message);
  else complain(shell, message);
}
