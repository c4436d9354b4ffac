import { scriptFrame } from '../../machine/new-shell.ts';
import { spawn } from '../../machine/spawn.ts';
import type { Frame } from '../../process-state.ts';
import { failureText, ignoredBy } from '../execute.ts';
import { exitShell } from '../exit-shell.ts';
import { complainAs, type Shell } from '../shell.ts';
import { unwind } from '../unwind.ts';
import { exportedVariables, getVariable } from '../variables.ts';
import type { Builtin, BuiltinCall } from './builtin.ts';

export const colon: Builtin = { special: true, run: () => 0 };
export const trueBuiltin: Builtin = { run: () => 0 };
export const falseBuiltin: Builtin = { run: () => 1 };

export const exit: Builtin = {
  special: true,
  run(call) {
    const { shell, args } = call;
    const status = args[0] === undefined ? statusBeforeTrap(shell) : numberOf(call, args[0]);
    if (status !== undefined) exitShell(shell, status & 0xff);
    return undefined;
  },
};

/** Inside of a trap, `exit` alone ends with the status from before it. */
function statusBeforeTrap({ task }: Shell): number {
  const trap = task.frames.findLast((frame) => frame.op === 'source' && frame.kind === 'trap');
  return trap?.op === 'source' && trap.status !== undefined ? trap.status : task.status;
}

/** A special builtin that is given something else than a number ends the shell. */
function numberOf(call: BuiltinCall, text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  complainAs(
    call.shell,
    call.name,
    call.shell.task.bash ? `${text}: numeric argument required` : `Illegal number: ${text}`,
  );
  exitShell(call.shell, 2);
  return undefined;
}

const isLoop = (frame: Frame): boolean =>
  frame.op === 'loop' || frame.op === 'for' || frame.op === 'arithmeticFor';

/** Where the loop stands that so many levels mean; the outermost where there are fewer. */
function loopAt({ task }: Shell, levels: number): number | undefined {
  let found: number | undefined;
  let left = levels;
  for (let index = task.frames.length - 1; index >= 0 && left > 0; index -= 1) {
    const frame = task.frames[index];
    if (frame?.op === 'call') break;
    if (!frame || !isLoop(frame)) continue;
    found = index;
    left -= 1;
  }
  return found;
}

function leaveLoop(call: BuiltinCall, keep: 0 | 1): number | undefined {
  const { shell, args } = call;
  const levels = args[0] === undefined ? 1 : numberOf(call, args[0]);
  if (levels === undefined) return undefined;
  const index = loopAt(shell, levels);
  if (index === undefined) return 0;
  unwind(shell, index + keep);
  const loop = shell.task.frames[index];
  if (keep && loop?.op === 'loop') loop.testing = false;
  return 0;
}

export const breakBuiltin: Builtin = { special: true, run: (call) => leaveLoop(call, 0) };
export const continueBuiltin: Builtin = { special: true, run: (call) => leaveLoop(call, 1) };

export const returnBuiltin: Builtin = {
  special: true,
  run(call) {
    const { shell, args } = call;
    const { task } = shell;
    const status = args[0] === undefined ? task.status : numberOf(call, args[0]);
    if (status === undefined) return undefined;
    const index = task.frames.findLastIndex(
      (frame) => frame.op === 'call' || (frame.op === 'source' && frame.kind === 'dot'),
    );
    if (index < 0) exitShell(shell, status & 0xff);
    else {
      unwind(shell, index + 1);
      task.status = status & 0xff;
    }
    return undefined;
  },
};

export const evalBuiltin: Builtin = {
  special: true,
  run({ shell, args }) {
    const text = args.join(' ');
    if (text.trim() === '') return 0;
    const { task, machine } = shell;
    task.frames.push({ op: 'source', kind: 'eval' }, scriptFrame(machine, task, text));
    return undefined;
  },
};

export const dot: Builtin = {
  special: true,
  run(call) {
    const { shell, args, name } = call;
    const { task, machine } = shell;
    const [file, ...rest] = args;
    if (file === undefined) {
      complainAs(shell, name, 'filename argument required');
      return 2;
    }
    const path = file.includes('/') ? file : findOnPath(shell, file);
    const node =
      path === undefined ? undefined : machine.files.node(machine.files.resolve(path, task.cwd) ?? path);
    if (node?.kind !== 'file') {
      complainAs(
        shell,
        name,
        file.includes('/') ? `can't open '${file}': No such file or directory` : `${file}: not found`,
      );
      if (task.bash) return 1;
      exitShell(shell, 2);
      return undefined;
    }
    const args0 = rest.length > 0 ? { args: task.args } : {};
    if (rest.length > 0) task.args = rest;
    task.frames.push({ op: 'source', kind: 'dot', ...args0 }, scriptFrame(machine, task, node.content ?? ''));
    return undefined;
  },
};

/** ash looks along PATH only, and in bash's way then in the current directory. */
function findOnPath({ machine, task }: Shell, file: string): string | undefined {
  const path = getVariable(machine.state, task, 'PATH') ?? '';
  const found = path
    .split(':')
    .map((directory) => `${directory}/${file}`)
    .find((one) => machine.files.node(one));
  if (found !== undefined || !task.bash) return found;
  return file;
}

/**
 * `exec command`: the command takes the shell's place and pid. Without a command only its redirections count.
 */
export const exec: Builtin = {
  special: true,
  run({ shell, args }) {
    const { machine, task } = shell;
    const argv = args[0] === '-c' || args[0] === '-l' ? args.slice(1) : args;
    const env = exportedVariables(machine.state, task);
    const made = spawn(machine, {
      argv,
      parent: task.parent,
      cwd: task.cwd,
      fds: task.fds,
      env,
      ignored: ignoredBy(task),
      replaces: task,
    });
    if ('code' in made) {
      complainAs(shell, 'exec', `${argv[0] ?? ''}: ${failureText(task, made.why)}`);
      exitShell(shell, made.code);
    }
    return undefined;
  },
};

export const shift: Builtin = {
  special: true,
  run(call) {
    const count = call.args[0] === undefined ? 1 : numberOf(call, call.args[0]);
    if (count === undefined) return undefined;
    const { task } = call.shell;
    if (count > task.args.length) return 1;
    task.args = task.args.slice(count);
    return 0;
  },
};
