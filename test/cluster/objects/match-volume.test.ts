import { describe, expect, test } from 'vitest';
import type { PersistentVolume, PersistentVolumeClaim } from '../../../src/cluster/objects/kubernetes.ts';
import { matchVolume, whyUnfit } from '../../../src/cluster/objects/match-volume.ts';

type VolumeSpec = NonNullable<PersistentVolume['spec']>;
type ClaimSpec = NonNullable<PersistentVolumeClaim['spec']>;

interface Described extends VolumeSpec {
  readonly labels?: Record<string, string>;
  readonly phase?: string;
  readonly goes?: boolean;
}

function volume(
  name: string,
  { labels, phase = 'Available', goes, ...spec }: Described = {},
): PersistentVolume {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, ...(labels && { labels }), ...(goes && { deletionTimestamp: '2026-01-01T00:00:00Z' }) },
    spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '5Gi' }, ...spec },
    status: { phase },
  };
}

function claim(spec: ClaimSpec = {}): PersistentVolumeClaim {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'c', namespace: 'default', uid: 'u' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } }, ...spec },
  };
}

const size = (storage: string): VolumeSpec => ({ capacity: { storage } });

describe('of several volumes a claim gets', () => {
  test.each`
    what                                             | volumes                                                                                            | spec                                                   | name
    ${'the smallest that is enough'}                 | ${[volume('a', size('9Gi')), volume('b', size('3Gi')), volume('c', size('1Gi'))]}                  | ${{}}                                                  | ${'b'}
    ${'the first of those that are equal'}           | ${[volume('a'), volume('b')]}                                                                      | ${{}}                                                  | ${'a'}
    ${'one by amount, however that is written'}      | ${[volume('a', size('2147483648'))]}                                                               | ${{}}                                                  | ${'a'}
    ${'none that is too small by a byte'}            | ${[volume('a', size('2147483647'))]}                                                               | ${{}}                                                  | ${undefined}
    ${'one that can be used in more ways'}           | ${[volume('a', { accessModes: ['ReadWriteOnce', 'ReadOnlyMany'] })]}                               | ${{}}                                                  | ${'a'}
    ${'none that can’t be used in all its ways'}     | ${[volume('a')]}                                                                                   | ${{ accessModes: ['ReadWriteOnce', 'ReadWriteMany'] }} | ${undefined}
    ${'none of another class'}                       | ${[volume('a', { storageClassName: 'x' })]}                                                        | ${{}}                                                  | ${undefined}
    ${'one without a class, if it asks for none'}    | ${[volume('a')]}                                                                                   | ${{ storageClassName: '' }}                            | ${'a'}
    ${'none of another mode'}                        | ${[volume('a', { volumeMode: 'Block' })]}                                                          | ${{ volumeMode: 'Filesystem' }}                        | ${undefined}
    ${'one that its labels select'}                  | ${[volume('a', size('2Gi')), volume('b', { labels: { disk: 'ssd' } })]}                            | ${{ selector: { matchLabels: { disk: 'ssd' } } }}      | ${'b'}
    ${'the one that was promised to it, if smaller'} | ${[volume('a', { claimRef: { name: 'c', namespace: 'default' }, ...size('9Gi') }), volume('b')]}   | ${{}}                                                  | ${'a'}
    ${'none that was promised to another'}           | ${[volume('a', { claimRef: { name: 'd', namespace: 'default' } })]}                                | ${{}}                                                  | ${undefined}
    ${'none that its forerunner of that name had'}   | ${[volume('a', { claimRef: { name: 'c', namespace: 'default', uid: 'old' }, phase: 'Released' })]} | ${{}}                                                  | ${undefined}
    ${'none that is not available yet'}              | ${[volume('a', { phase: 'Pending' })]}                                                             | ${{}}                                                  | ${undefined}
    ${'none that is being deleted'}                  | ${[volume('a', { goes: true })]}                                                                   | ${{}}                                                  | ${undefined}
  `('$what', ({ volumes, spec, name }) => {
    expect(matchVolume(claim(spec), volumes)?.metadata.name).toBe(name);
  });
});

test.each`
  spec                                         | volume                         | why
  ${{}}                                        | ${volume('a')}                 | ${undefined}
  ${{}}                                        | ${volume('a', size('1Gi'))}    | ${'requested PV is too small'}
  ${{ storageClassName: 'x' }}                 | ${volume('a')}                 | ${'storageClassName does not match'}
  ${{ volumeMode: 'Block' }}                   | ${volume('a')}                 | ${'incompatible volumeMode'}
  ${{ accessModes: ['ReadWriteMany'] }}        | ${volume('a')}                 | ${'incompatible accessMode'}
  ${{}}                                        | ${volume('a', { goes: true })} | ${'the volume is marked for deletion "a"'}
  ${{ selector: { matchLabels: { a: 'b' } } }} | ${volume('a')}                 | ${undefined}
`('a claim that names its volume is told: $why', ({ spec, volume: named, why }) => {
  expect(whyUnfit(claim(spec), named)).toBe(why);
});
