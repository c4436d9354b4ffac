import { expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import { volumeRestrictions } from '../../../src/cluster/scheduler/filters/volume-restrictions.ts';
import { cycleOf, infoOf, nodeOf, podOf } from './given-nodes.ts';

const using = (name: string, claimName: string) =>
  podOf(name, { volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }] });

const claim = (name: string, mode: string): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'default' },
    spec: { accessModes: [mode] },
  }) as KubeObject;

const objects = [
  ['persistentvolumeclaims', claim('mine', 'ReadWriteOncePod')],
  ['persistentvolumeclaims', claim('ours', 'ReadWriteOnce')],
] as const;

test.each([
  ['a claim for one pod that another pod uses, on whatever node', 'mine', 'mine', 36, true],
  ['a claim for one pod that nobody uses', 'mine', 'ours', 36, false],
  ['a claim for one node', 'ours', 'ours', 36, false],
  ['a claim for one pod, before there were any', 'mine', 'mine', 26, false],
])('%s', (_what, wanted, used, minor, isRefused) => {
  const nodes = [infoOf(nodeOf('a')), infoOf(nodeOf('b'), [using('other', used)])];
  const refuse = volumeRestrictions.prepare(cycleOf(using('p', wanted), nodes, { objects, minor }));
  expect(nodes.map((node) => refuse?.(node) !== undefined)).toEqual([isRefused, isRefused]);
});

test('a pod that leaves helps those that want the same claim', () => {
  const helps = (claimName: string): boolean =>
    volumeRestrictions.mayLift(
      { kind: 'PodDeleted', pod: using('gone', claimName) },
      cycleOf(using('p', 'mine'), []),
    );
  expect([helps('mine'), helps('ours')]).toEqual([true, false]);
});
