import type { View } from '../contract/component.ts';
import { objectReader, rowReader } from '../world/readers.ts';
import type { World } from '../world/world.ts';
import type { Cluster } from './cluster.ts';

/**
 * What a component knows: the store as of the seq that its watches have delivered, and the rows as they are.
 */
export function viewOf(cluster: Cluster, world: World, seen: number): View {
  const { tables } = world.store;
  return {
    settings: cluster.settings,
    chance: cluster.settings,
    objects: objectReader({ tables, seq: seen }),
    rows: rowReader({ tables, seq: world.seq }),
  };
}
