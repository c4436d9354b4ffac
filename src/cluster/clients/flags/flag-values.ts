import { parseGoDuration } from '../../../kernel/time/go-duration.ts';
import { derived } from '../../objects/derived.ts';
import type { Flag } from './flag.ts';

/** What the flags of a call say. Names are those of the verb's own table: any other is a mistake of ours. */
export interface FlagValues {
  /** Whether it was typed at all. */
  isSet(name: string): boolean;
  bool(name: string): boolean;
  text(name: string): string;
  int(name: string): number;
  /** Milliseconds. */
  duration(name: string): number;
  list(name: string): readonly string[];
  /** Whether the verb has such a flag. */
  has(name: string): boolean;
}

export function flagValues(
  flags: readonly Flag[],
  typed: ReadonlyMap<string, readonly string[]>,
): FlagValues {
  const byName = flagsByName(flags);
  const last = (name: string): string => {
    const flag = byName.get(name);
    if (flag === undefined) throw new Error(`no flag is called ${name}`);
    return typed.get(name)?.at(-1) ?? flag.byDefault ?? '';
  };
  return {
    isSet: (name) => typed.has(name),
    has: (name) => byName.has(name),
    bool: (name) => parseBool(last(name)) === true,
    text: last,
    int: (name) => Number(last(name)),
    duration: (name) => parseGoDuration(last(name)) ?? 0,
    list(name) {
      const values = typed.get(name) ?? [];
      return byName.get(name)?.kind === 'list' ? values.flatMap((value) => value.split(',')) : values;
    },
  };
}

const flagsByName = derived(
  (flags: readonly Flag[]): ReadonlyMap<string, Flag> => new Map(flags.map((flag) => [flag.name, flag])),
);

/** Go's strconv.ParseBool. */
export function parseBool(text: string): boolean | undefined {
  if (/^(?:1|t|T|true|TRUE|True)$/.test(text)) return true;
  return /^(?:0|f|F|false|FALSE|False)$/.test(text) ? false : undefined;
}
