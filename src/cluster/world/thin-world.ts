import type { Entry } from '../../kernel/log/entry.ts';
import { createThinStore } from '../../kernel/table/thin-store.ts';
import type { Event } from '../contract/event.ts';
import { evolve } from './evolve.ts';
import { SHAPE, type World, type WorldRows } from './world.ts';

/**
 * The world before the first entry of a log too long to keep all that was ever in it: of each row it keeps
 * every so many-th version, and folds the log's entries again for those between.
 */
export function thinWorld(every: number, entryAt: (seq: number) => Entry<Event>): World {
  const store = createThinStore<WorldRows>(SHAPE, {
    every,
    fold(before, seq) {
      evolve({ seq: seq - 1, at: 0, store: before }, entryAt(seq));
    },
  });
  return { seq: 0, at: 0, store };
}
