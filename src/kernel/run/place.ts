import type { Millis } from '../time/millis.ts';

/**
 * Where a piece of work stands in the order of all work: by time, then actor, then key, in code-unit order.
 * The tie-break is stated so, and not by the seq of the cause, because it can be read off an entry: a fork
 * finds from the last entry alone which work at that same instant has been done and which is still to come.
 */
export interface Place {
  readonly at: Millis;
  readonly actor: string;
  readonly key: string;
}

/** Negative when `a` comes first, 0 for the same place. */
export function comparePlaces(a: Place, b: Place): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.actor !== b.actor) return a.actor < b.actor ? -1 : 1;
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return 0;
}

/** The first instant at which (actor, key) can still work once the work at `done` has been done. */
export function earliestAfter(done: Place, actor: string, key: string): Millis {
  const isLater = actor === done.actor ? key > done.key : actor > done.actor;
  return isLater ? done.at : done.at + 1;
}
