import { drawWhole } from '../../kernel/chance/draw.ts';
import type { Due } from '../../kernel/run/agenda.ts';
import { createDueQueue, type DueQueue } from '../../kernel/run/due-queue.ts';
import type { Place } from '../../kernel/run/place.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Address } from '../contract/component.ts';
import type { Cluster } from './cluster.ts';
import { createDeliveries, type Deliveries } from './deliveries.ts';

/** The index over what is pending. Nothing in it is more than a reading of the log and the world. */
export interface Pending {
  readonly cluster: Cluster;
  readonly queue: DueQueue;
  readonly deliveries: Deliveries;
  /** The looks at a dirty key that are still to come, by time. */
  readonly dirty: Map<string, Due[]>;
  readonly wakes: Map<string, Due>;
  /**
   * Looks that are tried again after a refusal. They keep nobody from looking earlier because of something
   * else.
   */
  readonly retries: Map<string, Due>;
  /** Looks of an address that met a refusal, one after another, and when the last of them was. */
  readonly refusals: Map<string, { readonly count: number; readonly at: Millis }>;
  /** seq of the last entry of each actor that assumes its own writes. */
  readonly written: Map<string, number>;
}

export function createPending(cluster: Cluster): Pending {
  return {
    cluster,
    queue: createDueQueue(),
    deliveries: createDeliveries(cluster.settings),
    dirty: new Map(),
    wakes: new Map(),
    retries: new Map(),
    refusals: new Map(),
    written: new Map(),
  };
}

/**
 * The address will look a little after something has arrived for it, unless a look that is still to come sees
 * it too.
 */
export function soil(
  { cluster: { settings }, dirty, queue }: Pending,
  { actor, key }: Address,
  { arrives, cause }: { readonly arrives: Millis; readonly cause: number },
): void {
  const id = idOf({ actor, key });
  const looks = dirty.get(id) ?? [];
  const last = looks[looks.length - 1];
  if (last && last.at >= arrives) return;
  const [low, high] = settings.latencies.work;
  const due: Due = {
    at: arrives + drawWhole(settings, low, high, 'work', actor, key, arrives),
    actor,
    key,
    cause,
  };
  looks.push(due);
  dirty.set(id, looks);
  queue.push(due);
}

/** The address will look again at a time because a request of its was refused. */
export function retry({ retries, queue }: Pending, due: Due): void {
  retries.set(idOf(due), due);
  queue.push(due);
}

/** The address has looked. */
export function forget({ dirty, retries }: Pending, done: Place): void {
  const id = idOf(done);
  if ((retries.get(id)?.at ?? Number.POSITIVE_INFINITY) <= done.at) retries.delete(id);
  const looks = dirty.get(id);
  while (looks?.[0] && looks[0].at <= done.at) looks.shift();
  if (looks?.length === 0) dirty.delete(id);
}

export function idOf(address: Address): string {
  return `${address.actor}\u0000${address.key}`;
}
