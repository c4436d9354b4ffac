import { describe, expect, test } from 'vitest';
import { settle } from '../../../src/cluster/network/traffic/settle.ts';
import { rowOf, settings, type Told } from './traffic-rows.ts';

/** Two seconds, twenty requests: `answered 20, refused 3 because 201`. */
function became(told: Told, until = 2000): string {
  const { sent, answered, losses, inFlight } = settle(rowOf(told), settings, until);
  const parts = Object.entries(answered).map(([type, count]) => `${type} ${count}`);
  const lost = losses.map(({ outcome, count, cause }) => `${outcome} ${count} because of ${cause}`);
  return [`sent ${sent}`, ...parts, ...lost, ...(inFlight > 0 ? [`under way ${inFlight}`] : [])].join(', ');
}

const A = '10.88.1.2:80';
const B = '10.88.1.3:80';
const serves = { since: 0, does: 'answers' } as const;

describe('what becomes of requests', () => {
  const table: readonly (readonly [string, Told, string])[] = [
    ['somebody answers', { endpoints: { [A]: [serves] } }, 'sent 20, 2xx 20'],
    [
      'somebody answers that nothing is there',
      { endpoints: { [A]: [{ ...serves, status: 404 }] } },
      'sent 20, 4xx 20',
    ],
    [
      'nobody listens from the second second on',
      { endpoints: { [A]: [serves, { since: 1000, does: 'refuses' }] } },
      'sent 20, 2xx 10, refused 10 because of 201',
    ],
    [
      'a pod is gone: silence until the client gives up',
      { endpoints: { [A]: [serves, { since: 1000, does: 'hangs' }] } },
      'sent 20, 2xx 10, under way 10',
    ],
    [
      'the network says that nobody has the address before the client gives up',
      { spec: { timeoutMs: 5000 }, endpoints: { [A]: [{ since: 0, does: 'hangs', delayMs: 300 }] } },
      'sent 20, unreachable 17 because of 200, under way 3',
    ],
    [
      'what listens does not speak HTTP',
      { endpoints: { [A]: [{ since: 0, does: 'resets' }] } },
      'sent 20, reset 20 because of 200',
    ],
    [
      'whoever is killed resets what it was answering',
      {
        endpoints: {
          [A]: [
            { ...serves, delayMs: 150 },
            { since: 1000, does: 'refuses' },
          ],
        },
      },
      'sent 20, 2xx 9, reset 1 because of 201, refused 10 because of 201',
    ],
    [
      'whoever drains finishes it',
      {
        endpoints: {
          [A]: [
            { ...serves, delayMs: 150 },
            { since: 1000, does: 'refuses', underWay: 'goes on' },
            { since: 1200, does: 'refuses' },
          ],
        },
      },
      'sent 20, 2xx 10, refused 2 because of 201, refused 8 because of 202',
    ],
    [
      'whoever drains and is killed before it has finished does not',
      {
        endpoints: {
          [A]: [
            { ...serves, delayMs: 450 },
            { since: 1000, does: 'refuses', underWay: 'goes on' },
            { since: 1200, does: 'refuses' },
          ],
        },
      },
      'sent 20, 2xx 8, reset 2 because of 202, refused 2 because of 201, refused 8 because of 202',
    ],
    [
      'an answer comes too late',
      { spec: { timeoutMs: 500 }, endpoints: { [A]: [{ ...serves, delayMs: 600 }] } },
      'sent 20, timedOut 15 because of 200, under way 5',
    ],
    [
      'a service has no endpoint',
      { routes: [[0, { kind: 'refused', because: 'no endpoint' }]], endpoints: {} },
      'sent 20, refused 20 because of 100',
    ],
    [
      'a name is unknown until the second second',
      {
        routes: [
          [0, { kind: 'unresolved', because: 'no such name' }],
          [1000, [A]],
        ],
        endpoints: { [A]: [serves] },
      },
      'sent 20, 2xx 10, unresolved 10 because of 100',
    ],
    [
      'the client itself is gone for a while: nothing is sent',
      {
        routes: [
          [0, [A]],
          [500, { kind: 'silent' }],
          [1500, [A]],
        ],
        endpoints: { [A]: [serves] },
      },
      'sent 10, 2xx 10',
    ],
    [
      'the rules know the address a moment too late: the connection is asked for again',
      {
        routes: [
          [0, { kind: 'timedOut', because: 'no rules' }],
          [850, [A]],
        ],
        spec: { timeoutMs: 2000 },
        endpoints: { [A]: [serves] },
      },
      'sent 20, 2xx 20',
    ],
    [
      'a pod comes back a moment too late: the same',
      {
        spec: { timeoutMs: 2000 },
        endpoints: {
          [A]: [
            { since: 0, does: 'hangs', delayMs: 3060 },
            { ...serves, since: 900 },
          ],
        },
      },
      'sent 20, 2xx 20',
    ],
    ['it stops', { stopsAt: 500, endpoints: { [A]: [serves] } }, 'sent 5, 2xx 5'],
    [
      'the rules still lead to a pod that is gone',
      {
        spec: { timeoutMs: 100 },
        routes: [
          [0, [A]],
          [1500, [B]],
        ],
        endpoints: { [A]: [serves, { since: 1000, does: 'hangs' }], [B]: [serves] },
      },
      'sent 20, 2xx 15, timedOut 5 because of 201',
    ],
  ];
  test.each(table)('%s', (_, told, words) => expect(became(told)).toBe(words));
});

describe('connections that are kept open', () => {
  const connections = { connections: 1 };

  test('stay where they are though the rules lead elsewhere', () => {
    const told: Told = {
      spec: connections,
      routes: [
        [0, [A]],
        [500, [B]],
      ],
      endpoints: { [A]: [serves], [B]: [{ ...serves, version: 'v2' }] },
    };
    expect(settle(rowOf(told), settings, 2000).versions).toEqual({ v1: 20 });
    expect(settle(rowOf({ ...told, spec: {} }), settings, 2000).versions).toEqual({ v1: 5, v2: 15 });
  });

  test('are made anew when the other side closes them, with nothing lost', () => {
    const states = [serves, { since: 950, does: 'refuses', underWay: 'goes on' } as const];
    const told: Told = {
      spec: connections,
      routes: [
        [0, [A]],
        [500, [B]],
      ],
      endpoints: { [A]: states, [B]: [{ ...serves, version: 'v2' }] },
    };
    const { versions, losses } = settle(rowOf(told), settings, 2000);
    expect({ versions, losses }).toEqual({ versions: { v1: 10, v2: 10 }, losses: [] });
  });

  test('lose the request that crosses the news of their end', () => {
    const told: Told = { spec: connections, endpoints: { [A]: [serves, { since: 1001, does: 'refuses' }] } };
    expect(became(told)).toBe('sent 20, 2xx 10, reset 1 because of 201, refused 9 because of 201');
  });

  test('are let through when policies change, and new ones are not', () => {
    const to = {
      kind: 'endpoints',
      endpoints: [A],
      dropped: { [A]: { because: 'a policy', cause: 7 } },
    } as const;
    const told = (spec: Told['spec']): Told => ({
      spec: { ...spec, timeoutMs: 300 },
      routes: [
        [0, [A]],
        [1000, to],
      ],
      endpoints: { [A]: [serves] },
    });
    expect(became(told(connections))).toBe('sent 20, 2xx 20');
    expect(became(told({}))).toBe('sent 20, 2xx 10, timedOut 7 because of 7, under way 3');
  });

  test('are given up when a request over them got no answer in time', () => {
    const told: Told = {
      spec: { ...connections, timeoutMs: 300 },
      routes: [
        [0, [A]],
        [500, [B]],
      ],
      endpoints: { [A]: [serves, { since: 950, does: 'hangs', underWay: 'hangs' }], [B]: [serves] },
    };
    expect(became(told)).toBe('sent 20, 2xx 17, timedOut 3 because of 201');
  });
});

test('with affinity all connections of a client go to one endpoint, as long as it is there', () => {
  const to = (endpoints: readonly string[]) =>
    ({ kind: 'endpoints', endpoints, affinityMs: 10_000 }) as const;
  const versions = (since: number): Readonly<Record<string, number>> =>
    settle(
      rowOf({
        routes: [
          [0, to([A, B])],
          [since, to([B])],
        ],
        endpoints: { [A]: [{ ...serves, version: 'a' }], [B]: [{ ...serves, version: 'b' }] },
      }),
      settings,
      2000,
    ).versions;
  expect(Object.keys(versions(5000))).toHaveLength(1);
  expect(versions(0)).toEqual({ b: 20 });
});

test('new connections spread over all endpoints', () => {
  const told: Told = {
    spec: { rate: 1000 },
    endpoints: { [A]: [{ ...serves, version: 'a' }], [B]: [{ ...serves, version: 'b' }] },
  };
  const { a = 0, b = 0 } = settle(rowOf(told), settings, 2000).versions;
  expect(a + b).toBeGreaterThan(1990);
  expect(Math.abs(a - b)).toBeLessThan(200);
});
