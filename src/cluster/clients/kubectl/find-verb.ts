import type { Flag } from '../flags/flag.ts';
import { GLOBAL_FLAGS, HELP_FLAG } from './flags/common-flags.ts';
import type { Verb } from './verb.ts';

/** A verb and what is left of the words for it. */
export interface FoundVerb {
  readonly verb: Verb;
  /** `kubectl create deployment` */
  readonly path: string;
  /** Where its last word stood; absent for kubectl itself. */
  readonly place?: number;
  /** The words without those of the verb. */
  readonly words: readonly string[];
  /** Where each of them stood. */
  readonly indexes: readonly number[];
}

export type VerbSearch =
  | { readonly found: FoundVerb }
  /** No verb is called so, below the verb at `path` (or at the top). */
  | {
      readonly unknown: string;
      readonly index: number;
      readonly path: string;
      readonly known: readonly Verb[];
    };

/**
 * Finds the verb in a command line: flags may stand before it, with values of their own (cobra:
 * Command.Find).
 */
export function findVerb(words: readonly string[], verbs: readonly Verb[]): VerbSearch {
  let indexes = words.map((_word, index) => index);
  let path = 'kubectl';
  let verb: Verb | undefined;
  let at: number | undefined;
  let below: readonly Verb[] = verbs;
  while (below.length > 0) {
    const place = firstArgument(indexes.map((index) => words[index] ?? ''));
    const index = place === undefined ? undefined : indexes[place];
    const word = index === undefined ? undefined : words[index];
    if (index === undefined || word === undefined) break;
    const next = below.find(({ name, aliases = [] }) => name === word || aliases.includes(word));
    if (next === undefined) {
      if (verb?.run !== undefined) break;
      return { unknown: word, index, path, known: below };
    }
    verb = next;
    at = index;
    path = `${path} ${next.name}`;
    below = next.subverbs ?? [];
    indexes = indexes.filter((_index, position) => position !== place);
  }
  const rest = indexes.map((index) => words[index] ?? '');
  const found = { verb: verb ?? { name: '', subverbs: verbs }, path, words: rest, indexes };
  return { found: at === undefined ? found : { ...found, place: at } };
}

const FLAGS_BEFORE: readonly Flag[] = [
  ...GLOBAL_FLAGS,
  HELP_FLAG,
  { name: 'filename', short: 'f', kind: 'list' },
];

/** The place of the first word that is neither a flag nor a flag's value. */
function firstArgument(words: readonly string[]): number | undefined {
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--') return undefined;
    if (!word.startsWith('-') || word === '-') return index;
    const flag = FLAGS_BEFORE.find(({ name, short }) => word === `--${name}` || word === `-${short}`);
    if (flag !== undefined && flag.bare === undefined) index += 1;
  }
  return undefined;
}
