/** The options and the other words of a text tool's command line, in getopt's manner. */
export interface Options {
  /** By letter; an option without a value has ''. Of several values the last. */
  readonly given: ReadonlyMap<string, string>;
  /** All values of the options that have one, in order. */
  readonly values: readonly (readonly [letter: string, value: string])[];
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
  const values: (readonly [string, string])[] = [];
  const operands: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    if (word === '--') return { given, values, operands: [...operands, ...args.slice(index + 1)] };
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const taking = { given, values, next: args[index + 1] };
    const taken = word.startsWith('--') ? takeLong(word, spec, taking) : takeShort(word, spec, taking);
    if (taken === 'value') index += 1;
    else if (taken !== undefined) return { given, values, operands, unknown: taken };
  }
  return { given, values, operands };
}

interface Taking {
  readonly given: Map<string, string>;
  readonly values: (readonly [string, string])[];
  readonly next: string | undefined;
}

/** Returns `value` when the next word was taken too, or what is unknown. */
function takeLong(word: string, spec: OptionSpec, { given, values, next }: Taking): string | undefined {
  const [name = '', value] = word.slice(2).split(/=(.*)/s);
  const letter = spec.long?.[name];
  if (letter === undefined) return word;
  const takesNext = value === undefined && spec.valued?.includes(letter) === true;
  const taken = (takesNext ? next : value) ?? '';
  given.set(letter, taken);
  if (spec.valued?.includes(letter)) values.push([letter, taken]);
  return takesNext ? 'value' : undefined;
}

/** `-5`, `-rn`, `-n5`, `-n 5`. */
function takeShort(word: string, spec: OptionSpec, taking: Taking): string | undefined {
  if (spec.number !== undefined && /^-\d+$/.test(word)) {
    taking.given.set(spec.number, word.slice(1));
    taking.values.push([spec.number, word.slice(1)]);
    return undefined;
  }
  const taken = takeLetters(word.slice(1), spec, taking);
  return taken === undefined || taken === 'value' ? taken : `-${taken}`;
}

function takeLetters(
  letters: string,
  { flags, valued = '' }: OptionSpec,
  { given, values, next }: Taking,
): string | undefined {
  for (const [index, letter] of [...letters].entries()) {
    if (flags.includes(letter)) {
      given.set(letter, '');
    } else if (valued.includes(letter)) {
      const rest = letters.slice(index + 1);
      const taken = rest === '' ? (next ?? '') : rest;
      given.set(letter, taken);
      values.push([letter, taken]);
      return rest === '' ? 'value' : undefined;
    } else {
      return letter;
    }
  }
  return undefined;
}
