import { describe, expect, test } from 'vitest';
import {
  describeEvents,
  eventsAbout,
} from '../../../../../../src/cluster/clients/kubectl/print/describe/describe-events.ts';
import type { KubeObject } from '../../../../../../src/cluster/objects/kube-object.ts';
import type { CoreEvent } from '../../../../../../src/cluster/objects/kubernetes.ts';

const NOW = Date.parse('2026-11-21T05:10:00Z');
const context = (minor: number) => ({ now: NOW, version: { minor, patch: 0 } });

function event(given: Partial<CoreEvent>): CoreEvent {
  const involvedObject = { kind: 'Pod', name: 'web', namespace: 'shop', uid: 'u-1' };
  return { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e' }, involvedObject, ...given };
}

const once = event({
  type: 'Normal',
  reason: 'Pulled',
  message: ' text\n',
  source: { component: 'kubelet' },
  count: 1,
  firstTimestamp: '2026-11-21T05:09:50Z',
  lastTimestamp: '2026-11-21T05:09:50Z',
});
const often = event({
  ...once,
  type: 'Warning',
  reason: 'BackOff',
  count: 4,
  firstTimestamp: '2026-11-21T05:05:00Z',
  lastTimestamp: '2026-11-21T05:09:30Z',
  involvedObject: { ...once.involvedObject, fieldPath: 'spec.containers{c}' },
});
const series = event({
  type: 'Warning',
  reason: 'FailedScheduling',
  message: 'no node',
  reportingComponent: 'default-scheduler',
  eventTime: '2026-11-21T05:08:00.000000Z',
  series: { count: 3, lastObservedTime: '2026-11-21T05:09:00.000000Z' },
});

describe('describeEvents', () => {
  test.each<[string, number, readonly string[]]>([
    [
      '1.36 names the container, and counts a series',
      36,
      [
        'Warning\tFailedScheduling\t60s (x3 over 2m)\tdefault-scheduler\tno node',
        'Warning\tBackOff\t30s (x4 over 5m)\tkubelet\tspec.containers{c}: text',
        'Normal\tPulled\t10s\tkubelet\ttext',
      ],
    ],
    [
      '1.20 does neither',
      20,
      [
        'Warning\tFailedScheduling\t2m\tdefault-scheduler\tno node',
        'Warning\tBackOff\t30s (x4 over 5m)\tkubelet\ttext',
        'Normal\tPulled\t10s\tkubelet\ttext',
      ],
    ],
  ])('%s; oldest first, those of the new API before', (_, minor, rows) => {
    const { table } = describeEvents([once, often, series], context(minor));
    expect(table.slice(3)).toEqual(rows.map((row) => `  ${row}`));
  });

  test('no events are said to be none, unless none were asked for', () => {
    expect(describeEvents([], context(36))).toEqual({ summary: ['Events:\t<none>'], table: [] });
    expect(describeEvents(undefined, context(36))).toEqual({ summary: [], table: [] });
  });
});

describe('eventsAbout', () => {
  const metadata = { name: 'web', namespace: 'shop', uid: 'u-1' };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata } as KubeObject;
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1', uid: 'u-n' } } as KubeObject;
  const of = (kind: string, name: string, uid: string, namespace?: string) =>
    event({
      reason: `${kind} ${uid}`,
      involvedObject: { kind, name, uid, ...(namespace ? { namespace } : {}) },
    });

  test.each<[string, KubeObject, number, readonly CoreEvent[], readonly string[]]>([
    [
      'those of a namesake are left out',
      pod,
      36,
      [of('Pod', 'web', 'u-1', 'shop'), of('Pod', 'web', 'u-0', 'shop'), of('Pod', 'web', 'u-1', 'other')],
      ['Pod u-1'],
    ],
    [
      'a mirror pod has those of its file',
      { ...pod, metadata: { ...metadata, annotations: { 'kubernetes.io/config.mirror': 'hash' } } },
      36,
      [of('Pod', 'web', 'u-1', 'shop'), of('Pod', 'web', 'hash', 'shop')],
      ['Pod hash'],
    ],
    [
      'a node has those of its uid, then those of its name',
      node,
      36,
      [of('Node', 'node-1', 'node-1'), of('Node', 'node-1', 'u-n')],
      ['Node u-n', 'Node node-1'],
    ],
    [
      '1.20 shows of a node only those of its name',
      node,
      20,
      [of('Node', 'node-1', 'node-1'), of('Node', 'node-1', 'u-n')],
      ['Node node-1'],
    ],
  ])('%s', (_, object, minor, events, reasons) => {
    expect(eventsAbout(object, events, context(minor)).map(({ reason }) => reason)).toEqual(reasons);
  });
});
