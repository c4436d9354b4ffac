import { expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import { volumeZone } from '../../../src/cluster/scheduler/filters/volume-zone.ts';
import { cycleOf, infoOf, nodeOf, podOf } from './given-nodes.ts';

const OLD = 'failure-domain.beta.kubernetes.io/zone';
const NEW = 'topology.kubernetes.io/zone';
const REGION = 'topology.kubernetes.io/region';

function refused(
  volume: Record<string, string>,
  node: Record<string, string>,
): readonly string[] | undefined {
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace: 'default' },
  };
  const objects = [
    ['persistentvolumeclaims', { ...claim, spec: { volumeName: 'disk' } } as KubeObject],
    [
      'persistentvolumes',
      {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: 'disk', labels: volume },
      } as KubeObject,
    ],
  ] as const;
  const pod = podOf('p', { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] });
  const info = infoOf(nodeOf('n', { labels: node }));
  return volumeZone.prepare(cycleOf(pod, [info], { objects }))?.(info)?.reasons;
}

const WORDS = ['node(s) had no available volume zone'];

test.each([
  ['in the same zone', { [NEW]: 'a' }, { [NEW]: 'a' }, undefined],
  ['in another zone', { [NEW]: 'a' }, { [NEW]: 'b' }, WORDS],
  ['in one of several zones', { [NEW]: 'a__b' }, { [NEW]: 'b' }, undefined],
  ['of which the older label tells', { [OLD]: 'a' }, { [NEW]: 'a' }, undefined],
  ['whose older label says something else', { [OLD]: 'a' }, { [OLD]: 'b', [NEW]: 'a' }, WORDS],
  [
    'in the right zone of another region',
    { [NEW]: 'a', [REGION]: 'x' },
    { [NEW]: 'a', [REGION]: 'y' },
    WORDS,
  ],
  ['in no zone at all', { [NEW]: 'a' }, {}, undefined],
  ['for a volume that is in no zone', {}, { [NEW]: 'b' }, undefined],
])('a node %s', (_what, volume, node, reasons) => {
  expect(refused(volume as Record<string, string>, node as Record<string, string>)).toEqual(reasons);
});
