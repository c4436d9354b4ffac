import { parseGoDuration } from '../../../kernel/time/go-duration.ts';
import { quoteGo } from '../../objects/go-json.ts';

/** A flag as etcd's tools declare it. */
export interface FlagSpec {
  readonly name: string;
  readonly short?: string;
  readonly type: 'bool' | 'string' | 'int' | 'uint' | 'duration' | 'list';
  readonly preset: string;
  readonly usage: string;
}

/** A command as etcd's tools declare it. */
export interface CommandSpec {
  /** `snapshot save` */
  readonly words: string;
  /** What stands behind the name in its usage: `<filename>`. */
  readonly use: string;
  readonly short: string;
  readonly long?: string;
  readonly flags?: readonly FlagSpec[];
}

export interface Parsed<Spec extends CommandSpec> {
  /** Absent where only a group is named, or nothing. */
  readonly command?: Spec;
  /** The words of the command or the group. */
  readonly words: readonly string[];
  readonly operands: readonly string[];
  readonly values: ReadonlyMap<string, string>;
  readonly asksForHelp?: true;
}

export type ParseProblem =
  | { readonly problem: 'flag'; readonly message: string; readonly words: readonly string[] }
  | { readonly problem: 'command'; readonly message: string };

/**
 * Finds the command that is meant, and reads its flags, which may stand anywhere. A command may be cut short
 * while it is the only one that begins so: `compact`. (cobra: command.go Find; pflag.)
 */
export function parseCommand<Spec extends CommandSpec>(
  args: readonly string[],
  specs: readonly Spec[],
  globals: readonly FlagSpec[],
): Parsed<Spec> | ParseProblem {
  const bare = withoutFlags(args, globals);
  const words: string[] = [];
  const consumed: string[] = [];
  for (const word of bare) {
    const next = subcommand(word, words, specs);
    if (next === undefined) break;
    words.push(next);
    consumed.push(word);
    if (specs.some((spec) => spec.words === words.join(' '))) break;
  }
  const command = specs.find((spec) => spec.words === words.join(' '));
  if (words.length === 0 && bare[0] !== undefined) {
    return { problem: 'command', message: `unknown command ${quoteGo(bare[0])} for ` };
  }
  const flags = [...globals, ...(command?.flags ?? []), HELP];
  const read = readFlags(without(args, consumed), flags);
  if ('message' in read) return { problem: 'flag', message: read.message, words };
  return { words, ...read, ...(command && { command }) };
}

const HELP: FlagSpec = { name: 'help', short: 'h', type: 'bool', preset: 'false', usage: 'help' };

/** The words that may name commands: what belongs to a flag is none. */
function withoutFlags(args: readonly string[], globals: readonly FlagSpec[]): readonly string[] {
  const bare: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') break;
    if (!/^-./.test(arg)) {
      bare.push(arg);
      continue;
    }
    const name = arg.replace(/^--?/, '');
    const flag = [...globals, HELP].find((spec) => spec.name === name || spec.short === name);
    // Of a flag that it does not know yet it believes that a value follows, if it is a long one.
    const takesNext = arg.startsWith('--')
      ? flag?.type !== 'bool'
      : flag !== undefined && flag.type !== 'bool';
    if (!arg.includes('=') && takesNext && bare.length === 0) at += 1;
    else if (!arg.includes('=') && flag !== undefined && flag.type !== 'bool') at += 1;
  }
  return bare;
}

function subcommand(
  word: string,
  words: readonly string[],
  specs: readonly CommandSpec[],
): string | undefined {
  const prefix = words.length === 0 ? '' : `${words.join(' ')} `;
  const below = specs.filter((spec) => spec.words.startsWith(prefix));
  const names = new Set(below.map((spec) => spec.words.slice(prefix.length).split(' ')[0] ?? ''));
  names.delete('');
  if (names.has(word)) return word;
  const begun = [...names].filter((name) => name.startsWith(word));
  return begun.length === 1 ? begun[0] : undefined;
}

function without(args: readonly string[], words: readonly string[]): readonly string[] {
  const left = [...words];
  return args.filter((arg) => {
    if (left[0] !== arg) return true;
    left.shift();
    return false;
  });
}

type Read = Pick<Parsed<CommandSpec>, 'operands' | 'values' | 'asksForHelp'>;

function readFlags(args: readonly string[], flags: readonly FlagSpec[]): Read | { readonly message: string } {
  const operands: string[] = [];
  const values = new Map<string, string>();
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (!/^-./.test(arg)) {
      operands.push(arg);
      continue;
    }
    const taken = takeFlag(arg, args[at + 1], flags);
    if ('message' in taken) return taken;
    values.set(taken.name, taken.value);
    if (taken.usesNext) at += 1;
  }
  const asksForHelp = values.get('help') === 'true' ? { asksForHelp: true as const } : {};
  return { operands, values, ...asksForHelp };
}

type Taken =
  | { readonly name: string; readonly value: string; readonly usesNext: boolean }
  | { readonly message: string };

function takeFlag(arg: string, next: string | undefined, flags: readonly FlagSpec[]): Taken {
  const [name = '', inline] = arg.replace(/^--?/, '').split(/=(.*)/s);
  const isLong = arg.startsWith('--');
  const flag = flags.find((spec) => (isLong ? spec.name === name : spec.short === name.slice(0, 1)));
  if (flag === undefined)
    return { message: isLong ? `unknown flag: --${name}` : `unknown shorthand flag: '${name[0]}' in ${arg}` };
  const joined = !isLong && name.length > 1 ? name.slice(1) : inline;
  const own = joined ?? (flag.type === 'bool' ? 'true' : undefined);
  const value = own ?? next;
  if (value === undefined)
    return {
      message: isLong ? `flag needs an argument: --${name}` : `flag needs an argument: '${name}' in -${name}`,
    };
  const wrong = problemOf(value, flag);
  if (wrong === undefined) return { name: flag.name, value, usesNext: own === undefined };
  const named = flag.short === undefined ? `--${flag.name}` : `-${flag.short}, --${flag.name}`;
  return { message: `invalid argument ${quoteGo(value)} for ${quoteGo(named)} flag: ${wrong}` };
}

/** What Go's strconv and time say of a value that is none. */
function problemOf(value: string, { type }: Pick<FlagSpec, 'type'>): string | undefined {
  switch (type) {
    case 'bool':
      return /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value)
        ? undefined
        : `strconv.ParseBool: parsing ${quoteGo(value)}: invalid syntax`;
    case 'int':
      return /^[-+]?\d+$/.test(value)
        ? undefined
        : `strconv.ParseInt: parsing ${quoteGo(value)}: invalid syntax`;
    case 'uint':
      return /^\d+$/.test(value) ? undefined : `strconv.ParseUint: parsing ${quoteGo(value)}: invalid syntax`;
    case 'duration':
      return parseGoDuration(value) === undefined ? `time: invalid duration ${quoteGo(value)}` : undefined;
    default:
      return undefined;
  }
}
