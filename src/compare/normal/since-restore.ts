import type { Leaves } from './flatten.ts';

/** What of an object is news, by what it said before and says now. */
export type NewsOf = (before: Leaves, now: Leaves) => Leaves;

/**
 * What writes of an object tell after etcd was turned back: leaves that stand as they were turned back to
 * tell nothing until they have been otherwise, as nobody wrote them. Whether somebody wrote something else of
 * the object meanwhile is a race.
 */
export function newsSince(restored: Leaves): NewsOf {
  const left = new Set<string>();
  return (before, now) => {
    const news = new Map<string, string>();
    for (const path of new Set([...now.keys(), ...before.keys()])) {
      const isRestored = !left.has(path) && restored.get(path) === now.get(path);
      if (!isRestored) left.add(path);
      const said = isRestored ? before.get(path) : now.get(path);
      if (said !== undefined) news.set(path, said);
    }
    return news;
  };
}
