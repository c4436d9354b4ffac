import { drawWhole } from '../../kernel/chance/draw.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import type { Agenda, Due } from '../../kernel/run/agenda.ts';
import { createDueQueue } from '../../kernel/run/due-queue.ts';
import { comparePlaces, earliestAfter, type Place } from '../../kernel/run/place.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Address, Component } from '../contract/component.ts';
import type { Event } from '../contract/event.ts';
import { changeOf } from '../world/changes.ts';
import { objectReader, rowReader } from '../world/readers.ts';
import type { World } from '../world/world.ts';
import type { Cluster } from './cluster.ts';
import { createDeliveries } from './deliveries.ts';
import { perform } from './perform.ts';
import { retryDelay } from './retry.ts';
import { viewOf } from './view.ts';

/**
 * What is due in a cluster. A key is either *dirty* (a change has been sent to its actor, which will look at it a
 * little after it arrives), or *asleep* until its component's own wake. All of it follows from the log and the
 * world: a fork folds the log's changes again and asks every component for its wakes.
 */
export function createAgenda(
  cluster: Cluster,
  world: World,
  log: readonly Entry<Event>[],
): Agenda<World, Event> {
  const { settings } = cluster;
  const queue = createDueQueue();
  const deliveries = createDeliveries(settings);
  /** The looks at a dirty key that are still to come, by time. */
  const dirty = new Map<string, Due[]>();
  const wakes = new Map<string, Due>();
  /** Refusals that an address met one after another. */
  const refusals = new Map<string, number>();
  /** seq of the last entry of each actor that assumes its own writes. */
  const written = new Map<string, number>();

  const seenBy = (component: Component, actor: string, state: World, at: Millis): number => {
    if (component.readsStore) return state.seq;
    const arrived = deliveries.arrived(actor, at);
    return component.assumes ? Math.max(arrived, written.get(actor) ?? 0) : arrived;
  };

  const soil = (address: Address, arrives: Millis, cause: number): void => {
    const id = idOf(address);
    const looks = dirty.get(id) ?? [];
    const last = looks[looks.length - 1];
    // A look that is still to come will see this change too.
    if (last && last.at >= arrives) return;
    const [low, high] = settings.latencies.work;
    const at = arrives + drawWhole(settings, low, high, 'work', address.actor, address.key, cause);
    const due: Due = { at, actor: address.actor, key: address.key, cause };
    looks.push(due);
    dirty.set(id, looks);
    queue.push(due);
  };

  const deliver = (tables: World['store']['tables'], entry: Entry<Event>): void => {
    const { event, actor, key, at, seq } = entry;
    const id = idOf(entry);
    if (cluster.componentOf(actor)?.assumes) written.set(actor, seq);
    if (event.type === 'RequestRefused') {
      const count = (refusals.get(id) ?? 0) + 1;
      refusals.set(id, count);
      if (cluster.componentOf(actor)?.readsStore !== true)
        soil({ actor, key }, at + retryDelay(event, count), seq);
      return;
    }
    if (refusals.size > 0) refusals.delete(id);
    const change = changeOf(tables, entry);
    if (!change) return;
    const rows = rowReader({ tables, seq });
    const objects = objectReader({ tables, seq });
    for (const component of cluster.watchersOf(change.resource)) {
      for (const delivery of component.deliveriesOf?.(change, rows, objects) ?? []) {
        const arrives = component.readsStore ? at : deliveries.send(delivery.actor, entry);
        if (delivery.key !== undefined) soil({ actor: delivery.actor, key: delivery.key }, arrives, seq);
      }
    }
  };

  const rewake = (state: World, address: Address, from: Millis): void => {
    const id = idOf(address);
    wakes.delete(id);
    const component = cluster.componentOf(address.actor);
    if (!component?.wake || dirty.has(id)) return;
    const view = viewOf(cluster, state, seenBy(component, address.actor, state, from));
    const wake = component.wake(view, address, from);
    if (!wake) return;
    const due: Due = {
      at: Math.max(wake.at, from),
      actor: address.actor,
      key: address.key,
      cause: wake.cause,
    };
    wakes.set(id, due);
    queue.push(due);
  };

  const forget = (done: Place): void => {
    const id = idOf(done);
    const looks = dirty.get(id);
    while (looks?.[0] && looks[0].at <= done.at) looks.shift();
    if (looks?.length === 0) dirty.delete(id);
  };

  const peek = (): Due | undefined => {
    for (let due = queue.peek(); due; due = queue.peek()) {
      const id = idOf(due);
      const looks = dirty.get(id);
      if (due === (looks ? looks[0] : wakes.get(id))) return due;
      queue.pop();
    }
    return undefined;
  };

  const observeConcerns = (state: World, entry: Entry<Event>): void => {
    const rows = rowReader({ tables: state.store.tables, seq: state.seq });
    for (const component of cluster.concerned) {
      for (const address of component.concernsOf?.(entry, rows) ?? []) {
        rewake(state, address, earliestAfter(entry, address.actor, address.key));
      }
    }
  };

  const last: Place = log.at(-1) ?? { at: 0, actor: '', key: '' };
  for (const entry of log) {
    for (let due = queue.peek(); due && comparePlaces(due, entry) <= 0; due = queue.peek()) {
      queue.pop();
      forget(due);
    }
    deliver(world.store.tables, entry);
  }
  for (const component of cluster.components) {
    const view = viewOf(cluster, world, world.seq);
    for (const address of component.addresses?.(view) ?? []) {
      rewake(world, address, earliestAfter(last, address.actor, address.key));
    }
  }

  return {
    peek,
    perform(state, due) {
      const component = cluster.componentOf(due.actor);
      if (!component) throw new Error(`nobody is ${due.actor}, who is due at ${due.at} ms`);
      const seen = seenBy(component, due.actor, state, due.at);
      return perform({ cluster, component, due, seen }, state);
    },
    finish(state, due) {
      queue.pop();
      wakes.delete(idOf(due));
      forget(due);
      rewake(state, due, earliestAfter(due, due.actor, due.key));
    },
    observe(state, entry) {
      deliver(state.store.tables, entry);
      observeConcerns(state, entry);
    },
  };
}

function idOf(address: Address): string {
  return `${address.actor}\u0000${address.key}`;
}
