import type { Entry } from '../../kernel/log/entry.ts';
import type { Agenda, Due } from '../../kernel/run/agenda.ts';
import { comparePlaces, earliestAfter, type Place } from '../../kernel/run/place.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Address, Component } from '../contract/component.ts';
import type { Event } from '../contract/event.ts';
import { changeOf } from '../world/changes.ts';
import { objectReader, rowReader } from '../world/readers.ts';
import type { World } from '../world/world.ts';
import type { Cluster } from './cluster.ts';
import { createPending, forget, idOf, type Pending, retry, soil } from './pending.ts';
import { perform } from './perform.ts';
import { retryDelay } from './retry.ts';
import { viewOf } from './view.ts';

/**
 * What is due in a cluster. A key is either *dirty* (a change has been sent to its actor, which will look at
 * it a little after it arrives), or *asleep* until its component's own wake. All of it follows from the log
 * and the world: a fork folds the log's changes again and asks every component for its wakes.
 */
export function createAgenda(
  cluster: Cluster,
  world: World,
  log: readonly Entry<Event>[],
): Agenda<World, Event> {
  const pending = createPending(cluster);
  rebuild(pending, world, log);
  return {
    peek: () => peek(pending),
    perform(state, due) {
      const component = cluster.componentOf(due.actor);
      if (!component) throw new Error(`nobody is ${due.actor}, who is due at ${due.at} ms`);
      return perform(
        {
          cluster,
          component,
          due,
          seen: seenBy(pending, component, { actor: due.actor, state, at: due.at }),
        },
        state,
      );
    },
    finish(state, due) {
      pending.queue.pop();
      pending.wakes.delete(idOf(due));
      forget(pending, due);
      rewake(pending, state, { address: due, from: earliestAfter(due, due.actor, due.key) });
    },
    observe(state, entry) {
      deliver(pending, state.store.tables, entry);
      const rows = rowReader({ tables: state.store.tables, seq: state.seq });
      for (const component of cluster.concerned) {
        for (const address of component.concernsOf?.(entry, rows) ?? []) {
          rewake(pending, state, { address, from: earliestAfter(entry, address.actor, address.key) });
        }
      }
    },
  };
}

/** What was pending after the last entry: work up to its place has been done, silent work included. */
function rebuild(pending: Pending, world: World, log: readonly Entry<Event>[]): void {
  const { queue, cluster } = pending;
  for (const entry of log) {
    for (let due = queue.peek(); due && comparePlaces(due, entry) <= 0; due = queue.peek()) {
      queue.pop();
      forget(pending, due);
    }
    deliver(pending, world.store.tables, entry);
  }
  const last: Place = log.at(-1) ?? { at: 0, actor: '', key: '' };
  const view = viewOf(cluster, world, world.seq);
  for (const component of cluster.components) {
    for (const address of component.addresses?.(view) ?? []) {
      rewake(pending, world, { address, from: earliestAfter(last, address.actor, address.key) });
    }
  }
}

/** The earliest due work; what has been overtaken meanwhile is dropped on the way. */
function peek({ queue, dirty, wakes, retries }: Pending): Due | undefined {
  for (let due = queue.peek(); due; due = queue.peek()) {
    const id = idOf(due);
    const looks = dirty.get(id);
    if (due === (looks ? looks[0] : wakes.get(id)) || due === retries.get(id)) return due;
    queue.pop();
  }
  return undefined;
}

/** Sends what an entry changed on its way to those who watch it. */
function deliver(pending: Pending, tables: World['store']['tables'], entry: Entry<Event>): void {
  const { cluster, deliveries, refusals, written } = pending;
  const { event, actor, key, at, seq } = entry;
  const origin = cluster.componentOf(actor);
  if (origin?.assumes) written.set(actor, seq);
  const id = idOf(entry);
  if (event.type === 'RequestRefused') {
    const known = refusals.get(id);
    // A look that is refused several things has failed once.
    const count = known?.at === at ? known.count : (known?.count ?? 0) + 1;
    refusals.set(id, { count, at });
    if (!origin?.readsStore) retry(pending, { at: at + retryDelay(count), actor, key, cause: seq });
    return;
  }
  // What it does besides, such as telling of the refusal, makes no success of it.
  if (refusals.size > 0 && refusals.get(id)?.at !== at) refusals.delete(id);
  const change = changeOf(tables, entry);
  if (!change) return;
  const rows = rowReader({ tables, seq });
  const objects = objectReader({ tables, seq });
  for (const component of cluster.watchersOf(change.resource)) {
    for (const delivery of component.deliveriesOf?.(change, rows, objects) ?? []) {
      const arrives = component.readsStore ? at : deliveries.send(delivery.actor, entry);
      if (delivery.key === undefined) continue;
      soil(pending, { actor: delivery.actor, key: delivery.key }, { arrives, cause: seq });
    }
  }
}

interface Waking {
  readonly address: Address;
  /** The first instant at which it may look. */
  readonly from: Millis;
}

/** Asks a component when it wants to look at a key again; a dirty key is asked about after its look. */
function rewake(pending: Pending, state: World, { address, from }: Waking): void {
  const { cluster, wakes, dirty, queue } = pending;
  const { actor, key } = address;
  const id = idOf(address);
  wakes.delete(id);
  const component = cluster.componentOf(actor);
  if (!component?.wake || dirty.has(id)) return;
  const view = viewOf(cluster, state, seenBy(pending, component, { actor, state, at: from }));
  const wake = component.wake(view, address, from);
  if (!wake) return;
  const due: Due = { at: Math.max(wake.at, from), actor, key, cause: wake.cause };
  wakes.set(id, due);
  queue.push(due);
}

interface Moment {
  readonly actor: string;
  readonly state: World;
  readonly at: Millis;
}

/** seq up to which an actor knows the store. */
function seenBy(
  { deliveries, written }: Pending,
  component: Component,
  { actor, state, at }: Moment,
): number {
  if (component.readsStore) return state.seq;
  const arrived = deliveries.arrived(actor, at);
  return component.assumes ? Math.max(arrived, written.get(actor) ?? 0) : arrived;
}
