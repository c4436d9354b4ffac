import type { View } from '../contract/component.ts';
import type { ObjectReader } from '../contract/reader.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { ownSettings, type Versioned } from '../world/own-version.ts';
import { objectReader, type Position, rowReader } from '../world/readers.ts';
import { staleReader } from '../world/stale-reader.ts';
import type { Staleness } from '../world/stale-watches.ts';
import type { World } from '../world/world.ts';
import type { Cluster } from './cluster.ts';

/**
 * What a component knows: the store as of the seq that its watches have delivered, and the rows as they are.
 * A view that can be moved: an actor looks thousands of times, and what it looks with is made once. It stays
 * where it is while it is looked with, apart from what it follows of its own doing.
 */
export interface Sight {
  readonly view: { -readonly [Field in keyof View]: View[Field] };
  readonly store: Position;
  readonly rows: Position;
  /** The cluster's own. */
  readonly settings: ClusterSettings;
  /** Absent for those whose version is always the story's. */
  readonly versioned?: Versioned;
}

export function createSight(cluster: Cluster, world: World, seen: number, versioned?: Versioned): Sight {
  const { tables } = world.store;
  const store: Position = { tables, seq: seen };
  const rows: Position = { tables, seq: world.seq };
  const { settings } = cluster;
  const plain = objectReader(store);
  let stale: ObjectReader | undefined;
  const view: Sight['view'] = {
    settings,
    chance: settings,
    get objects() {
      if (!store.staleness) return plain;
      stale ??= staleReader(store, plain);
      return stale;
    },
    rows: rowReader(rows),
  };
  const sight: Sight = { view, store, rows, settings, ...(versioned && { versioned }) };
  takeVersion(sight);
  return sight;
}

/** Whoever is part of a program reads the settings in the version of that program. */
function takeVersion({ view, settings, versioned }: Sight): void {
  if (versioned) view.settings = ownSettings(view.rows, settings, versioned);
}

/** Moves a view to a world, of which a cache may hold something else. */
export function turnTo(sight: Sight, world: World, seen: number, staleness?: Staleness): void {
  const { store, rows } = sight;
  const { tables } = world.store;
  store.staleness = staleness;
  store.tables = tables;
  store.seq = seen;
  rows.tables = tables;
  rows.seq = world.seq;
  takeVersion(sight);
}
