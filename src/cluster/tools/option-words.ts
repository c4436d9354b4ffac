/** The options of a command line, or what is wrong with it. */
export function readOptionWords(args: readonly string[], syntax: OptionSyntax): Options | string {
  const found = new Map<string, string[]>();
  const operands: string[] = [];
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
    if (typeof taken === 'string') return taken;
    for (const [letter, value] of taken.options) found.set(letter, [...(found.get(letter) ?? []), value]);
    if (taken.usesNext) at += 1;
  }
  return {
    operands,
    has: (letter) => found.has(letter),
    value: (letter) => found.get(letter)?.at(-1),
    values: (letter) => found.get(letter) ?? [],
  };
}

export interface Options {
  readonly operands: readonly string[];
  has(letter: string): boolean;
  value(letter: string): string | undefined;
  /** All values of an option that may stand several times. */
  values(letter: string): readonly string[];
}

export interface OptionSyntax {
  /** As for getopt: `n:qv` takes a value for `n`. */
  readonly letters: string;
  /**
   * Long options and the letters that they stand for; any text of more than one character stands for itself.
   */
  readonly long?: Readonly<Record<string, string>>;
  /** Options end at the first operand: `env`, `timeout`. */
  readonly stopsEarly?: boolean;
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
