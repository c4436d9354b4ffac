import { extended } from '../../../objects/json.ts';
import { nameOf } from '../files/paths.ts';
import type { Descriptor, ProgramTask, Task, ToolTask } from '../process-state.ts';
import type { SignalName } from '../signals.ts';
import { addChild } from './children.ts';
import { type CommandFailure, DEFAULT_PATH, type FoundCommand, findCommand } from './find-command.ts';
import { type Machine, newPid, STEPS_OF_A_START, spend } from './machine.ts';
import { newShell } from './new-shell.ts';

/** A command to be started. */
export interface Spawning {
  readonly argv: readonly string[];
  readonly parent: number;
  readonly cwd: string;
  readonly fds: Readonly<Record<string, Descriptor>>;
  /** What differs from the container's environment. */
  readonly env: Readonly<Record<string, string | null>>;
  readonly ignored?: readonly SignalName[];
  /** Takes the place of this task instead of being a new one. */
  readonly replaces?: Task;
}

export interface NotSpawned {
  readonly code: 126 | 127;
  readonly why: CommandFailure;
}

/** Puts a new task into the table; running it is the scheduler's. */
export function spawn(machine: Machine, spawning: Spawning): { readonly task: Task } | NotSpawned {
  const { argv, cwd } = spawning;
  const found = findCommand(machine, argv[0] ?? '', { cwd, path: pathOf(machine, spawning) });
  if (found.kind === 'failure') return found;
  const made = makeTask(machine, spawning, found);
  if ('code' in made) return made;
  spend(machine, STEPS_OF_A_START + Object.keys(machine.state.tasks).length);
  machine.state.tasks[made.pid] = made;
  if (!spawning.replaces) addChild(machine.state, made.parent, made.pid);
  return { task: made };
}

const pathOf = (machine: Machine, { env }: Spawning): string =>
  env['PATH'] ?? machine.state.env['PATH'] ?? DEFAULT_PATH;

type TaskBase = Omit<ToolTask, 'kind' | 'tool' | 'env'>;

function makeTask(machine: Machine, spawning: Spawning, found: FoundCommand): Task | NotSpawned {
  const base = baseOf(machine, spawning);
  const env = { ...spawning.env };
  switch (found.kind) {
    case 'tool':
      return extended(base, { kind: 'tool' as const, tool: found.tool, env }) satisfies ToolTask;
    case 'program':
      return extended(base, { kind: 'program' as const, program: found.program, env }) satisfies ProgramTask;
    case 'shell':
      return newShell(machine, base, env, found.name);
    case 'script':
      return scriptTask(machine, { ...spawning, found }, base);
    case 'failure':
      return found;
  }
}

function baseOf(machine: Machine, spawning: Spawning): TaskBase {
  const { argv, parent, cwd, fds, ignored, replaces } = spawning;
  return {
    pid: replaces?.pid ?? newPid(machine),
    parent: replaces?.parent ?? parent,
    argv: [...argv],
    cwd,
    startedAt: replaces?.startedAt ?? machine.now,
    fds: { ...fds },
    ...(ignored && ignored.length > 0 && { ignored: [...ignored] }),
    ...(replaces?.children && { children: replaces.children }),
  };
}

/** A file with execute permission: its first line may name its interpreter, else a shell runs it. */
function scriptTask(
  machine: Machine,
  spawning: Spawning & { found: { readonly path: string } },
  base: TaskBase,
): Task | NotSpawned {
  const { path } = spawning.found;
  const resolved = machine.files.resolve(path, spawning.cwd) ?? path;
  const content = machine.files.node(resolved)?.content ?? '';
  const line = /^#!\s*(\S+)[ \t]*(.*)/.exec(content);
  const interpreter = line ? [line[1] ?? '', ...(line[2] ? [line[2].trim()] : [])] : ['/bin/sh'];
  const isEnv = nameOf(interpreter[0] ?? '') === 'env' && interpreter[1];
  const command = isEnv ? (interpreter[1] ?? '') : (interpreter[0] ?? '');
  const found = findCommand(machine, command, { cwd: spawning.cwd, path: pathOf(machine, spawning) });
  if (found.kind === 'failure' || found.kind === 'script') return { code: 127, why: 'missing' };
  const argv = [...(isEnv ? [command] : interpreter), path, ...spawning.argv.slice(1)];
  return makeTask(
    machine,
    { ...spawning, argv, replaces: { ...base, kind: 'tool', tool: '', env: {} } },
    found,
  );
}
