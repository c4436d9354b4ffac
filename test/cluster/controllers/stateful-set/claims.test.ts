import { describe, expect, test } from 'vitest';
import type {
  CoreEvent,
  PersistentVolume,
  PersistentVolumeClaim,
  StatefulSetSpec,
} from '../../../../src/cluster/objects/kubernetes.ts';
import type { Play } from '../../node/play.ts';
import { objectsOf, podsOf } from '../workloads.ts';
import { change, made, play, resource, statusOf, toldBy } from './sets.ts';

function volumeOf(name: string, size = '1Gi'): PersistentVolume {
  const spec = {
    capacity: { storage: size },
    accessModes: ['ReadWriteOnce'],
    hostPath: { path: `/d/${name}` },
  };
  return { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name }, spec };
}

const claims: Partial<StatefulSetSpec> = {
  replicas: 2,
  volumeClaimTemplates: [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    },
  ],
};

function makeVolume(at: number, name: string, size?: string) {
  const request = { verb: 'create', resource: 'persistentvolumes', object: volumeOf(name, size) } as const;
  return { at, request };
}

describe('claims', () => {
  const claimsOf = ({ world }: Play) => objectsOf<PersistentVolumeClaim>(world, 'persistentvolumeclaims');

  test('keep a pod waiting until they are bound, to the smallest volume that will do', () => {
    const typed = [made(claims), makeVolume(3000, 'large', '9Gi'), makeVolume(3000, 'small')];
    const early = play(typed, { until: 2000 });
    const message = 'no persistent volumes available for this claim and no storage class is set';
    expect(objectsOf<CoreEvent>(early.world, 'events').map((event) => event.message)).toContain(message);
    expect(podsOf(early.world)[0]?.status?.conditions?.[0]?.message).toBe(
      '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
    );
    const over = play(typed, { until: 25_000 });
    expect(claimsOf(over).map(({ metadata, spec }) => [metadata.name, spec?.volumeName])).toEqual([
      ['data-db-0', 'small'],
      ['data-db-1', 'large'],
    ]);
    expect(statusOf(over)?.readyReplicas).toBe(2);
  });

  test('outlive their pods, and are had again', () => {
    const typed = [
      makeVolume(0, 'a'),
      makeVolume(0, 'b'),
      made(claims),
      change(15_000, { ...claims, replicas: 0 }),
    ];
    const over = play([...typed, change(30_000, claims)], { until: 45_000 });
    expect(claimsOf(over)).toHaveLength(2);
    expect(toldBy(over).filter((text) => text.includes('Claim'))).toHaveLength(2);
    expect(statusOf(over)?.readyReplicas).toBe(2);
  });

  test.each<[whenScaled: string, whenDeleted: string, kept: readonly (readonly number[])[]]>([
    ['Retain', 'Retain', [[2, 2]]],
    ['Delete', 'Retain', [[1, 1]]],
    ['Retain', 'Delete', [[2, 0]]],
    ['Delete', 'Delete', [[1, 0]]],
  ])('go with a pod: %s, with the set: %s', (whenScaled, whenDeleted, [kept]) => {
    const spec = { ...claims, persistentVolumeClaimRetentionPolicy: { whenScaled, whenDeleted } };
    const scaled = [
      makeVolume(0, 'a'),
      makeVolume(0, 'b'),
      made(spec),
      change(15_000, { ...spec, replicas: 1 }),
    ];
    const target = { resource, namespace: 'default', name: 'db' } as const;
    const gone = {
      at: 30_000,
      request: { verb: 'delete', ...target, propagationPolicy: 'Background' },
    } as const;
    const after = [play(scaled, { until: 29_000 }), play([...scaled, gone], { until: 60_000 })];
    expect(after.map((over) => claimsOf(over).length)).toEqual(kept);
  });
});
