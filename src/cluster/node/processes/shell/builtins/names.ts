import { commandPath, DEFAULT_PATH } from '../../machine/find-command.ts';
import type { ShellTask } from '../../process-state.ts';
import { callFunction, functionOf } from '../call-function.ts';
import { execute } from '../execute.ts';
import { complain, complainAs, type Shell } from '../shell.ts';
import { getVariable } from '../variables.ts';
import { type Builtin, printOut } from './builtin.ts';

const KEYWORDS = [
  '!',
  '[[',
  'case',
  'do',
  'done',
  'elif',
  'else',
  'esac',
  'fi',
  'for',
  'function',
  'if',
  'in',
  'then',
  'until',
  'while',
  '{',
  '}',
];

/** How builtins are found, handed in so that the table of all builtins does not need itself. */
export type FindBuiltin = (name: string, task: ShellTask) => Builtin | undefined;

function pathOf({ machine, task }: Shell, name: string): string | undefined {
  const path = getVariable(machine.state, task, 'PATH') ?? DEFAULT_PATH;
  return commandPath(machine, name, task, path);
}

/** `type name`, and with `command -V`: what a name stands for. */
function describe(shell: Shell, name: string, find: FindBuiltin): string | undefined {
  if (KEYWORDS.includes(name)) return `${name} is a shell keyword`;
  if (functionOf(shell.task, name)) return `${name} is a function`;
  const builtin = find(name, shell.task);
  if (builtin) return `${name} is a ${builtin.special && !shell.task.bash ? 'special ' : ''}shell builtin`;
  const path = pathOf(shell, name);
  return path === undefined ? undefined : `${name} is ${path}`;
}

export const typeBuiltin = (find: FindBuiltin): Builtin => ({
  run(call) {
    let status = 0;
    for (const name of call.args) {
      const text = describe(call.shell, name, find);
      if (text === undefined) status = call.shell.task.bash ? 1 : 127;
      printOut(call, `${text ?? `${name}: not found`}\n`);
    }
    return status;
  },
});

export const command = (find: FindBuiltin): Builtin => ({
  run(call) {
    const { shell, args } = call;
    const [option = '', ...rest] = args;
    if (option === '-v' || option === '-V') return describeAll(call, option, rest, find);
    const argv = option === '-p' || option === '--' ? rest : args;
    const name = argv[0];
    if (name === undefined) return 0;
    const builtin = find(name, shell.task);
    if (builtin) return builtin.run({ ...call, name, args: argv.slice(1) });
    // `execute` stands on a frame of its own, as the command that it runs in the place of.
    shell.task.frames.push({ op: 'source', kind: 'eval' });
    execute(shell, { argv, assigned: [], redirects: [], targets: [] });
    return undefined;
  },
});

function describeAll(
  call: Parameters<Builtin['run']>[0],
  option: string,
  names: readonly string[],
  find: FindBuiltin,
): number {
  const { shell } = call;
  let status = 0;
  for (const name of option === '-v' && !shell.task.bash ? names.slice(0, 1) : names) {
    const text = option === '-V' ? describe(shell, name, find) : shortName(shell, name, find);
    if (text !== undefined) printOut(call, `${text}\n`);
    else {
      status = shell.task.bash ? 1 : 127;
      if (option === '-V') complain(shell, `${name}: not found`);
    }
  }
  return status;
}

function shortName(shell: Shell, name: string, find: FindBuiltin): string | undefined {
  if (KEYWORDS.includes(name) || functionOf(shell.task, name) || find(name, shell.task)) return name;
  return pathOf(shell, name);
}

export const hash: Builtin = {
  run({ shell, args }) {
    let status = 0;
    for (const name of args) {
      if (name.startsWith('-') || pathOf(shell, name) !== undefined) continue;
      complainAs(shell, 'hash', `${name}: not found`);
      status = 1;
    }
    return status;
  },
};

/** bash's `builtin name`. */
export const builtin = (find: FindBuiltin): Builtin => ({
  run(call) {
    const [name = '', ...args] = call.args;
    if (functionOf(call.shell.task, name) && !find(name, call.shell.task))
      callFunction(call.shell, name, args);
    const found = find(name, call.shell.task);
    return found ? found.run({ ...call, name, args }) : 1;
  },
});
