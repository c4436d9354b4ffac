import type { CommandFailure } from '../machine/find-command.ts';
import { runTool } from '../machine/run-tool.ts';
import { type NotSpawned, spawn } from '../machine/spawn.ts';
import type { Exit, ShellTask } from '../process-state.ts';
import { SIGNAL_TEXTS } from '../signals.ts';
import type { RedirectWord } from '../syntax/program.ts';
import { afterCommand } from './after-command.ts';
import { redirect } from './redirect.ts';
import { complain, finish, printError, type Shell } from './shell.ts';
import { exportedVariables } from './variables.ts';

interface Command {
  readonly argv: readonly string[];
  readonly assigned: readonly { readonly name: string; readonly value: string }[];
  readonly redirects: readonly RedirectWord[];
  readonly targets: readonly string[];
}

/**
 * Runs a command that is not the shell's own, as a child for which the shell waits. The last command of a
 * `-c` text or of a subshell takes the shell's place instead, unless there are traps (`ash.c`: EV_EXIT,
 * may_have_traps); so
 * `sh -c 'sleep 600'` is a `sleep` with the shell's pid.
 */
export function execute(shell: Shell, command: Command): void {
  const { machine, task } = shell;
  const fds = command.redirects.length > 0 ? redirect(shell, command.redirects, command.targets) : task.fds;
  if (!fds) {
    finish(shell, 1);
    afterCommand(shell);
    return;
  }
  const env = exportedVariables(machine.state, task);
  for (const { name, value } of command.assigned) env[name] = value;
  const isLast = takesPlace(task);
  const spawning = {
    argv: command.argv,
    parent: task.pid,
    cwd: task.cwd,
    fds,
    env,
    ignored: ignoredBy(task),
  };
  const made = spawn(machine, { ...spawning, ...(isLast && { replaces: task }) });
  if ('code' in made) {
    failed(shell, command.argv[0] ?? '', made, fds);
    return;
  }
  if (isLast) return;
  if (made.task.kind === 'tool') runTool(machine, made.task);
  const exit = task.children?.[made.task.pid];
  if (exit) {
    ended(shell, made.task.pid, exit);
    return;
  }
  task.frames[task.frames.length - 1] = { op: 'foreground', pid: made.task.pid };
  task.wait = { children: [made.task.pid] };
}

/** The foreground command of the frame on top has ended. */
export function ended(shell: Shell, pid: number, exit: Exit): void {
  delete shell.task.children?.[pid];
  if (exit.signal) sayKilled(shell, exit);
  finish(shell, exit.code);
  afterCommand(shell);
}

export function sayKilled(shell: Shell, { signal }: Exit): void {
  const text = signal && SIGNAL_TEXTS[signal];
  if (text) printError(shell, `${text}\n`);
}

/** Whether nothing is left to do after the command of the frame on top. */
function takesPlace(task: ShellTask): boolean {
  if (task.script && task.shellPid === undefined) return false;
  for (const name in task.traps) if (task.traps[name] !== '') return false;
  return task.frames.every(
    (frame, index) => index === task.frames.length - 1 || (frame.op === 'restore' && !frame.vars),
  );
}

export function ignoredBy(task: ShellTask): NonNullable<ShellTask['ignored']> {
  const ignored = [...(task.ignored ?? [])];
  for (const name in task.traps) {
    if (task.traps[name] === '' && name !== 'EXIT') ignored.push(name as (typeof ignored)[number]);
  }
  return ignored;
}

function failed(shell: Shell, name: string, { code, why }: NotSpawned, fds: ShellTask['fds']): void {
  // The child that could not become the command says so, through its own redirections.
  const own = shell.task.fds;
  shell.task.fds = fds;
  complain(shell, `${name}: ${failureText(shell.task, why)}`);
  shell.task.fds = own;
  finish(shell, code);
  afterCommand(shell);
}

/** Why a command cannot be run, as the three shells say it. */
export function failureText(task: ShellTask, why: CommandFailure): string {
  if (why === 'denied') return 'Permission denied';
  if (why === 'directory') return task.bash ? 'Is a directory' : 'Permission denied';
  if (!task.bash) return 'not found';
  return why === 'missing' ? 'No such file or directory' : 'command not found';
}
