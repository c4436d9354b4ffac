import { expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { historyLines, objectName } from '../../src/report/object-history.ts';
import { logOf } from '../support/small-log.ts';

function created(resource: string, key: string, kind: string, metadata: object): Event {
  return { type: 'ObjectCreated', resource, key, object: { apiVersion: 'v1', kind, metadata } };
}

const NODE = '/registry/minions/node-1';
const MAP = '/registry/configmaps/shop/prices';

const timeline = createTimeline(
  logOf([
    [0, created('nodes', NODE, 'Node', { name: 'node-1' })],
    [1, created('configmaps', MAP, 'ConfigMap', { name: 'prices', namespace: 'shop' })],
    [
      2,
      created('configmaps', '/registry/configmaps/default/a', 'ConfigMap', {
        name: 'a',
        namespace: 'default',
      }),
    ],
    [3, { type: 'ObjectUpdated', resource: 'configmaps', key: MAP, set: { '/data': { tea: '2' } } }],
    [4, { type: 'ObjectDeleted', resource: 'configmaps', key: MAP, revision: 5 }],
  ]),
);

test.each([
  [NODE, 'Node node-1'],
  [MAP, 'ConfigMap shop/prices'],
  ['/registry/configmaps/default/a', 'ConfigMap a'],
  ['/registry/pods/default/nobody', '/registry/pods/default/nobody'],
])('%s is called %s', (key, name) => {
  expect(objectName(timeline, key)).toBe(name);
});

test('a history does not say again and again of whom it is', () => {
  const lines = historyLines(timeline, { key: MAP, changes: [2, 4, 5] }, 'en');
  expect(lines.map(({ seq, text }) => [seq, text.replace(/ +/g, ' ')])).toEqual([
    [2, '00:00.001 test created ConfigMap shop/prices'],
    [4, '00:00.003 test data {…}'],
    [5, '00:00.004 test removed ConfigMap shop/prices'],
  ]);
});
