import { notice } from '../machine/machine.ts';
import type { ToolIo } from './tool.ts';

export interface Options {
  readonly operands: readonly string[];
  has(letter: string): boolean;
  value(letter: string): string | undefined;
  /** All values of an option that may stand several times. */
  values(letter: string): readonly string[];
}

interface OptionSyntax {
  /** As for getopt: `n:qv` takes a value for `n`. */
  readonly letters: string;
  /**
   * Long options and the letters that they stand for; any text of more than one character stands for itself.
   */
  readonly long?: Readonly<Record<string, string>>;
  /** Options end at the first operand: `env`, `timeout`. */
  readonly stopsEarly?: boolean;
}

/**
 * The options of a command line; undefined when one is not known, which is then said together with the usage.
 */
export function readOptions(io: ToolIo, usage: string, syntax: OptionSyntax): Options | undefined {
  const found = new Map<string, string[]>();
  const operands: string[] = [];
  const add = (letter: string, value = ''): void => {
    found.set(letter, [...(found.get(letter) ?? []), value]);
  };
  const { args } = io;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (!/^-./.test(arg)) {
      operands.push(...(syntax.stopsEarly ? args.slice(at) : [arg]));
      if (syntax.stopsEarly) break;
      continue;
    }
    const taken = arg.startsWith('--')
      ? readLong(arg, args[at + 1], syntax)
      : readShort(arg, args[at + 1], syntax);
    if (typeof taken === 'string') {
      refuse(io, usage, taken);
      return undefined;
    }
    for (const [letter, value] of taken.options) add(letter, value);
    if (taken.usesNext) at += 1;
  }
  return {
    operands,
    has: (letter) => found.has(letter),
    value: (letter) => found.get(letter)?.at(-1),
    values: (letter) => found.get(letter) ?? [],
  };
}

interface Taken {
  readonly options: readonly (readonly [letter: string, value: string])[];
  readonly usesNext?: boolean;
}

function readLong(arg: string, next: string | undefined, syntax: OptionSyntax): Taken | string {
  const [name = '', inline] = arg.slice(2).split(/=(.*)/s);
  const letter = syntax.long?.[name];
  if (letter === undefined) return `unrecognized option '--${name}'`;
  const takesValue = letter.endsWith(':') || syntax.letters.includes(`${letter}:`);
  const key = letter.replace(/:$/, '');
  if (!takesValue) return { options: [[key, '']] };
  if (inline !== undefined) return { options: [[key, inline]] };
  if (next === undefined) return `option '--${name}' requires an argument`;
  return { options: [[key, next]], usesNext: true };
}

function readShort(arg: string, next: string | undefined, syntax: OptionSyntax): Taken | string {
  const options: (readonly [string, string])[] = [];
  for (let index = 1; index < arg.length; index += 1) {
    const letter = arg[index] ?? '';
    const at = letter === ':' ? -1 : syntax.letters.indexOf(letter);
    if (at < 0) return `invalid option -- '${letter}'`;
    if (syntax.letters[at + 1] !== ':') {
      options.push([letter, '']);
      continue;
    }
    const rest = arg.slice(index + 1);
    if (rest === '' && next === undefined) return `option requires an argument -- '${letter}'`;
    return { options: [...options, [letter, rest === '' ? (next ?? '') : rest]], usesNext: rest === '' };
  }
  return { options };
}

/** Says what is wrong, then the usage in the form of the image's tools. */
export function refuse(io: ToolIo, usage: string, text: string): void {
  io.complain(text);
  printUsage(io, usage);
}

export function printUsage(io: ToolIo, usage: string): void {
  if (isGnu(io)) io.err(`Try '${io.name} --help' for more information.\n`);
  else io.err(`BusyBox v1.36.1 (2023-05-18 22:34:17 UTC) multi-call binary.\n\nUsage: ${usage}\n`);
}

export const isGnu = (io: ToolIo): boolean => io.machine.host.image.userland === 'gnu';

/** Names what is not simulated, where the user sees it, and as a notice. */
export function notSimulated(io: ToolIo, what: string): 1 {
  io.complain(`${what} is not simulated`);
  notice(io.machine, `${io.name}: ${what} is not simulated`);
  return 1;
}
