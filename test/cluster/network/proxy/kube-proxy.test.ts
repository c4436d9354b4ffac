import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event } from '../../../../src/cluster/contract/event.ts';
import { kubeProxy } from '../../../../src/cluster/network/proxy/kube-proxy.ts';
import { rulesOf } from '../../../../src/cluster/network/proxy/rules-of.ts';
import type { EndpointSlice, Service } from '../../../../src/cluster/objects/kubernetes.ts';
import { objectReader, rowReader } from '../../../../src/cluster/world/readers.ts';
import { create, type Play, type PlayOptions, playCluster, type Typed } from '../../node/play.ts';
import { service, slice } from '../view-at.ts';

const SLICES = 'endpointslices.discovery.k8s.io';

/** The slice of `web` gets these endpoints at a time. */
function changed(at: number, endpoints: readonly string[]): Typed {
  const { metadata: _, ...patch } = slice(endpoints);
  const request = { verb: 'patch', resource: SLICES, namespace: 'default', name: 'web-1' } as const;
  return { at, request: { ...request, patchType: 'merge', patch } };
}

function made(at: number, endpoints: readonly string[]): Typed {
  const base = slice(endpoints);
  return create(at, { ...base, metadata: { ...base.metadata, name: 'web-1' } }, SLICES);
}

function play(typed: readonly Typed[], options: Partial<PlayOptions> = {}): Play {
  return playCluster([create(100, service(), 'services'), ...typed], {
    until: 20_000,
    calm: true,
    ...options,
    more: [kubeProxy],
  });
}

interface Sync {
  readonly node: string;
  readonly at: number;
  readonly rules: Extract<Event, { type: 'ProxyRulesSynced' }>['rules'];
}

function syncs({ log }: Play): readonly Sync[] {
  return log.flatMap(({ event, at }) =>
    event.type === 'ProxyRulesSynced' ? [{ node: event.node, at, rules: event.rules }] : [],
  );
}

/** Where a node routes to now, for the service `web`. */
function routesOf({ world }: Play, node: string): readonly string[] | undefined {
  const row = rowReader({ tables: world.store.tables, seq: world.seq }).row(
    'proxyRules',
    `${node} default/web`,
  );
  return row && Object.keys(row.cluster ?? {}).sort();
}

const between = (low: number, high: number, at = Number.NaN): boolean => low <= at && at <= high;

describe('a kube-proxy', () => {
  test('programs a change a little after it has seen it', () => {
    const [first, second] = syncs(play([made(5000, ['10.88.1.2 ready'])]));
    expect(between(100 + 24, 100 + 64, first?.at)).toBe(true);
    expect(between(5000 + 24, 5000 + 64, second?.at)).toBe(true);
    expect(second?.rules).toEqual([
      { servicePort: 'default/web', set: { '/cluster/10.88.1.2:8080': true, '/isServed': true } },
    ]);
  });

  test('keeps what comes within a second of its last sync for the next, all in one', () => {
    const found = syncs(
      play([
        made(5000, ['10.88.1.2 ready']),
        changed(5200, ['10.88.1.2 ready', '10.88.1.3 ready']),
        changed(5400, ['10.88.1.3 ready', '10.88.1.4 ready']),
      ]),
    );
    expect(found).toHaveLength(3);
    const [, second, third] = found;
    expect(between(1020, 1060, (third?.at ?? 0) - (second?.at ?? 0))).toBe(true);
    expect(third?.rules).toEqual([
      {
        servicePort: 'default/web',
        set: { '/cluster/10.88.1.3:8080': true, '/cluster/10.88.1.4:8080': true },
        unset: ['/cluster/10.88.1.2:8080'],
      },
    ]);
  });

  test('lets a second sync follow at once after a pause, before 1.34', () => {
    const typed = [
      made(5000, ['10.88.1.2 ready']),
      changed(5200, ['10.88.1.3 ready']),
      changed(5400, ['10.88.1.4 ready']),
    ];
    const times = syncs(play(typed, { minor: 33 })).map(({ at }) => at);
    expect(between(5224, 5264, times[2])).toBe(true);
    expect(between(1020, 1060, (times[3] ?? 0) - (times[2] ?? 0))).toBe(true);
  });

  test('leaves no trace of what changes no rule', () => {
    const found = syncs(
      play([
        made(5000, ['10.88.1.2 ready']),
        changed(8000, ['10.88.1.2 ready', '10.88.1.3 unready']),
        changed(11_000, ['10.88.1.2 ready', '10.88.1.3 gone']),
      ]),
    );
    expect(found).toHaveLength(2);
  });

  test('takes the rules of a service away with it, and makes others for other ports', () => {
    const patch = { spec: { ports: [{ name: 'http', port: 81, protocol: 'TCP', targetPort: 8080 }] } };
    const target = { resource: 'services', namespace: 'default', name: 'web' } as const;
    const found = syncs(
      play([
        { at: 3000, request: { verb: 'patch', ...target, patchType: 'merge', patch } },
        { at: 6000, request: { verb: 'delete', ...target } },
      ]),
    );
    expect(found.slice(1).map(({ rules }) => rules)).toEqual([
      [
        { servicePort: 'default/web', isGone: true },
        {
          servicePort: 'default/web:http',
          rule: { protocol: 'TCP', clusterIp: '10.96.0.7', port: 81, cluster: {} },
        },
      ],
      [{ servicePort: 'default/web:http', isGone: true }],
    ]);
  });

  test('is one on each node, with a time of its own', () => {
    const found = syncs(play([made(5000, ['10.88.1.2 ready'])], { nodes: 3 })).filter(({ at }) => at >= 5000);
    expect(found.map(({ node }) => node).sort()).toEqual(['node-1', 'node-2', 'node-3']);
    expect(new Set(found.map(({ at }) => at)).size).toBe(3);
  });

  test('has what the slices say once they are left in peace, and never syncs twice in a second', () => {
    const state = fc.constantFrom('ready', 'terminating', 'unready', 'gone');
    const endpoint = fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 2, max: 5 }), state);
    const endpoints = fc
      .uniqueArray(endpoint, { maxLength: 4, selector: ([node, host]) => `${node}.${host}` })
      .map((all) => all.map(([node, host, word]) => `10.88.${node}.${host} ${word}`));
    const change = fc.record({ after: fc.integer({ min: 1, max: 900 }), endpoints });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), fc.integer(), (changes, seed) => {
        let at = 1000;
        const typed = changes.map(({ after, endpoints: now }, index) => {
          at += after;
          return index === 0 ? made(at, now) : changed(at, now);
        });
        const done = play(typed, { nodes: 2, seed: String(seed), until: at + 3000 });
        const wanted = rulesNow(done);
        for (const node of ['node-1', 'node-2']) {
          expect(routesOf(done, node)).toEqual(wanted);
          const times = syncs(done).flatMap((sync) => (sync.node === node ? [sync.at] : []));
          for (const [index, time] of times.slice(1).entries())
            expect(time - (times[index] ?? 0)).toBeGreaterThanOrEqual(1000);
        }
      }),
      { numRuns: 30 },
    );
  });
});

function rulesNow({ world }: Play): readonly string[] {
  const objects = objectReader({ tables: world.store.tables, seq: world.seq });
  const web = objects.get<Service>('services', 'default', 'web');
  const own = objects.get<EndpointSlice>(SLICES, 'default', 'web-1');
  if (!web) throw new Error('nobody deletes the service');
  const rules = rulesOf(web, own ? [own] : [], { node: 'node-1', version: { minor: 36, patch: 2 } });
  return Object.keys(rules.get('default/web')?.cluster ?? {}).sort();
}
