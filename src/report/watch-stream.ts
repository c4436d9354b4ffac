import type { Event } from '../cluster/contract/event.ts';
import { changeOf } from '../cluster/world/changes.ts';
import { evolve } from '../cluster/world/evolve.ts';
import { emptyWorld } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';

/**
 * The changes of the API's objects as a watch over everything would have reported them: one JSON line a
 * change,
 * `{"t_ms": …, "type": "ADDED|MODIFIED|DELETED", "object": {…}}`, the form of recordings of real clusters.
 */
export function* watchStreamOf(entries: Iterable<Entry<Event>>): Generator<string, void, void> {
  let world = emptyWorld();
  for (const entry of entries) {
    world = evolve(world, entry);
    const change = changeOf(world.store.tables, entry);
    if (change) yield `${JSON.stringify({ t_ms: entry.at, type: change.type, object: change.object })}\n`;
  }
}
