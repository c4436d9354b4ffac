import { compareText } from '../cluster/objects/json.ts';
import type { Case } from './case.ts';

export interface Selection {
  /** Of the name or the file. */
  readonly filter?: RegExp;
  /** Any of them; one with `!` before it must not be there. */
  readonly tags?: readonly string[];
  /** Which part of all cases, counted from 1. */
  readonly shard?: Shard;
  /** Besides each scenario's own seed: 1, 2, … up to this one. */
  readonly seeds?: number;
  /** Instead of each scenario's own. */
  readonly seed?: string;
}

export interface Shard {
  readonly part: number;
  readonly of: number;
}

/**
 * The cases that are run, ordered by file, so that the same shard is the same on each machine. The shards
 * together are all of them, and no case is in two.
 */
export function selectCases(found: readonly Case[], selection: Selection): readonly Case[] {
  const { filter, tags = [], shard, seeds, seed } = selection;
  const wanted = found
    .filter(({ name, path }) => filter === undefined || filter.test(name) || filter.test(path))
    .filter((each) => isTagged(each, tags))
    .sort((a, b) => compareText(a.path, b.path));
  const cases = wanted.flatMap((each) => seedsOf(each, seed, seeds));
  return shard ? cases.filter((_, index) => index % shard.of === shard.part - 1) : cases;
}

/** Whether something has one of the tags that are wanted, and none that is not. */
export function isTagged({ tags }: Pick<Case, 'tags'>, wanted: readonly string[]): boolean {
  const unwanted = wanted.filter((tag) => tag.startsWith('!')).map((tag) => tag.slice(1));
  const any = wanted.filter((tag) => !tag.startsWith('!'));
  if (unwanted.some((tag) => tags.includes(tag))) return false;
  return any.length === 0 || any.some((tag) => tags.includes(tag));
}

function seedsOf(each: Case, seed: string | undefined, seeds: number | undefined): readonly Case[] {
  if (seeds !== undefined)
    return Array.from({ length: seeds }, (_, index) => ({ ...each, seed: String(index + 1) }));
  return [seed === undefined ? each : { ...each, seed }];
}
