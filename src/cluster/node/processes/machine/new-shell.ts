import type { Frame, ShellTask, ToolTask, Variable } from '../process-state.ts';
import { frameOf } from '../shell/frame-of.ts';
import { compileScript } from '../syntax/compile-script.ts';
import { dialectOf, type Machine, newId } from './machine.ts';

type TaskBase = Omit<ToolTask, 'kind' | 'tool' | 'env'>;

/**
 * A shell that was started by its name: `sh -c 'text' name args`, `sh file args`, or `sh` with a script as
 * input.
 */
export function newShell(
  machine: Machine,
  base: TaskBase,
  env: Readonly<Record<string, string | null>>,
  shell: string,
): ShellTask {
  const call = readCall(base.argv.slice(1));
  const vars: Record<string, Variable | null> = {};
  for (const [name, value] of Object.entries(env))
    vars[name] = value === null ? null : { value, exported: true };
  vars['PWD'] = { value: base.cwd, exported: true };
  const level = vars['SHLVL']?.value ?? machine.state.env['SHLVL'] ?? '0';
  vars['SHLVL'] = { value: String((Number(level) || 0) + 1), exported: true };
  const isDash = shell === 'dash' || (shell === 'sh' && machine.host.image.userland === 'gnu');
  const task: ShellTask = {
    ...base,
    kind: 'shell',
    name: base.argv[0] ?? 'sh',
    ...(shell === 'bash' && { bash: true }),
    ...(isDash && { dash: true }),
    args: [],
    vars,
    functions: {},
    traps: {},
    options: call.text === undefined ? call.options : `${call.options}c`,
    status: 0,
    frames: [],
  };
  const [first, ...rest] = call.operands;
  if (call.failure !== undefined) task.frames.push({ op: 'fail', message: call.failure, code: 2 });
  else if (call.text !== undefined) {
    task.name = first ?? task.name;
    task.args = rest;
    task.frames.push(scriptFrame(machine, task, call.text));
  } else if (first === undefined || call.fromInput) {
    task.args = call.operands;
    task.frames.push({ op: 'script', text: '' });
  } else {
    task.args = rest;
    task.frames.push(fileFrame(machine, task, first));
  }
  return task;
}

/** The frame of a whole script, which is kept with the state so that frames can refer to it. */
export function scriptFrame(machine: Machine, task: ShellTask, text: string): Frame {
  const script = String(newId(machine));
  machine.state.scripts[script] = text;
  const program = compileScript(text, dialectOf(task));
  return frameOf(program, script, program.root);
}

function fileFrame(machine: Machine, task: ShellTask, path: string): Frame {
  const resolved = machine.files.resolve(path, task.cwd) ?? path;
  const node = machine.files.node(resolved);
  const why = !node ? 'No such file or directory' : node.kind === 'directory' ? 'Is a directory' : undefined;
  if (why) return { op: 'fail', message: cannotOpen(task, path, why), code: task.bash ? 127 : 2 };
  task.name = path;
  task.script = true;
  return scriptFrame(machine, task, node?.content ?? '');
}

function cannotOpen(task: ShellTask, path: string, why: string): string {
  if (task.bash) return `${path}: ${why}`;
  return task.dash ? `0: cannot open ${path}: No such file` : `can't open '${path}': ${why}`;
}

interface ShellCall {
  readonly options: string;
  readonly operands: string[];
  readonly text?: string;
  readonly fromInput?: boolean;
  readonly failure?: string;
}

/** Options that change what the shell does; the others are accepted. */
const KEPT_LETTERS = 'aefuxC';
const KNOWN_LETTERS = `${KEPT_LETTERS}bhilmnvc`;
const LONG_NAMES: Readonly<Record<string, string>> = {
  errexit: 'e',
  nounset: 'u',
  xtrace: 'x',
  noglob: 'f',
  pipefail: 'p',
};

function readCall(args: readonly string[]): ShellCall {
  const read = { options: '', takesText: false, fromInput: false };
  let at = 0;
  for (; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (!/^[-+]/.test(arg)) break;
    if (arg === '--' || arg === '-') {
      at += 1;
      break;
    }
    if (arg.startsWith('--')) continue;
    const failure = readLetters(read, arg, args[at + 1]);
    if (failure !== undefined) return { options: read.options, operands: [], failure };
    if (arg.endsWith('o')) at += 1;
  }
  const { options, takesText, fromInput } = read;
  const operands = args.slice(at);
  if (!takesText) return { options, operands, ...(fromInput && { fromInput }) };
  const [text, ...rest] = operands;
  if (text === undefined) return { options, operands: [], failure: '-c requires an argument' };
  return { options, operands: rest, text };
}

/** The letters of one word, of which `o` names an option by the word after it. */
function readLetters(
  read: { options: string; takesText: boolean; fromInput: boolean },
  arg: string,
  next: string | undefined,
): string | undefined {
  for (const letter of arg.slice(1)) {
    if (letter === 'c') read.takesText = true;
    else if (letter === 's') read.fromInput = true;
    else if (letter === 'o') read.options += LONG_NAMES[next ?? ''] ?? '';
    else if (!KNOWN_LETTERS.includes(letter)) return `illegal option -${letter}`;
    else if (arg.startsWith('-') && KEPT_LETTERS.includes(letter)) read.options += letter;
  }
  return undefined;
}
