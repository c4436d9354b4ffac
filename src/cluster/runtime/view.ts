import type { View } from '../contract/component.ts';
import { objectReader, type Position, rowReader } from '../world/readers.ts';
import type { World } from '../world/world.ts';
import type { Cluster } from './cluster.ts';

/**
 * What a component knows: the store as of the seq that its watches have delivered, and the rows as they are.
 */
export function viewOf(cluster: Cluster, world: World, seen: number): View {
  return createSight(cluster, world, seen).view;
}

/**
 * A view that can be moved: an actor looks thousands of times, and what it looks with is made once. It stays
 * where it is while it is looked with, apart from what it follows of its own doing.
 */
export interface Sight {
  readonly view: View;
  readonly store: Position;
  readonly rows: Position;
}

export function createSight(cluster: Cluster, world: World, seen: number): Sight {
  const { tables } = world.store;
  const store: Position = { tables, seq: seen };
  const rows: Position = { tables, seq: world.seq };
  const { settings } = cluster;
  return {
    view: { settings, chance: settings, objects: objectReader(store), rows: rowReader(rows) },
    store,
    rows,
  };
}

/** Moves a view to a world. */
export function turnTo({ store, rows }: Sight, world: World, seen: number): void {
  const { tables } = world.store;
  store.tables = tables;
  store.seq = seen;
  rows.tables = tables;
  rows.seq = world.seq;
}
