import { describe, expect, test } from 'vitest';
import { printedAfter } from './storage-objects.ts';

const pod = (volume: string, container = ''): string => `apiVersion: v1
kind: Pod
metadata: { name: p }
spec:
  nodeName: node-1
  terminationGracePeriodSeconds: 1
  containers: [{ name: c, image: busybox:1.36, command: [sleep, "3600"], volumeMounts: [{ name: v, mountPath: /v }], ${container} }]
  volumes: [{ name: v, ${volume} }]
`;

const WHY =
  "kubectl get events --field-selector reason=FailedMount -o jsonpath='{range .items[*]}{.message}{end}'";
const PHASE = 'kubectl get pod p -o jsonpath={.status.phase}';

const hostPath = (path: string, type: string): string => pod(`hostPath: { path: ${path}, type: ${type} }`);

describe('a path of the machine', () => {
  test.each`
    type                   | path                                 | why
    ${'Directory'}         | ${'/var/log'}                        | ${''}
    ${'Directory'}         | ${'/data'}                           | ${'/data is not a directory'}
    ${'Directory'}         | ${'/etc/hosts'}                      | ${'/etc/hosts is not a directory'}
    ${'DirectoryOrCreate'} | ${'/data/a'}                         | ${''}
    ${'File'}              | ${'/etc/hosts'}                      | ${''}
    ${'File'}              | ${'/etc/nothing'}                    | ${'/etc/nothing is not a file'}
    ${'FileOrCreate'}      | ${'/etc/new'}                        | ${''}
    ${'Socket'}            | ${'/run/containerd/containerd.sock'} | ${''}
    ${'Socket'}            | ${'/var/run/docker.sock'}            | ${'/var/run/docker.sock is not a socket file'}
    ${'CharDevice'}        | ${'/dev/null'}                       | ${''}
    ${'CharDevice'}        | ${'/etc/hosts'}                      | ${'/etc/hosts is not a character device'}
    ${'BlockDevice'}       | ${'/dev/null'}                       | ${'/dev/null is not a block device'}
  `('$path as $type: $why', ({ type, path, why }) => {
    const files = { 'a.yaml': hostPath(path, type) };
    const message =
      why === '' ? '' : `MountVolume.SetUp failed for volume "v" : hostPath type check failed: ${why}`;
    expect(printedAfter(files, ['kubectl apply -f a.yaml', WHY])).toBe(message);
  });

  test('that a local volume lies at must be there, and is found when it is made', () => {
    const volume = `apiVersion: v1
kind: PersistentVolume
metadata: { name: disk }
spec:
  capacity: { storage: 1Gi }
  accessModes: [ReadWriteOnce]
  storageClassName: local
  local: { path: /mnt/disks/a }
  nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: kubernetes.io/os, operator: Exists }] }] } }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: c }
spec: { storageClassName: local, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
`;
    const files = { 'a.yaml': volume + pod('persistentVolumeClaim: { claimName: c }') };
    const typed = ['kubectl apply -f a.yaml', 'kubectl get nodes'];
    expect(printedAfter(files, [...typed, WHY])).toBe(
      'MountVolume.NewMounter initialization failed for volume "disk" : path "/mnt/disks/a" does not exist',
    );
  });
});

describe('a volume of several sources', () => {
  test('tells of all that are missing at once', () => {
    const sources =
      '[{ secret: { name: s } }, { configMap: { name: m } }, { configMap: { name: kube-root-ca.crt, items: [{ key: none, path: x }] } }]';
    const files = { 'a.yaml': pod(`projected: { sources: ${sources} }`) };
    expect(printedAfter(files, ['kubectl apply -f a.yaml', WHY])).toBe(
      'MountVolume.SetUp failed for volume "v" : [secret "s" not found, configmap "m" not found, references non-existent config key: none]',
    );
  });
});

describe('a part of a ConfigMap', () => {
  const container = 'env: [{ name: ME, valueFrom: { fieldRef: { fieldPath: metadata.name } } }]';
  const mounts = (mount: string): string =>
    pod('configMap: { name: m }', container).replace('{ name: v, mountPath: /v }', mount);
  const typed = [
    'kubectl create configmap m --from-literal=p=old',
    'kubectl apply -f a.yaml',
    'kubectl patch configmap m -p \'{"data":{"p":"new"}}\'',
    ...Array.from({ length: 6 }, () => PHASE),
    'kubectl exec p -- cat /v/p',
  ];

  test.each`
    mount                                                 | seen
    ${'{ name: v, mountPath: /v }'}                       | ${'new'}
    ${'{ name: v, mountPath: /v/p, subPath: p }'}         | ${'old'}
    ${'{ name: v, mountPath: /v/p, subPathExpr: $(ME) }'} | ${'old'}
  `('mounted by $mount is seen as $seen', ({ mount, seen }) => {
    expect(printedAfter({ 'a.yaml': mounts(mount) }, typed)).toBe(seen);
  });
});
