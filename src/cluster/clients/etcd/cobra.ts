import { quoteGo } from '../../objects/go-json.ts';
import { parseBool } from '../flags/flag-values.ts';
import { parseFlags } from '../flags/parse-flags.ts';
import { bool, type ToolFlag } from './command-flags.ts';

/** A command as etcd's tools declare it. */
export interface CommandSpec {
  /** `snapshot save` */
  readonly words: string;
  /** What stands behind the name in its usage: `<filename>`. */
  readonly use: string;
  readonly short: string;
  readonly long?: string;
  readonly flags?: readonly ToolFlag[];
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
  globals: readonly ToolFlag[],
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
  const read = parseFlags(without(args, consumed), flags, { nameOf: (typed) => typed });
  if ('problem' in read) return { problem: 'flag', message: read.problem.message, words };
  const values = new Map([...read.parsed.typed].map(([name, typed]) => [name, typed.at(-1) ?? '']));
  const asksForHelp = parseBool(values.get('help') ?? '') === true;
  return {
    words,
    operands: read.parsed.args,
    values,
    ...(asksForHelp && { asksForHelp }),
    ...(command && { command }),
  };
}

const HELP: ToolFlag = { ...bool('help', 'help'), short: 'h' };

/** The words that may name commands: what belongs to a flag is none. */
function withoutFlags(args: readonly string[], globals: readonly ToolFlag[]): readonly string[] {
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
      ? flag?.kind !== 'bool'
      : flag !== undefined && flag.kind !== 'bool';
    if (!arg.includes('=') && takesNext && bare.length === 0) at += 1;
    else if (!arg.includes('=') && flag !== undefined && flag.kind !== 'bool') at += 1;
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
