/** The flags and the other words of a kubeadm command. */
export interface Flags {
  readonly given: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
  /** What is no flag of the command. */
  readonly unknown?: string;
}

export interface FlagSpec {
  /** Flags with a value. */
  readonly texts?: readonly string[];
  /** Flags without, which may be set to `false`. */
  readonly bools?: readonly string[];
  /** One-letter names, and what each stands for. */
  readonly short?: Readonly<Record<string, string>>;
}

const COMMON_TEXTS = ['kubeconfig', 'config', 'rootfs', 'v', 'cert-dir', 'kubeconfig-dir', 'patches'];

/** cobra's way with flags: `--name value`, `--name=value`, `-y`. */
export function readFlags(args: readonly string[], { texts = [], bools = [], short = {} }: FlagSpec): Flags {
  const given = new Map<string, string>();
  const operands: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const [typed = '', value] = word.replace(/^--?/, '').split(/=(.*)/s);
    const name = word.startsWith('--') ? typed : (short[typed] ?? typed);
    if (bools.includes(name)) {
      given.set(name, value ?? 'true');
    } else if (texts.includes(name) || COMMON_TEXTS.includes(name)) {
      given.set(name, value ?? args[index + 1] ?? '');
      if (value === undefined) index += 1;
    } else {
      return { given, operands, unknown: word };
    }
  }
  return { given, operands };
}

export function isSet({ given }: Flags, name: string): boolean {
  const value = given.get(name);
  return value !== undefined && value !== 'false';
}
