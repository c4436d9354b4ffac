import type { Entry } from '../../kernel/log/entry.ts';
import type { Agenda, Due } from '../../kernel/run/agenda.ts';
import { comparePlaces, earliestAfter, type Place } from '../../kernel/run/place.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Address, Component } from '../contract/component.ts';
import type { Event } from '../contract/event.ts';
import { versionedActor } from '../world/own-version.ts';
import type { World } from '../world/world.ts';
import { worksIn } from './at-work.ts';
import type { Cluster } from './cluster.ts';
import { createDelivering, type Deliver } from './deliver.ts';
import {
  type Actor,
  actorNamed,
  createPending,
  type Desk,
  deskAt,
  forget,
  type Pending,
  type Task,
  taskAt,
  tidy,
} from './pending.ts';
import { perform } from './perform.ts';
import { oldestStaleness, stalenessOf } from './turned-back.ts';
import { createSight, type Sight, turnTo } from './view.ts';

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
  const deliver = createDelivering(pending, world);
  rebuild(pending, { world, log, deliver });
  const concerned = createSight(cluster, world, world.seq);
  // What is due lies on the desk that it was taken from.
  let next: Task | undefined;
  const deskOf = (due: Due): Desk =>
    due === next ? next.desk : deskAt(actorNamed(pending, due.actor), due.key);
  return {
    peek() {
      next = peek(pending);
      return next;
    },
    perform(state, due, happens) {
      const { actor } = deskOf(due);
      const { component } = actor;
      if (!component) throw new Error(`nobody is ${due.actor}, who is due at ${due.at} ms`);
      const sight = sightOf(pending, actor, state, due.at);
      perform({ cluster, component, due, sight, happens }, state);
    },
    finish(state, due) {
      pending.queue.pop();
      const desk = deskOf(due);
      forget(desk, due.at);
      // Its own time is over: a key that works again at this instant would work before itself.
      wakeAgain(pending, state, { actor: desk.actor, known: desk, address: due, from: due.at + 1 });
      tidy(desk);
    },
    observe(state, entry) {
      const begun = deliver(state, entry);
      const sights = begun.length === 0 ? [] : sightsOfAll(pending, state);
      for (const component of begun) wakeAll(pending, state, { component, after: entry, sights });
      const components = cluster.concernedBy(entry.event);
      if (components.length === 0) return;
      turnTo(concerned, state, state.seq);
      for (const component of components) {
        for (const address of component.concernsOf?.(entry, concerned.view.rows) ?? NOBODY) {
          rewake(pending, state, { address, from: earliestAfter(entry, address.actor, address.key) });
        }
      }
    },
  };
}

const NOBODY: readonly Address[] = [];

interface Past {
  readonly world: World;
  readonly log: readonly Entry<Event>[];
  readonly deliver: Deliver;
}

/** What was pending after the last entry: work up to its place has been done, silent work included. */
function rebuild(pending: Pending, { world, log, deliver }: Past): void {
  const { queue, cluster } = pending;
  for (const entry of log) {
    for (let due = queue.peek(); due && comparePlaces(due, entry) <= 0; due = queue.peek()) {
      queue.pop();
      forget(due.desk, due.at);
      tidy(due.desk);
    }
    deliver(world, entry);
  }
  const last: Place = log.at(-1) ?? { at: 0, actor: '', key: '' };
  const sights = sightsOfAll(pending, world);
  for (const component of cluster.components) wakeAll(pending, world, { component, after: last, sights });
}

/** Asks a component for all its wakes. */
function wakeAll(
  pending: Pending,
  world: World,
  {
    component,
    after,
    sights,
  }: { readonly component: Component; readonly after: Place; readonly sights: readonly Sight[] },
): void {
  for (const { view } of sights) {
    for (const address of component.addresses?.(view) ?? []) {
      rewake(pending, world, { address, from: earliestAfter(after, address.actor, address.key) });
    }
  }
}

/** What there is, and where etcd was turned back also what some may still hold to be there. */
function sightsOfAll({ cluster, turned }: Pending, world: World): readonly Sight[] {
  const now = createSight(cluster, world, world.seq);
  const staleness = oldestStaleness(turned);
  if (!staleness) return [now];
  const before = createSight(cluster, world, world.seq);
  turnTo(before, world, world.seq, staleness);
  return [now, before];
}

/** The earliest due work; what has been overtaken meanwhile is dropped on the way. */
function peek({ queue }: Pending): Task | undefined {
  for (let due = queue.peek(); due; due = queue.peek()) {
    const { looks, wake, retry } = due.desk;
    if (due === (looks[0] ?? wake) || due === retry) return due;
    queue.pop();
  }
  return undefined;
}

interface Waking {
  readonly address: Address;
  /** The first instant at which it may look. */
  readonly from: Millis;
}

/** Asks a component when it wants to look at a key again; a dirty key is asked about after its look. */
function rewake(pending: Pending, state: World, { address, from }: Waking): void {
  const actor = actorNamed(pending, address.actor);
  wakeAgain(pending, state, { actor, known: actor.desks.get(address.key), address, from });
}

interface WakingActor extends Waking {
  readonly actor: Actor;
  /** What lies for that key, if anything does. */
  readonly known: Desk | undefined;
}

function wakeAgain(pending: Pending, state: World, { actor, known, address, from }: WakingActor): void {
  if (known) known.wake = undefined;
  const { component } = actor;
  if (!component?.wake || (known && known.looks.length > 0)) return;
  const { view } = sightOf(pending, actor, state, from);
  const wake = worksIn(component, view.rows, view.settings) ? component.wake(view, address, from) : undefined;
  if (!wake) return;
  const desk = known ?? deskAt(actor, address.key);
  desk.wake = taskAt(pending, desk, Math.max(wake.at, from), wake.cause);
}

/** What an actor looks with at a time. */
function sightOf({ cluster, turned }: Pending, actor: Actor, state: World, at: Millis): Sight {
  const seen = seenBy(actor, state, at);
  actor.sight ??= createSight(cluster, state, seen, versionedActor(actor.component, actor.name));
  turnTo(actor.sight, state, seen, actor.component?.readsStore ? undefined : stalenessOf(turned, actor));
  return actor.sight;
}

/** seq up to which an actor knows the store. */
function seenBy({ component, deliveries, written }: Actor, state: World, at: Millis): number {
  if (component?.readsStore) return state.seq;
  const arrived = deliveries.arrived(at);
  return component?.assumes ? Math.max(arrived, written) : arrived;
}
