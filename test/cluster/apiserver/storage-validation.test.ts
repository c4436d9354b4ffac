import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import { validateCreate } from '../../../src/cluster/objects/validation/validate-object.ts';

function problemsOf(kind: string, body: object): readonly string[] {
  const apiVersion = kind === 'StorageClass' ? 'storage.k8s.io/v1' : 'v1';
  const isNamespaced = kind === 'PersistentVolumeClaim' || kind === 'ResourceQuota';
  const metadata = { name: 'x', ...(isNamespaced && { namespace: 'default' }) };
  const errors = validateCreate({ apiVersion, kind, metadata, ...body } as unknown as KubeObject);
  return errors.map(({ field, type, detail }) => [field, type, detail].filter(Boolean).join(' | '));
}

const CLAIM = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
const VOLUME = { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/a' } };
const LOCAL = { ...VOLUME, hostPath: undefined, local: { path: '/a' } };

describe('what is refused', () => {
  test.each`
    kind                       | body                                                                                         | fields
    ${'PersistentVolumeClaim'} | ${{ spec: CLAIM }}                                                                           | ${[]}
    ${'PersistentVolumeClaim'} | ${{ spec: {} }}                                                                              | ${['spec.accessModes', 'spec.resources[storage]']}
    ${'PersistentVolumeClaim'} | ${{ spec: { ...CLAIM, accessModes: ['ReadWriteOncePod', 'ReadWriteOnce'] } }}                | ${['spec.accessModes']}
    ${'PersistentVolumeClaim'} | ${{ spec: { ...CLAIM, accessModes: ['RWO'] } }}                                              | ${['spec.accessModes']}
    ${'PersistentVolumeClaim'} | ${{ spec: { ...CLAIM, resources: { requests: { storage: '0' } } } }}                         | ${['spec.resources[storage]']}
    ${'PersistentVolume'}      | ${{ spec: VOLUME }}                                                                          | ${[]}
    ${'PersistentVolume'}      | ${{ spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' } } }}                | ${['spec']}
    ${'PersistentVolume'}      | ${{ spec: JSON.parse(JSON.stringify(LOCAL)) }}                                               | ${['spec.nodeAffinity']}
    ${'PersistentVolume'}      | ${{ spec: { ...VOLUME, nfs: { server: 'a', path: 'b' } } }}                                  | ${['spec.nfs.path', 'spec.nfs']}
    ${'PersistentVolume'}      | ${{ spec: { ...VOLUME, persistentVolumeReclaimPolicy: 'Keep' } }}                            | ${['spec.persistentVolumeReclaimPolicy']}
    ${'StorageClass'}          | ${{ provisioner: 'a/b', volumeBindingMode: 'Immediate' }}                                    | ${[]}
    ${'StorageClass'}          | ${{ volumeBindingMode: 'Later', reclaimPolicy: 'Recycle' }}                                  | ${['provisioner', 'reclaimPolicy', 'volumeBindingMode']}
    ${'ResourceQuota'}         | ${{ spec: { hard: { pods: '1', 'count/jobs.batch': '2', 'requests.example.com/gpu': 1 } } }} | ${[]}
    ${'ResourceQuota'}         | ${{ spec: { hard: { foo: '1' } } }}                                                          | ${['spec.hard[foo]', 'spec.hard[foo]']}
    ${'ResourceQuota'}         | ${{ spec: { hard: { 'requests.storage': '1' }, scopes: ['BestEffort'] } }}                   | ${['spec.scopes']}
    ${'ResourceQuota'}         | ${{ spec: { hard: { pods: '1' }, scopes: ['BestEffort', 'NotBestEffort'] } }}                | ${['spec.scopes']}
    ${'ResourceQuota'}         | ${{ spec: { hard: { pods: '1.5' } } }}                                                       | ${['spec.hard[pods]']}
  `('$kind $body: $fields', ({ kind, body, fields }) => {
    expect(problemsOf(kind, body).map((line) => line.split(' | ')[0])).toEqual(fields);
  });
});
