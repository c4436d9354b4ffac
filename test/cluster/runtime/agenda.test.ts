import { describe, expect, test } from 'vitest';
import type { Component } from '../../../src/cluster/contract/component.ts';
import type { Event } from '../../../src/cluster/contract/event.ts';
import { DEFAULT_LATENCIES } from '../../../src/cluster/contract/latencies.ts';
import type { ClusterSettings } from '../../../src/cluster/contract/settings.ts';
import { createAgenda } from '../../../src/cluster/runtime/agenda.ts';
import { assemble } from '../../../src/cluster/runtime/cluster.ts';
import { evolve } from '../../../src/cluster/world/evolve.ts';
import { emptyWorld } from '../../../src/cluster/world/world.ts';
import type { Entry } from '../../../src/kernel/log/entry.ts';
import { commits, fold, startRun } from '../../../src/kernel/run/run.ts';

const settings: ClusterSettings = {
  epochMs: 0,
  seed: '1',
  version: { minor: 36, patch: 0 },
  namespace: 'default',
  nodes: [],
  latencies: DEFAULT_LATENCIES,
  images: {},
  presentImages: [],
};

const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default' } };
const key = '/registry/configmaps/default/a';

/** Writes the ConfigMap at the given times. */
function writer(times: readonly number[]): Component {
  return {
    name: 'writer',
    readsStore: true,
    addresses: () => [{ actor: 'writer', key: 'all' }],
    wake(_view, _address, from) {
      const at = times.find((time) => time >= from);
      return at === undefined ? undefined : { at, cause: null };
    },
    *reconcile({ objects }, _address, now) {
      const resourceVersion = String(now);
      if (objects.byKey(key)) {
        const set = { '/metadata/resourceVersion': resourceVersion };
        yield { type: 'ObjectUpdated', resource: 'configmaps', key, set };
      } else {
        const metadata = { ...object.metadata, resourceVersion };
        yield { type: 'ObjectCreated', resource: 'configmaps', key, object: { ...object, metadata } };
      }
    },
  };
}

/** Asks for something at every look; whether it gets it is up to the server. */
const asker: Component = {
  name: 'asker',
  watches: ['configmaps'],
  *deliveriesOf({ key: changed }) {
    yield { actor: 'asker', key: changed };
  },
  *reconcile() {
    yield { verb: 'create', resource: 'secrets', object: { ...object, kind: 'Secret' } };
  },
};

/**
 * When the asker looked, in a cluster whose server refuses everything; played as one run, and as one fork
 * after another.
 */
function looks(times: readonly number[], until: number): readonly number[] {
  const status = { code: 403, reason: 'Forbidden', message: 'no' };
  const refused: Event = { type: 'RequestRefused', verb: 'create', resource: 'secrets', ...status };
  const decide = () => ({ events: [refused], response: { ok: false as const, status } });
  const cluster = assemble(settings, decide, [asker, writer(times)]);
  const model = {
    evolve,
    agenda: (world: ReturnType<typeof emptyWorld>, log: readonly Entry<Event>[]) =>
      createAgenda(cluster, world, log),
  };
  const log = [...commits(startRun(model, emptyWorld()), until)].flat();
  let forked: Entry<Event>[] = [];
  for (;;) {
    const next = commits(startRun(model, fold(model, emptyWorld(), forked), forked), until).next();
    if (next.done) break;
    forked = [...forked, ...next.value];
  }
  expect(forked).toEqual(log);
  return log.filter(({ actor }) => actor === 'asker').map(({ at }) => at);
}

describe('a look that is refused', () => {
  test('is tried again after 5 ms, and then after twice as long each time', () => {
    const [first = 0, ...later] = looks([100], 2000);
    expect(first).toBeGreaterThan(100);
    expect(later.map((at) => at - first)).toEqual([5, 15, 35, 75, 155, 315, 635, 1275]);
  });

  test('does not keep its actor from looking at once when something changes', () => {
    const times = looks([100, 1000], 1100);
    expect(times.filter((at) => at > 1000 && at <= 1011)).toHaveLength(1);
  });
});
