import { describe, expect, test } from 'vitest';
import { printedAfter } from './storage-objects.ts';

const CLASS = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: ebs.csi.aws.com
allowVolumeExpansion: true
---
`;

const claim = (mode: string): string => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { storageClassName: fast, accessModes: [${mode}], resources: { requests: { storage: 1Gi } } }
---
`;

const pod = (name: string, node: string): string => `apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec:
  terminationGracePeriodSeconds: 1
  nodeSelector: { kubernetes.io/hostname: ${node} }
  tolerations: [{ operator: Exists }]
  containers: [{ name: c, image: busybox:1.36, command: [sleep, "3600"], volumeMounts: [{ name: d, mountPath: /d }] }]
  volumes: [{ name: d, persistentVolumeClaim: { claimName: data } }]
---
`;

const CREATED = {
  'a.yaml': CLASS + claim('ReadWriteOnce') + pod('a', 'node-1'),
  'b.yaml': pod('b', 'node-2'),
};
const APPLY = ['kubectl apply -f a.yaml', 'kubectl apply -f b.yaml'];
const events = (name: string): string =>
  `kubectl get events --field-selector involvedObject.name=${name},source=attachdetach-controller -o jsonpath='{range .items[*]}{.reason}: {.message}|{end}'`;
const ATTACHED = "kubectl get volumeattachments -o jsonpath='{.items[*].spec.nodeName}'";

describe('a disk that one machine at a time may have', () => {
  test('is given to the machine of the pod that uses it, which says so', () => {
    expect(printedAfter(CREATED, [...APPLY.slice(0, 1), ATTACHED])).toBe('node-1');
    expect(printedAfter(CREATED, [...APPLY.slice(0, 1), events('a')])).toMatch(
      /^SuccessfulAttachVolume: AttachVolume\.Attach succeeded for volume "pvc-[-0-9a-f]+" \|$/,
    );
    const inUse = 'kubectl get node node-1 -o jsonpath={.status.volumesInUse}{.status.volumesAttached}';
    expect(printedAfter(CREATED, [...APPLY.slice(0, 1), inUse])).toMatch(
      /^\["kubernetes.io\/csi\/ebs.csi.aws.com\^pvc-.*"\]\[{"devicePath":"","name":"kubernetes.io\/csi\/ebs/,
    );
  });

  test('keeps a pod on another machine waiting, and is told of once', () => {
    expect(printedAfter(CREATED, [...APPLY, events('b')])).toMatch(
      /^FailedAttachVolume: Multi-Attach error for volume "pvc-[-0-9a-f]+" Volume is already used by pod\(s\) a\|$/,
    );
    const phase = 'kubectl get pod b -o jsonpath={.status.phase}';
    expect(printedAfter(CREATED, [...APPLY, phase])).toBe('Pending');
  });

  test('moves when the pod before has gone, with what is on it', () => {
    const typed = [...APPLY, 'kubectl exec a -- sh -c "echo kept > /d/f"', 'kubectl delete pod a'];
    expect(printedAfter(CREATED, [...typed, ATTACHED])).toBe('node-2');
    expect(printedAfter(CREATED, [...typed, 'kubectl exec b -- cat /d/f'])).toBe('kept\n');
  });

  test('goes to both at once if many may write to it', () => {
    const files = { ...CREATED, 'a.yaml': CLASS + claim('ReadWriteMany') + pod('a', 'node-1') };
    expect(printedAfter(files, [...APPLY, ATTACHED])).toBe('node-1 node-2');
  });
});

describe('a claim that asks for more', () => {
  const grow = (size: string): string =>
    `kubectl patch pvc data -p '{"spec":{"resources":{"requests":{"storage":"${size}"}}}}'`;
  const SIZE = 'kubectl get pvc data -o jsonpath={.status.capacity.storage}{.status.conditions[*].type}';

  test('has it when disk and file system have grown', () => {
    expect(printedAfter(CREATED, [...APPLY.slice(0, 1), grow('3Gi'), SIZE])).toBe('3Gi');
  });

  test('waits for a pod to mount it, if there is none', () => {
    const typed = [...APPLY.slice(0, 1), 'kubectl delete pod a', grow('3Gi')];
    expect(printedAfter(CREATED, [...typed, SIZE])).toBe('1GiFileSystemResizePending');
    expect(printedAfter(CREATED, [...typed, 'kubectl apply -f b.yaml', SIZE])).toBe('3Gi');
  });

  test.each`
    size       | said
    ${'500Mi'} | ${'spec.resources.requests.storage: Forbidden: field can not be less than status.capacity'}
    ${'0'}     | ${'spec.resources[storage]: Invalid value: "0": must be greater than zero'}
  `('is refused $size', ({ size, said }) => {
    expect(printedAfter(CREATED, [...APPLY.slice(0, 1), grow(size)])).toContain(said);
  });
});

test('a machine takes no more disks than its CSINode says', () => {
  const limits = [1, 2]
    .map(
      (index) =>
        `apiVersion: storage.k8s.io/v1\nkind: CSINode\nmetadata: { name: node-${index} }\nspec: { drivers: [{ name: ebs.csi.aws.com, nodeID: i-${index}, topologyKeys: [], allocatable: { count: 1 } }] }\n---\n`,
    )
    .join('');
  const more = claim('ReadWriteOnce').replace('name: data', 'name: more');
  const second = pod('b', 'node-1').replace('claimName: data', 'claimName: more');
  const files = { 'a.yaml': limits + CREATED['a.yaml'], 'b.yaml': more + second };
  const why = 'kubectl get pod b -o jsonpath={.status.conditions[0].message}';
  expect(printedAfter(files, [...APPLY, why])).toContain('1 node(s) exceed max volume count');
});

test('a pod whose class comes after it is tried again when it comes', () => {
  const files = {
    'pod.yaml': claim('ReadWriteOnce') + pod('a', 'node-1'),
    'class.yaml': CLASS.replace('allowVolumeExpansion: true', 'volumeBindingMode: WaitForFirstConsumer'),
  };
  const look = "kubectl get pod a -o jsonpath='{.status.phase}'";
  const printed = printedAfter(files, ['kubectl apply -f pod.yaml', 'kubectl apply -f class.yaml', look]);
  expect(printed).toBe('Running');
});
