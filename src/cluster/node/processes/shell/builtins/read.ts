import { splitRead } from '../../expansion/split-read.ts';
import { consume, readable } from '../../machine/descriptors.ts';
import type { Frame, ReadOptions } from '../../process-state.ts';
import { afterCommand } from '../after-command.ts';
import { complain, complainAs, finish, type Shell } from '../shell.ts';
import { getVariable, isVariableName, setVariable } from '../variables.ts';
import type { Builtin } from './builtin.ts';

export const read: Builtin = {
  run(call) {
    const { shell } = call;
    const { options, names, wrong } = readArguments(call.args);
    if (wrong !== undefined) {
      complainAs(shell, 'read', wrong);
      return 2;
    }
    const bad = names.find((name) => !isVariableName(name));
    if (bad !== undefined) {
      complainAs(shell, 'read', `bad variable name '${bad}'`);
      return 2;
    }
    const until =
      options.seconds === undefined ? undefined : shell.machine.now + Math.round(options.seconds * 1000);
    shell.task.frames.push({ op: 'read', names, options, text: '', ...(until !== undefined && { until }) });
    return undefined;
  },
};

interface ReadArguments {
  readonly options: ReadOptions;
  readonly names: string[];
  readonly wrong?: string;
}

function readArguments(args: readonly string[]): ReadArguments {
  const options: ReadOptions = {};
  let at = 0;
  for (; at < args.length && /^-./.test(args[at] ?? ''); at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      at += 1;
      break;
    }
    const taken = takeLetters(options, arg, args[at + 1]);
    if (typeof taken === 'string') return { options, names: [], wrong: taken };
    if (taken.usesNext) at += 1;
  }
  const names = args.slice(at);
  return { options, names: names.length > 0 ? names : ['REPLY'] };
}

/** The options of one word, such as `-rt5`; a text says what is wrong. */
function takeLetters(
  options: ReadOptions,
  arg: string,
  next: string | undefined,
): { usesNext: boolean } | string {
  for (let index = 1; index < arg.length; index += 1) {
    const letter = arg[index] ?? '';
    if (letter === 'r') options.raw = true;
    else if (letter === 's') options.silent = true;
    else if ('ndtpu'.includes(letter)) {
      const rest = arg.slice(index + 1);
      const value = rest === '' ? next : rest;
      if (value === undefined) return `-${letter}: option requires an argument`;
      setOption(options, letter, value);
      return { usesNext: rest === '' };
    } else return `illegal option -${letter}`;
  }
  return { usesNext: false };
}

function setOption(options: ReadOptions, letter: string, value: string): void {
  if (letter === 'n') options.characters = Number(value) || 0;
  if (letter === 'd') options.delimiter = value.slice(0, 1);
  if (letter === 't') options.seconds = Number(value) || 0;
  if (letter === 'u') options.fd = Number(value) || 0;
}

/** Takes what is there; the line is whole at its delimiter, at its length, or at the end of all input. */
export function runRead(shell: Shell, frame: ReadFrame): void {
  const { machine, task } = shell;
  const descriptor = task.fds[frame.options.fd ?? 0];
  if (descriptor === undefined) {
    complain(shell, 'read error: Bad file descriptor');
    end(shell, 1);
  } else if (task.pending) end(shell, 1);
  else {
    const { text, ended, endless } = readable(machine, descriptor);
    const taken = takeLine(frame.text, text, frame.options);
    consume(machine, descriptor, taken.count);
    frame.text += text.slice(0, taken.count);
    if (taken.isWhole || ended) assignLine(shell, frame, taken.isWhole ? 0 : 1);
    else if (frame.until !== undefined && machine.now >= frame.until) end(shell, task.bash ? 142 : 1);
    else if (endless) task.wait = { cpus: 1, growing: { since: machine.now, bytesPerSecond: 1 << 24 } };
    else task.wait = { readable: descriptor, ...(frame.until !== undefined && { until: frame.until }) };
  }
}

type ReadFrame = Extract<Frame, { op: 'read' }>;

/**
 * How much of the text belongs to the line: up to its delimiter, of which a backslash may make an ordinary
 * character.
 */
function takeLine(before: string, text: string, options: ReadOptions): { count: number; isWhole: boolean } {
  const delimiter = options.delimiter === undefined ? '\n' : options.delimiter || '\0';
  const most = options.characters;
  let escaped = options.raw !== true && /(^|[^\\])(\\\\)*\\$/.test(before);
  for (let at = 0; at < text.length; at += 1) {
    if (most !== undefined && before.length + at >= most) return { count: at, isWhole: true };
    const char = text[at];
    if (char === delimiter && !escaped) return { count: at + 1, isWhole: true };
    escaped = !options.raw && char === '\\' && !escaped;
  }
  return { count: text.length, isWhole: most !== undefined && before.length + text.length >= most };
}

function assignLine(shell: Shell, frame: ReadFrame, status: number): void {
  const { machine, task } = shell;
  const { names, options } = frame;
  const delimiter = options.delimiter ?? '\n';
  const hasEnd = status === 0 && options.characters === undefined && frame.text.endsWith(delimiter);
  const line = hasEnd ? frame.text.slice(0, -1) : frame.text;
  const ifs = getVariable(machine.state, task, 'IFS') ?? ' \t\n';
  const values = splitRead(line, { names: names.length, ifs, raw: options.raw === true });
  for (const [index, name] of names.entries()) {
    if (!setVariable(machine.state, task, name, values[index] ?? ''))
      complain(shell, `${name}: is read only`);
  }
  end(shell, status);
}

function end(shell: Shell, status: number): void {
  finish(shell, status);
  afterCommand(shell);
}
