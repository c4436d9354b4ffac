/** What a recorded `kubectl get` was asked. */
export interface GetLine {
  readonly kinds: readonly string[];
  readonly name?: string;
  /** `wide`, `custom-columns=…`, `jsonpath=…`; empty for a table. */
  readonly output: string;
  readonly labelColumns: readonly string[];
  readonly selector: string;
  readonly fieldSelector: string;
  readonly sortBy?: string;
  readonly noHeaders: boolean;
}

const SHORT: Readonly<Record<string, string>> = {
  '-o': '--output',
  '-L': '--label-columns',
  '-l': '--selector',
};

/** Undefined for any other command, and for one whose output goes somewhere else or on and on. */
export function readGetLine(line: string): GetLine | undefined {
  const words = wordsOf(line.replace(/ +#.*$/, ''));
  if (words[0] !== 'kubectl' || words[1] !== 'get') return undefined;
  if (words.some((word) => word === '|' || word.endsWith(';') || word === '-w')) return undefined;
  const args: string[] = [];
  const flags = new Map<string, string>();
  for (let i = 2; i < words.length; i += 1) {
    const word = words[i] ?? '';
    const long = SHORT[word];
    if (long !== undefined) {
      i += 1;
      flags.set(long, words[i] ?? '');
    } else if (word.startsWith('--')) {
      const [flag = '', value = 'true'] = word.split(/=(.*)/s);
      flags.set(flag, value);
    } else {
      args.push(word);
    }
  }
  const [kinds = '', name] = args;
  const sortBy = flags.get('--sort-by');
  return {
    kinds: kinds.split(','),
    ...(name === undefined ? {} : { name }),
    output: flags.get('--output') ?? '',
    labelColumns: flags.get('--label-columns')?.split(',') ?? [],
    selector: flags.get('--selector') ?? '',
    fieldSelector: flags.get('--field-selector') ?? '',
    ...(sortBy === undefined ? {} : { sortBy }),
    noHeaders: flags.has('--no-headers'),
  };
}

/** Splits at blanks outside quotes, and takes the quotes away. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? [];
  return words.map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double));
}
