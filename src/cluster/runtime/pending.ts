import { beginDraw, type DrawBegun, drawWholeAfter } from '../../kernel/chance/draw.ts';
import type { Due } from '../../kernel/run/agenda.ts';
import { createDueQueue, type DueQueue } from '../../kernel/run/due-queue.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { latencyOf } from '../contract/latencies.ts';
import type { Cluster } from './cluster.ts';
import { createDeliveries, type Deliveries } from './deliveries.ts';
import { createTurnedBack, type TurnedBack, type Watcher } from './turned-back.ts';
import type { Sight } from './view.ts';

/** The index over what is pending. Nothing in it is more than a reading of the log and the world. */
export interface Pending {
  readonly cluster: Cluster;
  readonly queue: DueQueue<Task>;
  readonly actors: Map<string, Actor>;
  readonly turned: TurnedBack;
  /** Some program has been made slow at some time. */
  isHindered: boolean;
}

/** Somebody who works, and what is pending for it. */
export interface Actor extends Watcher {
  readonly name: string;
  readonly deliveries: Deliveries;
  /** When the last of the looks that come in turn has taken its time. */
  turnEnds: Millis;
  /** seq of its last entry, if it assumes its own writes. */
  written: number;
  /** Begins the draws of how long it takes to look; made when it is first asked for. */
  working: DrawBegun | undefined;
  /** What it looks with; made when it first looks. */
  sight: Sight | undefined;
  /** By key; only those for which something is pending. */
  readonly desks: Map<string, Desk>;
}

/** A key of an actor, and what is pending for it. */
export interface Desk {
  readonly actor: Actor;
  readonly key: string;
  /** The looks at what has become dirty that are still to come, by time. */
  readonly looks: Task[];
  wake: Task | undefined;
  /** The look after a refusal. It keeps nobody from looking earlier because of something else. */
  retry: Task | undefined;
  /** Looks that met a refusal, one after another, and when the last of them was. */
  refused: { readonly count: number; readonly at: Millis } | undefined;
}

/** Due work that knows where it lies. It counts for as long as its desk says so. */
export interface Task extends Due {
  readonly desk: Desk;
}

export function createPending(cluster: Cluster): Pending {
  return {
    cluster,
    queue: createDueQueue(),
    actors: new Map(),
    turned: createTurnedBack(),
    isHindered: false,
  };
}

export function actorNamed({ cluster, actors }: Pending, name: string): Actor {
  let actor = actors.get(name);
  if (!actor) {
    const component = cluster.componentOf(name);
    const deliveries = createDeliveries(cluster.settings, name);
    const listedAt = new Map<string, number>();
    const expected = new Set<string>();
    const metAt = new Map<string, number>();
    const caches = { listedAt, metAt, expected, staleness: undefined, turnEnds: 0 };
    const begun = { working: undefined, sight: undefined };
    actor = { name, component, deliveries, ...caches, ...begun, written: 0, desks: new Map() };
    actors.set(name, actor);
  }
  return actor;
}

export function deskAt(actor: Actor, key: string): Desk {
  let desk = actor.desks.get(key);
  if (!desk) {
    desk = { actor, key, looks: [], wake: undefined, retry: undefined, refused: undefined };
    actor.desks.set(key, desk);
  }
  return desk;
}

/** A desk on which nothing lies is put away. */
export function tidy(desk: Desk): void {
  const { actor, key, looks, wake, retry, refused } = desk;
  if (looks.length > 0 || wake || retry || refused) return;
  if (actor.desks.get(key) === desk) actor.desks.delete(key);
}

/** All that is pending for an actor is given up. The tasks stay in the queue, and count no more. */
export function clear({ desks }: Actor): void {
  for (const desk of desks.values()) {
    desk.looks.length = 0;
    desk.wake = undefined;
    desk.retry = undefined;
    desk.refused = undefined;
  }
}

interface Arrival {
  readonly arrives: Millis;
  /** seq of what arrives. */
  readonly cause: number;
  /** How much later than the first of its kind it is looked at. */
  readonly after: Millis | undefined;
  /** How long it takes where looks come in turn. */
  readonly turn: Millis | undefined;
}

/**
 * The address will look a little after something has arrived for it, unless a look that is still to come sees
 * it too.
 */
export function soil(pending: Pending, desk: Desk, arrival: Arrival): void {
  const { actor, key, looks } = desk;
  const { arrives, cause } = arrival;
  const last = looks[looks.length - 1];
  if (last && last.at >= arrives) return;
  const at = looksAt(pending, desk, arrival);
  const due: Task = { at, actor: actor.name, key, cause, desk };
  looks.push(due);
  pending.queue.push(due);
}

function looksAt({ cluster }: Pending, { actor, key }: Desk, { arrives, after, turn }: Arrival): Millis {
  const { settings } = cluster;
  const [low, high] = latencyOf(settings.latencies, actor.component?.looksAfter ?? 'work');
  actor.working ??= beginDraw(settings, 'work', actor.name);
  const { working } = actor;
  const isOwn = after === undefined && turn === undefined;
  const wait = isOwn
    ? drawWholeAfter(working, low, high, key, arrives)
    : drawWholeAfter(working, low, high, arrives);
  const at = arrives + wait + (after ?? 0);
  if (turn === undefined) return at;
  const begins = Math.max(at, actor.turnEnds);
  actor.turnEnds = begins + turn;
  return begins;
}

/** The address will look at a time, unless something else is thought of until then. */
export function taskAt({ queue }: Pending, desk: Desk, at: Millis, cause: number | null): Task {
  const due: Task = { at, actor: desk.actor.name, key: desk.key, cause, desk };
  queue.push(due);
  return due;
}

/** The desk has been looked at. */
export function forget(desk: Desk, at: Millis): void {
  if (desk.retry && desk.retry.at <= at) desk.retry = undefined;
  const { looks } = desk;
  while (looks[0] && looks[0].at <= at) looks.shift();
}
