import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import { momentOf } from '../../src/replay/seek.ts';
import { createTimeline, type Timeline } from '../../src/replay/timeline.ts';
import { type ClusterRow, clusterKeys, clusterRows, clusterSize } from '../../src/report/cluster-rows.ts';
import { playedLog } from '../support/play-scenario.ts';
import { logOf } from '../support/small-log.ts';

const NODE_KEY = (name: string): string => `/registry/minions/${name}`;
const POD_KEY = (name: string): string => `/registry/pods/default/${name}`;

function nodeEvent(name: string): Event {
  const status = {
    allocatable: { cpu: '4', memory: '8Gi' },
    conditions: [{ type: 'Ready', status: 'True' }],
  };
  const object = { apiVersion: 'v1', kind: 'Node', metadata: { name }, spec: {}, status };
  return { type: 'ObjectCreated', resource: 'nodes', key: NODE_KEY(name), object };
}

function podEvent(name: string, nodeName?: string): Event {
  const resources = { requests: { cpu: '500m', memory: '1Gi' } };
  const spec = {
    containers: [{ name: 'main', image: 'a.b/c/nginx:1', resources }],
    ...(nodeName && { nodeName }),
  };
  const metadata = { name, namespace: 'default' };
  const object = { apiVersion: 'v1', kind: 'Pod', metadata, spec, status: { phase: 'Running' } };
  return { type: 'ObjectCreated', resource: 'pods', key: POD_KEY(name), object };
}

const changed = (name: string, set: Readonly<Record<string, unknown>>): Event => ({
  type: 'ObjectUpdated',
  resource: 'pods',
  key: POD_KEY(name),
  set,
});

const timeline = createTimeline(
  logOf([
    [0, nodeEvent('node-2')],
    [1, nodeEvent('node-1')],
    [2, podEvent('b', 'node-1')],
    [3, podEvent('a', 'node-1')],
    [4, podEvent('c')],
    [5, changed('b', { '/status/phase': 'Succeeded' })],
    [6, changed('c', { '/spec/nodeName': 'node-2' })],
    [7, changed('a', { '/spec/containers/0/resources/requests/cpu': '2' })],
    [8, { type: 'ObjectDeleted', resource: 'pods', key: POD_KEY('a'), revision: 9 }],
  ]),
);

function rowsAt(cursor: number, most = 20, selected?: string): readonly ClusterRow[] {
  const { clock } = momentOf(timeline, cursor);
  return clusterRows(timeline, { cursor, clock, before: cursor - 1 }, { most, selected });
}

const told = (row: ClusterRow): string =>
  row.kind === 'unbound'
    ? `${row.count} waiting`
    : row.kind === 'node'
      ? `${row.name} ${row.status} ${row.pods} ${row.cpu.used}/${row.cpu.of} ${row.memory.used / 2 ** 30}`
      : `${row.name}${row.isNew ? '!' : ''} ${row.state} ${row.image}`;

describe('the nodes with their pods', () => {
  test.each<[cursor: number, rows: readonly string[]]>([
    [0, []],
    [2, ['node-1 Ready 0 0/4 0', 'node-2 Ready 0 0/4 0']],
    [
      5,
      [
        '1 waiting',
        'c! running nginx:1',
        'node-1 Ready 2 1/4 2',
        'a running nginx:1',
        'b running nginx:1',
        'node-2 Ready 0 0/4 0',
      ],
    ],
    // What has come to its end asks for nothing more.
    [
      6,
      [
        '1 waiting',
        'c running nginx:1',
        'node-1 Ready 2 0.5/4 1',
        'a running nginx:1',
        'b! done nginx:1',
        'node-2 Ready 0 0/4 0',
      ],
    ],
    [
      8,
      [
        'node-1 Ready 2 2/4 1',
        'a! running nginx:1',
        'b done nginx:1',
        'node-2 Ready 1 0.5/4 1',
        'c running nginx:1',
      ],
    ],
    [9, ['node-1 Ready 1 0/4 0', 'b done nginx:1', 'node-2 Ready 1 0.5/4 1', 'c running nginx:1']],
  ])('after entry %i', (cursor, rows) => {
    expect(rowsAt(cursor).map(told)).toEqual(rows);
  });

  test('where there is no room for all are all nodes, and the pods that were written last', () => {
    expect(rowsAt(7, 3).map(told)).toEqual([
      'node-1 Ready 2 0.5/4 1',
      'node-2 Ready 1 0.5/4 1',
      'c! running nginx:1',
    ]);
    expect(rowsAt(7, 1).map(told)).toEqual(['node-1 Ready 2 0.5/4 1']);
  });

  test('or what is selected, with what stands around it', () => {
    expect(rowsAt(7, 3, POD_KEY('b')).map((row) => 'key' in row && row.key)).toEqual([
      POD_KEY('a'),
      POD_KEY('b'),
      NODE_KEY('node-2'),
    ]);
  });
});

describe('of a whole run', () => {
  const log = playedLog('self-healing');
  const whole = createTimeline(log);
  const thin = createTimeline(log, { keepsEvery: 5 });

  const rows = (of: Timeline, cursor: number, most: number): readonly ClusterRow[] =>
    clusterRows(of, { cursor, clock: of.timeOf(cursor), before: 0 }, { most });

  test('the same rows come of a log that keeps all and of one that does not, and keys of all of them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: log.length }),
        fc.integer({ min: 1, max: 30 }),
        (cursor, most) => {
          expect(rows(thin, cursor, most)).toEqual(rows(whole, cursor, most));
          expect(rows(whole, cursor, most).length).toBeLessThanOrEqual(most);
          const keys = rows(whole, cursor, 1000).flatMap((row) => ('key' in row ? row.key : []));
          expect(clusterKeys(whole, cursor)).toEqual(keys);
          expect(clusterSize(whole, cursor)).toBe(rows(whole, cursor, 1000).length);
        },
      ),
      { numRuns: 40 },
    );
  });
});
