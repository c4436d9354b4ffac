import type { Frame, ShellTask, ToolTask, Variable } from '../process-state.ts';
import { frameOf } from '../shell/frame-of.ts';
import { compileScript } from '../syntax/compile-script.ts';
import { dialectOf, type Machine, newId } from './machine.ts';

type TaskBase = Omit<ToolTask, 'kind' | 'tool' | 'env'>;

/** A shell that was started by its name: `sh -c 'text' name args`, `sh file args`, or `sh` with a script as input. */
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
  readonly fromInput?: true;
  readonly failure?: string;
}

const KNOWN_OPTIONS = 'abcefhilmnsuvxC';

function readCall(args: readonly string[]): ShellCall {
  let options = '';
  let takesText = false;
  let fromInput = false;
  let at = 0;
  for (; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--' || arg === '-') {
      at += 1;
      break;
    }
    if (!/^[-+]./.test(arg)) break;
    if (arg === '-o' || arg === '-eo' || arg === '-euo' || arg === '-exo' || arg === '-euxo') {
      options += arg.slice(1, -1);
      at += 1;
      if (args[at] === 'pipefail') options += 'p';
      else options += { errexit: 'e', nounset: 'u', xtrace: 'x' }[args[at] ?? ''] ?? '';
      continue;
    }
    if (arg.startsWith('--')) continue;
    for (const letter of arg.slice(1)) {
      if (letter === 'c') takesText = true;
      else if (letter === 's') fromInput = true;
      else if (!KNOWN_OPTIONS.includes(letter))
        return { options, operands: [], failure: `illegal option -${letter}` };
      else if (arg.startsWith('-') && 'aefuxC'.includes(letter)) options += letter;
    }
  }
  const operands = args.slice(at);
  if (!takesText) return { options, operands, ...(fromInput && { fromInput }) };
  const [text, ...rest] = operands;
  if (text === undefined) return { options, operands: [], failure: '-c requires an argument' };
  return { options, operands: rest, text };
}
