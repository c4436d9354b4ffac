/** The options and the other words of a text tool's command line, in getopt's manner. */
export interface Options {
  /** By letter or long name; an option without a value has ''. */
  readonly given: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
  /** What is no option of the tool. */
  readonly unknown?: string;
}

export interface OptionSpec {
  /** Letters of options without a value. */
  readonly flags: string;
  /** Letters of options with one. */
  readonly valued?: string;
  /** Long names, and the letter each stands for. */
  readonly long?: Readonly<Record<string, string>>;
  /** `-5` is short for this option with the value 5. */
  readonly number?: string;
}

export function readOptions(args: readonly string[], spec: OptionSpec): Options {
  const given = new Map<string, string>();
  const operands: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    if (word === '--') return { given, operands: [...operands, ...args.slice(index + 1)] };
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const taking = { given, next: args[index + 1] };
    const taken = word.startsWith('--') ? takeLong(word, spec, taking) : takeShort(word, spec, taking);
    if (taken === 'value') index += 1;
    else if (taken !== undefined) return { given, operands, unknown: taken };
  }
  return { given, operands };
}

interface Taking {
  readonly given: Map<string, string>;
  readonly next: string | undefined;
}

/** Returns `value` when the next word was taken too, or what is unknown. */
function takeLong(word: string, spec: OptionSpec, { given, next }: Taking): string | undefined {
  const [name = '', value] = word.slice(2).split(/=(.*)/s);
  const letter = spec.long?.[name];
  if (letter === undefined) return word;
  const takesNext = value === undefined && spec.valued?.includes(letter) === true;
  given.set(letter, (takesNext ? next : value) ?? '');
  return takesNext ? 'value' : undefined;
}

/** `-5`, `-rn`, `-n5`, `-n 5`. */
function takeShort(word: string, spec: OptionSpec, taking: Taking): string | undefined {
  if (spec.number !== undefined && /^-\d+$/.test(word)) {
    taking.given.set(spec.number, word.slice(1));
    return undefined;
  }
  const taken = takeLetters(word.slice(1), spec, taking);
  return taken === undefined || taken === 'value' ? taken : `-${taken}`;
}

function takeLetters(
  letters: string,
  { flags, valued = '' }: OptionSpec,
  { given, next }: Taking,
): string | undefined {
  for (const [index, letter] of [...letters].entries()) {
    if (flags.includes(letter)) {
      given.set(letter, '');
    } else if (valued.includes(letter)) {
      const rest = letters.slice(index + 1);
      given.set(letter, rest === '' ? (next ?? '') : rest);
      return rest === '' ? 'value' : undefined;
    } else {
      return letter;
    }
  }
  return undefined;
}
