import type { ToolTask } from '../process-state.ts';
import { toolOf } from '../tools/registry.ts';
import type { SpawnOptions, ToolIo, ToolOutcome } from '../tools/tool.ts';
import { endTask, killedBy } from './children.ts';
import { isFull, writeTo } from './descriptors.ts';
import type { Machine } from './machine.ts';
import { spend } from './machine.ts';
import { envOf } from './run-program.ts';
import { signalPid } from './signal-task.ts';
import { spawn } from './spawn.ts';

/** Runs a tool until it waits or ends. */
export function runTool(machine: Machine, task: ToolTask): void {
  const tool = toolOf(task.tool);
  if (!tool) {
    endTask(machine.state, task.pid, { code: 127 });
    return;
  }
  spend(machine, 1);
  const outcome = tool.run(ioOf(machine, task));
  if (machine.state.tasks[task.pid] !== task) return;
  settle(machine, task, outcome);
}

function settle(machine: Machine, task: ToolTask, outcome: ToolOutcome): void {
  if (typeof outcome === 'number' || 'ended' in outcome) {
    endTask(machine.state, task.pid, typeof outcome === 'number' ? { code: outcome } : outcome.ended);
    return;
  }
  if ('exec' in outcome) {
    replaceBy(machine, task, outcome);
    return;
  }
  task.memory = outcome.memory;
  task.wait = outcome.wait;
  const full = Object.values(task.fds).find(
    (descriptor) => descriptor.endsWith('w') && isFull(machine, descriptor),
  );
  if (full !== undefined) task.wait = { drained: full };
}

function replaceBy(
  machine: Machine,
  task: ToolTask,
  outcome: Extract<ToolOutcome, { exec: readonly string[] }>,
): void {
  const made = spawn(machine, {
    argv: outcome.exec,
    parent: task.parent,
    cwd: outcome.cwd ?? task.cwd,
    fds: task.fds,
    env: outcome.env ?? task.env,
    ...(task.ignored && { ignored: task.ignored }),
    replaces: task,
  });
  if (!('code' in made)) return;
  const why = made.why === 'denied' ? 'Permission denied' : 'No such file or directory';
  writeTo(
    machine,
    task.fds['2'] ?? 'null',
    `${task.tool}: can't execute '${outcome.exec[0] ?? ''}': ${why}\n`,
  );
  endTask(machine.state, task.pid, { code: made.code });
}

function ioOf(machine: Machine, task: ToolTask): ToolIo {
  const write = (fd: string, text: string): void => {
    const descriptor = task.fds[fd];
    if (text === '' || descriptor === undefined) return;
    if (writeTo(machine, descriptor, text) === 'broken') endTask(machine.state, task.pid, killedBy('PIPE'));
  };
  const name = task.argv[0]?.split('/').at(-1) ?? task.tool;
  return {
    name,
    args: task.argv.slice(1),
    machine,
    task,
    files: machine.files,
    now: machine.now,
    memory: task.memory,
    env: () => envOf(machine, task),
    out: (text) => write('1', text),
    err: (text) => write('2', text),
    complain: (text) => write('2', `${name}: ${text}\n`),
    spawn: (argv, options) => spawnChild(machine, task, argv, options),
    ended: (pid) => task.children?.[pid] ?? undefined,
    signal: (pid, signal) => signalPid(machine, task, pid, signal),
  };
}

function spawnChild(
  machine: Machine,
  task: ToolTask,
  argv: readonly string[],
  options: SpawnOptions = {},
): number | { readonly pid: number } {
  const fds = { ...task.fds, ...(options.noInput && { '0': 'null' }) };
  const { cwd, env, ignored } = task;
  const made = spawn(machine, { argv, parent: task.pid, cwd, fds, env, ...(ignored && { ignored }) });
  return 'code' in made ? made.code : { pid: made.task.pid };
}
