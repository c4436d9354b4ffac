import fc from 'fast-check';
import { expect, test } from 'vitest';
import type {
  EndpointState,
  RouteTarget,
  TrafficRow,
  TrafficTotals,
} from '../../../src/cluster/contract/traffic-rows.ts';
import { settle, totalsAt } from '../../../src/cluster/network/traffic/settle.ts';
import { evolve } from '../../../src/cluster/world/evolve.ts';
import { answeredIn, lostIn } from '../../../src/cluster/world/traffic-totals.ts';
import { emptyWorld, type World } from '../../../src/cluster/world/world.ts';
import { rowOf, settings } from './traffic-rows.ts';

const A = '10.88.1.2:80';
const B = '10.88.1.3:80';

const NO_WAY: RouteTarget = { kind: 'timedOut', because: 'no rules' };
const NOBODY: RouteTarget = { kind: 'silent' };

const does = fc.constantFrom<EndpointState['does']>('answers', 'refuses', 'resets', 'hangs');
const underWay = fc.constantFrom<EndpointState['underWay']>('goes on', 'is reset', 'hangs');
const moments = fc.uniqueArray(fc.integer({ min: 1, max: 4000 }), { maxLength: 6 });
const states = fc
  .tuple(
    moments,
    fc.array(fc.tuple(does, underWay, fc.integer({ min: 0, max: 800 })), { minLength: 7, maxLength: 7 }),
  )
  .map(([times, kinds]) =>
    [0, ...times.toSorted((a, b) => a - b)].map((since, index) => {
      const [what, how, delayMs] = kinds[index] ?? (['answers', 'goes on', 0] as const);
      return { since, does: what, underWay: how, delayMs };
    }),
  );
const rows = fc
  .record({
    a: states,
    b: states,
    turns: moments,
    connections: fc.option(fc.integer({ min: 1, max: 3 })),
    rate: fc.constantFrom(3, 10, 47),
    timeoutMs: fc.constantFrom(50, 400, 1500),
    jitter: fc.boolean(),
    affinity: fc.boolean(),
  })
  .map(({ a, b, turns, connections, affinity, jitter, ...spec }) => {
    const lists = [[A], [A, B], [B]];
    const told = [0, ...turns.toSorted((x, y) => x - y)].map((since, index) => {
      const endpoints = lists[index % 3] ?? [A];
      const to = { kind: 'endpoints' as const, endpoints, ...(affinity && { affinityMs: 700 }) };
      return [since, { 3: NO_WAY, 4: NOBODY }[index % 5] ?? to] as const;
    });
    return rowOf({
      spec: { ...spec, ...(connections !== null && { connections }), ...(jitter && { jitter }) },
      routes: told,
      endpoints: { [A]: a, [B]: b },
    });
  });

test('every request that was sent is answered, lost or under way, at any time', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 0, max: 6000 }), (row, now) => {
      const news = settle(row, settings, now);
      expect(news.sent).toBe(answeredIn(news) + lostIn(news) + news.inFlight);
    }),
  );
});

test('counted piece by piece, as it is found out, it comes to the same', () => {
  fc.assert(
    fc.property(rows, moments, (row, cuts) => {
      const end = 6000;
      const counted = countedAt(
        row,
        cuts.toSorted((a, b) => a - b),
      );
      expect(inOrder(totalsAt(counted, settings, end))).toEqual(inOrder(totalsAt(row, settings, end)));
    }),
  );
});

/** Losses are told in the order in which they were found. */
function inOrder({ losses, ...totals }: TrafficTotals): unknown {
  return {
    ...totals,
    losses: losses.map((group) => JSON.stringify(group, Object.keys(group).sort())).sort(),
  };
}

/** The row as a log makes it: with what happens told when it happens, and the past forgotten. */
function countedAt(whole: TrafficRow, cuts: readonly number[]): TrafficRow {
  let world: World = emptyWorld();
  const now = (): TrafficRow => world.store.tables.traffic.read('shop', world.seq) as TrafficRow;
  const happen = (at: number, event: Parameters<typeof evolve>[1]['event']): void => {
    world = evolve(world, { seq: world.seq + 1, at, actor: 'traffic', key: 'shop', cause: null, event });
  };
  happen(0, { type: 'TrafficStarted', client: 'shop', spec: whole.spec });
  const times = [
    ...cuts,
    ...whole.routes.map(({ since }) => since),
    ...Object.values(whole.endpoints).flatMap((list) => list.map(({ since }) => since)),
  ];
  for (const at of [...new Set(times)].sort((a, b) => a - b)) {
    const { inFlight: _, ...news } = settle(now(), settings, at);
    const route = whole.routes.find(({ since }) => since === at);
    const endpoints = Object.fromEntries(
      Object.entries(whole.endpoints).flatMap(([name, list]) => {
        const current = list.findLast(({ since }) => since <= at);
        // An endpoint is followed while somebody may go there.
        const isNew =
          now().endpoints[name] === undefined &&
          route?.to.kind === 'endpoints' &&
          route.to.endpoints.includes(name);
        return current && (isNew || (current.since === at && now().endpoints[name])) ? [[name, current]] : [];
      }),
    );
    happen(at, { type: 'TrafficCounted', client: 'shop', ...news, ...(route && { route }), endpoints });
  }
  return now();
}
