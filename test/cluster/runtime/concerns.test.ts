import { describe, expect, test } from 'vitest';
import { folderClients } from '../../../src/cluster/gitops/folder-clients.ts';
import { clusterOf } from '../../../src/cluster/model.ts';
import { evolve } from '../../../src/cluster/world/evolve.ts';
import { rowReader } from '../../../src/cluster/world/readers.ts';
import { emptyWorld } from '../../../src/cluster/world/world.ts';

import { bundledScenario, playedLog } from '../../support/play-scenario.ts';

/** Scenarios in which machines stop, proxies come and go, and volumes, gateways and etcd are at work. */
const TOLD = [
  'gateway-routes',
  'mesh-traffic-split',
  'etcd-quorum-loss',
  'persistent-volumes',
  'node-failure',
];

describe('a component that lists the facts it cares for', () => {
  test.each(TOLD)('%s: finds nobody concerned by any other', (name) => {
    const { settings, files } = bundledScenario(name);
    const listing = clusterOf(settings, folderClients(settings, files)).components.filter(
      ({ concernedBy }) => concernedBy,
    );
    expect(listing.length).toBeGreaterThan(10);
    const found = new Set<string>();
    let world = emptyWorld();
    for (const entry of playedLog(name)) {
      world = evolve(world, entry);
      const rows = rowReader({ tables: world.store.tables, seq: world.seq });
      for (const { name: who, concernsOf, concernedBy } of listing) {
        const { type } = entry.event;
        if (concernedBy?.includes(type) || !concernsOf) continue;
        if ([...concernsOf(entry, rows)].length > 0) found.add(`${who} by ${type}`);
      }
    }
    expect([...found]).toEqual([]);
  });
});
