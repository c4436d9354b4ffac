import type { Entry } from '../../kernel/log/entry.ts';
import type { Component, Delivery } from '../contract/component.ts';
import type { Event } from '../contract/event.ts';
import type { RowReader } from '../contract/reader.ts';
import { changeOf } from '../world/changes.ts';
import type { World } from '../world/world.ts';
import type { Sent } from './deliveries.ts';
import { listAnew, renewalsOf } from './list-anew.ts';
import { type Actor, actorNamed, deskAt, type Pending, soil, taskAt, tidy } from './pending.ts';
import { retryDelay } from './retry.ts';
import { isKeptFrom, noteChange, noteRestore, stalenessOf } from './turned-back.ts';
import { createSight } from './view.ts';

/** Sends what an entry changed on its way to those who watch it. */
export type Deliver = (world: World, entry: Entry<Event>) => void;

export function createDelivering(pending: Pending, world: World): Deliver {
  const { cluster } = pending;
  // What a change is judged by is the world as of that change.
  const sight = createSight(cluster, world, world.seq);
  const { objects, rows } = sight.view;
  const renew = (
    tables: World['store']['tables'],
    { entry, sent }: { entry: Entry<Event>; sent: Sent },
  ): void => {
    const { seq } = entry;
    for (const { component, actor: name, folders } of renewalsOf(pending, entry.event)) {
      const actor = actorNamed(pending, name);
      const changes = listAnew(pending, tables, { actor, folders, seq });
      // Even where nothing is otherwise it knows from then on that it is so.
      actor.deliveries.send(sent);
      sight.store.tables = tables;
      sight.store.seq = seq;
      for (const change of changes) {
        for (const delivery of component.deliveriesOf?.(change, rows, objects) ?? [])
          if (delivery.actor === name) hand(pending, { component, delivery, sent });
      }
    }
  };
  return ({ store: { tables } }, entry) => {
    const { actor: name, at, seq } = entry;
    noteAuthor(pending, entry);
    const change = changeOf(tables, entry);
    const sent = { seq, at, actor: name, key: entry.key };
    if (entry.event.type === 'StoreRestored')
      noteRestore(pending.turned, { at: seq, revision: entry.event.revision });
    if (!change) {
      sight.rows.tables = tables;
      sight.rows.seq = seq;
      beginAnew(pending, entry, { sent, rows });
      if (pending.turned.watches) renew(tables, { entry, sent });
      return;
    }
    const revision = noteChange(pending.turned, change);
    sight.store.tables = tables;
    sight.store.seq = seq;
    sight.rows.tables = tables;
    sight.rows.seq = seq;
    for (const component of cluster.watchersOf(change.resource)) {
      for (const delivery of component.deliveriesOf?.(change, rows, objects) ?? []) {
        if (component.isConnected?.(delivery.actor, rows) === false) continue;
        if (
          pending.turned.watches &&
          isUnheard(pending, { component, delivery }, { key: change.key, seq, revision })
        )
          continue;
        hand(pending, { component, delivery, sent });
      }
    }
  };
}

/** Actors that were cut off, or begin, are sent everything at once. */
function beginAnew(
  pending: Pending,
  { event }: Entry<Event>,
  { sent, rows }: { readonly sent: Sent; readonly rows: RowReader },
): void {
  for (const component of pending.cluster.beginningAnew(event)) {
    for (const delivery of component.listsAfresh?.(event, rows) ?? [])
      hand(pending, { component, delivery, sent });
  }
}

/** A watch from the future keeps silent. */
function isUnheard(
  pending: Pending,
  { component, delivery }: Omit<Handing, 'sent'>,
  reported: { readonly key: string; readonly seq: number; readonly revision: number },
): boolean {
  if (component.readsStore) return false;
  const actor = actorNamed(pending, delivery.actor);
  return isKeptFrom(stalenessOf(pending.turned, actor), reported);
}

interface Handing {
  readonly component: Component;
  readonly delivery: Delivery;
  readonly sent: Sent;
}

function hand(pending: Pending, { component, delivery, sent }: Handing): void {
  const actor = actorNamed(pending, delivery.actor);
  if (!component.readsStore) actor.deliveries.send(sent);
  if (delivery.key === undefined) return;
  const arrives = component.readsStore ? sent.at : actor.deliveries.lastArrives();
  soil(pending, deskAt(actor, delivery.key), { arrives, cause: sent.seq, after: delivery.after });
}

/** What an entry means for whoever wrote it: it knows of it, and it failed or it did not. */
function noteAuthor(pending: Pending, entry: Entry<Event>): void {
  const author = actorNamed(pending, entry.actor);
  if (author.component?.assumes) author.written = entry.seq;
  if (entry.event.type === 'RequestRefused') {
    noteRefusal(pending, author, entry);
    return;
  }
  // What it does besides, such as telling of the refusal, makes no success of it.
  const desk = author.desks.get(entry.key);
  if (!desk?.refused || desk.refused.at === entry.at) return;
  desk.refused = undefined;
  tidy(desk);
}

function noteRefusal(pending: Pending, author: Actor, { key, at, seq }: Entry<Event>): void {
  const desk = deskAt(author, key);
  const known = desk.refused;
  // A look that is refused several things has failed once.
  const count = known?.at === at ? known.count : (known?.count ?? 0) + 1;
  desk.refused = { count, at };
  if (!author.component?.readsStore) desk.retry = taskAt(pending, desk, at + retryDelay(count), seq);
}
