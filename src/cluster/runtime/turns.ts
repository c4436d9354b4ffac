import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Component } from '../contract/component.ts';
import type { Event } from '../contract/event.ts';
import { compareText } from '../objects/json.ts';
import { resourceOfKey, storagePrefix } from '../objects/storage-key.ts';
import { rowReader } from '../world/readers.ts';
import type { WorldRows } from '../world/world.ts';
import { isLed, worksIn } from './at-work.ts';
import { actorNamed, clear, deskAt, type Pending, soil } from './pending.ts';
import type { Sight } from './view.ts';

/**
 * Programs of the control plane come and go, and their parts with them. One that begins lists afresh: it
 * knows the store as it is then, and looks at all that it would look at if everything had just been added.
 * What one that ends was about to do is not done. After a restore of etcd, one that only was not answered for
 * a while goes on from where it was: what its watches hold is what it believes. Handed back are those that
 * begin.
 */
export function takeTurns(pending: Pending, entry: Entry<Event>, sight: Sight): readonly Component[] {
  const { cluster } = pending;
  const { tables } = sight.store;
  const [before, after] = [entry.seq - 1, entry.seq].map((seq) => rowReader({ tables, seq }));
  const begun: Component[] = [];
  if (!before || !after) return begun;
  for (const component of cluster.turning(entry.event)) {
    const [did, does] = [before, after].map((rows) => worksIn(component, rows, cluster.settings));
    if (did === does) continue;
    for (const actor of pending.actors.values()) if (actor.component === component) clear(actor);
    if (!does) continue;
    begun.push(component);
    const [led, leads] = [before, after].map((rows) => isLed(component, rows, cluster.settings));
    if (led !== leads || !pending.turned.watches) listAll(pending, component, { entry, sight });
  }
  return begun;
}

interface Listing {
  readonly entry: Entry<Event>;
  readonly sight: Sight;
}

function listAll(pending: Pending, component: Component, { entry: { seq, at }, sight }: Listing): void {
  const { tables } = sight.store;
  const { objects, rows } = sight.view;
  const knowing = new Set<string>();
  const lists = (name: string): void => {
    if (knowing.has(name)) return;
    knowing.add(name);
    if (!component.readsStore) actorNamed(pending, name).deliveries.restart({ seq, at });
  };
  lists(component.name);
  for (const [resource, key] of keysOf(tables, component.watches ?? [], seq)) {
    const object = tables.objects.read(key, seq);
    if (!object) continue;
    const added = { type: 'ADDED', resource, key, object, seq } as const;
    for (const { actor, key: about, after, turn } of component.deliveriesOf?.(added, rows, objects) ?? []) {
      lists(actor);
      if (about === undefined) continue;
      soil(pending, deskAt(actorNamed(pending, actor), about), { arrives: at, cause: seq, after, turn });
    }
  }
}

/** What there is of the resources that somebody watches, in the order of the etcd keys of each. */
function* keysOf(
  { objects }: Tables<WorldRows>,
  watches: readonly string[],
  seq: number,
): Generator<readonly [resource: string, key: string]> {
  if (watches.includes('*')) {
    const all = [...objects.rows(seq)].sort(([one], [other]) => compareText(one, other));
    for (const [key, { apiVersion }] of all) yield [resourceOfKey(key, apiVersion), key];
    return;
  }
  for (const resource of watches) {
    for (const key of objects.keysBy('resource', storagePrefix(resource), seq)) yield [resource, key];
  }
}
