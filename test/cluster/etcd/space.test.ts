import { expect, test } from 'vitest';
import type { ApiEvent } from '../../../src/cluster/contract/api-event.ts';
import { refusalForSpace } from '../../../src/cluster/etcd/space.ts';
import { etcdBench } from '../../support/etcd-bench.ts';

const KEY = '/registry/configmaps/default/big';

const created = (length: number): ApiEvent => ({
  type: 'ObjectCreated',
  resource: 'configmaps',
  key: KEY,
  object: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'big', namespace: 'default', resourceVersion: '2' },
    data: { text: 'x'.repeat(length) },
  } as never,
});

const deleted: ApiEvent = { type: 'ObjectDeleted', resource: 'configmaps', key: KEY, revision: 3 };

test('a write that goes beyond the limit raises the alarm, and is refused', () => {
  const { world, view } = etcdBench({ flags: ['--quota-backend-bytes=100000'] });
  expect(refusalForSpace(world(), [created(1000)])).toBeUndefined();
  const refusal = refusalForSpace(world(), [created(200_000)]);
  const id = view().rows.row('etcdMembers', 'cp-1')?.id;
  expect(refusal?.events).toEqual([{ type: 'EtcdAlarmRaised', id }]);
  expect(refusal?.response.status.message).toBe('etcdserver: mvcc: database space exceeded');
});

test('while the alarm is raised nothing is written, and deletions pass', () => {
  const { world, happen } = etcdBench();
  happen(created(10), { type: 'EtcdAlarmRaised', id: 'a' });
  expect(refusalForSpace(world(), [created(10)])?.response.status.code).toBe(500);
  expect(refusalForSpace(world(), [deleted])).toBeUndefined();
  happen({ type: 'EtcdAlarmsDisarmed' });
  expect(refusalForSpace(world(), [created(10)])).toBeUndefined();
});
