import type { Change } from '../contract/api-event.ts';
import type { Component } from '../contract/component.ts';
import type { Event } from '../contract/event.ts';
import { storagePrefix } from '../objects/storage-key.ts';
import { isSilent as keepsSilent, type Staleness, type StaleWatch } from '../world/stale-watches.ts';
import { resourceFolder } from '../world/world.ts';

/** What watches that were left running through restores of etcd wait for. */
export interface TurnedBack {
  /** The revision of the last change in each folder of etcd (`/registry/pods/`), as objects tell it. */
  readonly revisions: Map<string, string>;
  /** By folder, the latest restore first; another map after each restore, undefined before the first. */
  watches: ReadonlyMap<string, readonly StaleWatch[]> | undefined;
  /** etcd's revision. */
  revision: string;
}

/** Somebody who watches etcd's folders, and what it has learned of them past its watches. */
export interface Watcher {
  /** The component whose instance it is; absent for one that is in the log and not in this cluster. */
  readonly component: Component | undefined;
  /** seq of the entry with which it listed a folder of etcd anew, if it did. */
  readonly listedAt: Map<string, number>;
  /** seq of the entry with which it learned what there is of a folder, but not what is gone. */
  readonly metAt: Map<string, number>;
  /** How its cache differs from the store, since that was turned back. */
  staleness: Staleness | undefined;
  /** Keys of what it has made since etcd was turned back, and counts on. */
  readonly expected: Set<string>;
}

export function createTurnedBack(): TurnedBack {
  return { revisions: new Map(), watches: undefined, revision: '0' };
}

/** Notes a change of the store. */
export function noteChange(turned: TurnedBack, { resource, object }: Change): void {
  const { resourceVersion = '0' } = object.metadata;
  turned.revisions.set(storagePrefix(resource), resourceVersion);
  turned.revision = resourceVersion;
}

/** The revision of a change. */
export function revisionOf({ object }: Pick<Change, 'object'>): number {
  return Number(object.metadata.resourceVersion);
}

/**
 * Whoever watches on does so from the last revision that it has seen of a resource. The bookmarks that a
 * watch gets besides make no difference to a folder of which something changed lately.
 */
export function noteRestore(turned: TurnedBack, { at, revision }: { at: number; revision: number }): void {
  const watches = new Map<string, readonly StaleWatch[]>(turned.watches);
  for (const [folder, last] of turned.revisions) {
    const [before] = watches.get(folder) ?? [];
    // One that still waited then waits for the same.
    const isWaiting = before !== undefined && Number(turned.revision) <= before.waitsFor;
    const waitsFor = isWaiting ? before.waitsFor : Number(last);
    if (waitsFor <= revision) continue;
    watches.set(folder, [{ restoredAt: at, waitsFor }, ...(watches.get(folder) ?? [])]);
  }
  turned.watches = watches;
  turned.revision = String(revision);
}

/** How an actor's cache differs from the store; undefined while no etcd was turned back. */
export function stalenessOf({ watches }: TurnedBack, actor: Watcher): Staleness | undefined {
  if (!watches || actor.component?.polls) return undefined;
  if (actor.staleness?.watches !== watches) {
    const { listedAt, metAt, expected } = actor;
    actor.staleness = { watches, listedAt, metAt, expected };
  }
  return actor.staleness;
}

/** How the cache of somebody differs who has lived through all of it. */
export function oldestStaleness({ watches }: TurnedBack): Staleness | undefined {
  return watches && { watches, listedAt: new Map(), metAt: new Map() };
}

/**
 * A controller counts on the pods that it has made before it hears of them (controller: controller_utils.go
 * ControllerExpectations). Deployments and the like go by their caches alone.
 */
export function noteOwn(
  { watches }: TurnedBack,
  { component, expected }: Pick<Watcher, 'component' | 'expected'>,
  event: Event,
): void {
  if (!watches || !component?.assumes) return;
  if (event.type === 'ObjectCreated' && event.resource === 'pods') expected.add(event.key);
}

/** Whether an actor's watch keeps a change from it. */
export function isKeptFrom(
  staleness: Staleness | undefined,
  { key, seq, revision }: { readonly key: string; readonly seq: number; readonly revision: number },
): boolean {
  return staleness !== undefined && keepsSilent(staleness, resourceFolder(key), { seq, revision });
}
