import { describe, expect, test } from 'vitest';
import { typeInCluster } from '../clients/type-in-cluster.ts';

const claim = (name: string, spec: string): string =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: ${name} }\n` +
  `spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } }, ${spec} }\n`;

const volume = (name: string, spec: string): string =>
  `apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: ${name} }\n` +
  `spec: { accessModes: [ReadWriteOnce], ${spec} }\n`;

const storageClass = (name: string, rest: string): string =>
  `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: ${name} }\n${rest}\n`;

const pod = (name: string, source: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec:\n  terminationGracePeriodSeconds: 1\n` +
  '  containers: [{ name: c, image: busybox:1.36, command: [sleep, "3600"], volumeMounts: [{ name: v, mountPath: /v }] }]\n' +
  `  volumes: [{ name: v, ${source} }]\n`;

const uses = (claimName: string): string => `persistentVolumeClaim: { claimName: ${claimName} }`;
const local = (node: string): string =>
  `capacity: { storage: 5Gi }, storageClassName: late, local: { path: /mnt }, nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: kubernetes.io/hostname, operator: In, values: [${node}] }] }] } }`;
const LATE = storageClass(
  'late',
  'provisioner: kubernetes.io/no-provisioner\nvolumeBindingMode: WaitForFirstConsumer',
);

/** What the last of the lines prints, 20 seconds after the one before it; the files are applied first. */
function printed(objects: readonly string[], ...lines: string[]): string {
  const files = { 'all.yaml': objects.join('---\n') };
  return lastOf(files, ['kubectl apply -f all.yaml', ...lines]);
}

function lastOf(files: Readonly<Record<string, string>>, typed: readonly string[]): string {
  const { commands } = typeInCluster(
    typed.map((line, index) => [1000 + index * 20_000, line] as const),
    { files, until: typed.length * 20_000 + 20_000 },
  );
  const last = commands.at(-1);
  return `${last?.stdout}${last?.stderr}`;
}

const CLAIM_C = 'kubectl get pvc c -o jsonpath={.status.phase}/{.spec.volumeName}';
const WHY_C =
  'kubectl get events --field-selector involvedObject.name=c -o jsonpath=\'{range .items[*]}{.reason}: {.message}{"\\n"}{end}\'';
const WHY_P =
  'kubectl get events --field-selector involvedObject.name=p -o jsonpath=\'{range .items[*]}{.reason}: {.message}{"\\n"}{end}\'';

describe('a claim', () => {
  test.each`
    what                                         | volumes                                                                                                                                                                                                                                                          | spec                                                                | bound
    ${'gets the smallest volume that is enough'} | ${[volume('big', 'capacity: { storage: 9Gi }, hostPath: { path: /a }'), volume('fit', 'capacity: { storage: 2Gi }, hostPath: { path: /b }')]}                                                                                                                    | ${'storageClassName: ""'}                                           | ${'Bound/fit'}
    ${'gets none that is too small'}             | ${[volume('small', 'capacity: { storage: 900Mi }, hostPath: { path: /a }')]}                                                                                                                                                                                     | ${'storageClassName: ""'}                                           | ${'Pending/'}
    ${'gets none of another class'}              | ${[volume('other', 'capacity: { storage: 2Gi }, storageClassName: x, hostPath: { path: /a }')]}                                                                                                                                                                  | ${'storageClassName: ""'}                                           | ${'Pending/'}
    ${'gets the one that was promised to it'}    | ${[volume('fit', 'capacity: { storage: 1Gi }, hostPath: { path: /b }'), volume('mine', 'capacity: { storage: 9Gi }, hostPath: { path: /a }, claimRef: { name: c, namespace: default }')]}                                                                        | ${'storageClassName: ""'}                                           | ${'Bound/mine'}
    ${'gets the one that it names'}              | ${[volume('fit', 'capacity: { storage: 1Gi }, hostPath: { path: /b }'), volume('named', 'capacity: { storage: 9Gi }, hostPath: { path: /a }')]}                                                                                                                  | ${'storageClassName: "", volumeName: named'}                        | ${'Bound/named'}
    ${'gets one that its labels select'}         | ${['apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: ssd, labels: { disk: ssd } }\nspec: { accessModes: [ReadWriteOnce], capacity: { storage: 9Gi }, hostPath: { path: /a } }\n', volume('fit', 'capacity: { storage: 1Gi }, hostPath: { path: /b }')]} | ${'storageClassName: "", selector: { matchLabels: { disk: ssd } }'} | ${'Bound/ssd'}
  `('$what', ({ volumes, spec, bound }) => {
    const files = { 'volumes.yaml': volumes.join('---\n'), 'claim.yaml': claim('c', spec) };
    const typed = ['kubectl apply -f volumes.yaml', 'kubectl apply -f claim.yaml', CLAIM_C];
    expect(lastOf(files, typed)).toBe(bound);
  });

  test.each`
    what                                         | objects                                                                                                      | said
    ${'of no class, without a volume'}           | ${[claim('c', 'storageClassName: ""')]}                                                                      | ${'FailedBinding: no persistent volumes available for this claim and no storage class is set'}
    ${'of a class that is not there'}            | ${[claim('c', 'storageClassName: x')]}                                                                       | ${'ProvisioningFailed: storageclass.storage.k8s.io "x" not found'}
    ${'of a class that nobody makes volumes of'} | ${[storageClass('none', 'provisioner: kubernetes.io/no-provisioner'), claim('c', 'storageClassName: none')]} | ${'ProvisioningFailed: no volume plugin matched name: kubernetes.io/no-provisioner'}
    ${'of a class that waits'}                   | ${[LATE, claim('c', 'storageClassName: late')]}                                                              | ${'WaitForFirstConsumer: waiting for first consumer to be created before binding'}
    ${'of a class that waits, with a pod'}       | ${[LATE, claim('c', 'storageClassName: late'), pod('p', uses('c'))]}                                         | ${'WaitForPodScheduled: waiting for pod p to be scheduled'}
    ${'of a class that makes volumes'}           | ${[storageClass('m', 'provisioner: disks.example.com'), claim('c', 'storageClassName: m')]}                  | ${'ProvisioningSucceeded: Successfully provisioned volume pvc-'}
  `('$what says so', ({ objects, said }) => {
    expect(printed(objects, WHY_C)).toContain(said);
  });

  test('that waits for a pod gets a volume that the pod’s node reaches', () => {
    const objects = [
      LATE,
      volume('elsewhere', local('node-9')),
      volume('here', local('node-1')),
      claim('c', 'storageClassName: late'),
      pod('p', uses('c')),
    ];
    expect(printed(objects, CLAIM_C)).toBe('Bound/here');
    expect(printed(objects, 'kubectl get pod p -o jsonpath={.status.phase}')).toBe('Running');
  });

  test('whose volumes are all elsewhere keeps its pod waiting', () => {
    const objects = [
      LATE,
      volume('elsewhere', local('node-9')),
      claim('c', 'storageClassName: late'),
      pod('p', uses('c')),
    ];
    expect(printed(objects, WHY_P)).toContain(
      "0/1 nodes are available: 1 node(s) didn't find available persistent volumes to bind.",
    );
  });
});

describe('a volume whose claim is gone', () => {
  const PHASE = "kubectl get pv -o jsonpath='{.items[*].status.phase}'";
  test.each`
    what                                              | spec                                                                     | phase
    ${'is kept'}                                      | ${'hostPath: { path: /a }'}                                              | ${'Released'}
    ${'goes if it may, and lies where it is allowed'} | ${'hostPath: { path: /tmp/a }, persistentVolumeReclaimPolicy: Delete'}   | ${''}
    ${'stays if nobody can delete it'}                | ${'hostPath: { path: /srv/a }, persistentVolumeReclaimPolicy: Delete'}   | ${'Failed'}
    ${'stays if no plugin deletes its kind'}          | ${'nfs: { server: a, path: /b }, persistentVolumeReclaimPolicy: Delete'} | ${'Failed'}
  `('$what', ({ spec, phase }) => {
    const objects = [volume('v', `capacity: { storage: 1Gi }, ${spec}`), claim('c', 'storageClassName: ""')];
    expect(printed(objects, 'kubectl delete pvc c', PHASE)).toBe(phase);
  });

  test('goes with what was on it, if it was made for the claim', () => {
    const objects = [
      storageClass('m', 'provisioner: disks.example.com'),
      claim('c', 'storageClassName: m'),
      pod('p', uses('c')),
    ];
    const write = 'kubectl exec p -- sh -c "echo old > /v/f"';
    const again = ['kubectl delete pod p', 'kubectl delete pvc c', 'kubectl apply -f all.yaml'];
    expect(printed(objects, write, 'kubectl exec p -- cat /v/f')).toBe('old\n');
    expect(printed(objects, write, ...again, 'kubectl exec p -- ls /v')).toBe('');
  });
});

describe('a volume that lives as long as its pod', () => {
  const objects = [
    storageClass('m', 'provisioner: disks.example.com'),
    pod(
      'p',
      'ephemeral: { volumeClaimTemplate: { spec: { storageClassName: m, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } } }',
    ),
  ];
  const CLAIMS = "kubectl get pvc -o jsonpath='{.items[*].metadata.name}'";

  test('has a claim that is called after both', () => {
    expect(printed(objects, CLAIMS)).toBe('p-v');
    expect(printed(objects, 'kubectl get pod p -o jsonpath={.status.phase}')).toBe('Running');
  });

  test('goes with it', () => {
    expect(printed(objects, 'kubectl delete pod p', CLAIMS)).toBe('');
  });
});
