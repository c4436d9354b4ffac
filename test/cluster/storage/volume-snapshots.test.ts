import { expect, test } from 'vitest';
import { storyOf } from '../../support/story-of.ts';

const claim = (name: string, source = ''): string => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name} }
spec: { storageClassName: csi, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } }${source} }
---
`;

const pod = (name: string, data: string, script: string): string => `apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec:
  restartPolicy: Never
  containers: [{ name: c, image: busybox:1.36, command: [sh, -c, "${script}"], volumeMounts: [{ name: d, mountPath: /d }] }]
  volumes: [{ name: d, persistentVolumeClaim: { claimName: ${data} } }]
---
`;

const snapshot = (name: string, more: string): string => `apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: { name: ${name} }
spec: { ${more} }
---
`;

const from = (name: string): string =>
  `, dataSource: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: ${name} }`;

const FILES = {
  'base.yaml': `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: csi }
provisioner: hostpath.csi.k8s.io
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
metadata: { name: keep }
driver: hostpath.csi.k8s.io
deletionPolicy: Retain
---
${claim('data')}${pod('writer', 'data', 'echo hello > /d/f')}`,
  'snapshot.yaml': snapshot(
    'first',
    'volumeSnapshotClassName: keep, source: { persistentVolumeClaimName: data }',
  ),
  // The order in which drivers publish their examples: who wants a snapshot comes before it.
  'restore.yaml': `${pod('early', 'restored', 'cat /d/f')}${claim('restored', from('second'))}${snapshot('second', 'volumeSnapshotClassName: keep, source: { persistentVolumeClaimName: data }')}`,
  'given.yaml': `apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotContent
metadata: { name: given }
spec:
  deletionPolicy: Delete
  driver: hostpath.csi.k8s.io
  source: { snapshotHandle: HANDLE }
  volumeSnapshotRef: { name: again, namespace: default }
---
${snapshot('again', 'source: { volumeSnapshotContentName: given }')}${claim('returned', from('again'))}${pod('reader', 'returned', 'cat /d/f')}`,
  'thief.yaml': snapshot('thief', 'source: { volumeSnapshotContentName: given }'),
};

const CONTENTS = 'kubectl get volumesnapshotcontents';

test('a snapshot that is kept is had again under its handle, and by nobody else', () => {
  const lines = [
    'kubectl apply -f base.yaml',
    'kubectl wait pod/writer --for=jsonpath={.status.phase}=Succeeded',
    'kubectl apply -f snapshot.yaml',
    'kubectl wait volumesnapshot/first --for=jsonpath={.status.readyToUse}=true',
    'kubectl delete volumesnapshot first',
    `${CONTENTS} -o jsonpath='{.items[*].status.snapshotHandle}'`,
  ];
  const handle = storyOf(FILES, lines).said.at(-1) ?? '';
  expect(handle).toMatch(/^[0-9a-f-]{36}$/);
  const files = { ...FILES, 'given.yaml': FILES['given.yaml'].replace('HANDLE', handle) };
  const more = [
    ...lines.slice(0, -1),
    'kubectl apply -f given.yaml',
    'kubectl wait pod/reader --for=jsonpath={.status.phase}=Succeeded --timeout=2m',
    'kubectl logs reader',
    'kubectl apply -f thief.yaml',
    'sleep 3',
    "kubectl get volumesnapshot thief -o jsonpath='{.status.error.message}'",
    'kubectl delete volumesnapshot again',
    `${CONTENTS} -o jsonpath='{.items[*].metadata.name}'`,
  ];
  const { said } = storyOf(files, more);
  expect(said[7]).toBe('hello\n');
  expect(said[10]).toBe('VolumeSnapshotContent [given] is bound to a different snapshot');
  expect(said[12]).toMatch(/^snapcontent-[0-9a-f-]{36}$/);
});

test('a claim that comes before its snapshot has the data once that is there', () => {
  const { said } = storyOf(FILES, [
    'kubectl apply -f base.yaml',
    'kubectl wait pod/writer --for=jsonpath={.status.phase}=Succeeded',
    'kubectl apply -f restore.yaml',
    'kubectl wait pod/early --for=jsonpath={.status.phase}=Succeeded --timeout=2m',
    'kubectl logs early',
  ]);
  expect(said.at(-1)).toBe('hello\n');
});
