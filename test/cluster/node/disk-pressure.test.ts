import { describe, expect, test } from 'vitest';
import { typeInCluster } from '../clients/type-in-cluster.ts';

// The machine's disk has 50 GiB, of which the system takes 4.
const pod = (name: string, { writes, spec = '', container = '' }: Hog): string => `apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec:
  ${spec}
  containers:
    - name: c
      image: busybox:1.36
      command: [sh, -c, "dd if=/dev/zero of=${writes.at} bs=1M count=${writes.mebibytes}; sleep 3600"]
      ${container}
---
`;

interface Hog {
  readonly writes: { readonly at: string; readonly mebibytes: number };
  readonly spec?: string;
  readonly container?: string;
}

const SCRATCH = {
  spec: 'volumes: [{ name: s, emptyDir: { sizeLimit: 100Mi } }]',
  container: 'volumeMounts: [{ name: s, mountPath: /s }]',
};
const LIMIT = { container: 'resources: { limits: { ephemeral-storage: 50Mi } }' };

function printed(manifest: string, line: string, after = 90_000): string {
  const { commands } = typeInCluster(
    [
      [1000, 'kubectl apply -f a.yaml'],
      [after, line],
    ],
    { files: { 'a.yaml': manifest }, until: after + 2000 },
  );
  return commands[1]?.stdout ?? '';
}

const WHY = "kubectl get pods -o jsonpath='{range .items[*]}{.metadata.name}: {.status.message}|{end}'";

describe('a pod that writes more than it may', () => {
  test.each`
    what                         | hog                                                       | why
    ${'into a volume'}           | ${{ writes: { at: '/s/f', mebibytes: 200 }, ...SCRATCH }} | ${'p: Usage of EmptyDir volume "s" exceeds the limit "100Mi". |'}
    ${'into its own layer'}      | ${{ writes: { at: '/f', mebibytes: 200 }, ...LIMIT }}     | ${'p: Pod ephemeral local storage usage exceeds the total limit of containers 50Mi. |'}
    ${'and no more than it may'} | ${{ writes: { at: '/f', mebibytes: 40 }, ...LIMIT }}      | ${'p: |'}
    ${'where nobody limits it'}  | ${{ writes: { at: '/f', mebibytes: 200 } }}               | ${'p: |'}
  `('$what', ({ hog, why }) => {
    expect(printed(pod('p', hog), WHY)).toBe(why);
  });
});

describe('a machine whose disk is full', () => {
  const both =
    pod('modest', {
      writes: { at: '/f', mebibytes: 1 },
      container: 'resources: { requests: { ephemeral-storage: 1Gi } }',
    }) + pod('hog', { writes: { at: '/f', mebibytes: 43_000 } });

  test('ends whoever has taken most beyond what it asked for, and says why', () => {
    expect(printed(both, WHY)).toMatch(
      /^hog: The node was low on resource: ephemeral-storage\. Threshold quantity: 5Gi, available: \d+Ki\. Container c was using 44032028Ki, request is 0, has larger consumption of ephemeral-storage\. \|modest: \|$/,
    );
  });

  test('is under pressure for five minutes more', () => {
    const line =
      'kubectl get node node-1 -o jsonpath=\'{.spec.taints[*].key} {.status.conditions[?(@.type=="DiskPressure")].status}\'';
    expect(printed(both, line)).toBe('node.kubernetes.io/disk-pressure True');
    expect(printed(both, line, 400_000)).toBe(' False');
  });

  test('deletes images that nobody uses before it ends anybody', () => {
    const idle = pod('a', { writes: { at: '/f', mebibytes: 39_390 } });
    const run = typeInCluster(
      [
        [1000, 'kubectl run old --image=nginx:1.27 --restart=Never'],
        [20_000, 'kubectl delete pod old --now'],
        [200_000, 'kubectl apply -f a.yaml'],
        [231_000, WHY],
      ],
      { files: { 'a.yaml': idle }, until: 240_000 },
    );
    const removed = run.log.filter(({ event }) => event.type === 'ImageRemoved');
    expect(removed).toHaveLength(1);
    expect(run.commands[3]?.stdout).toBe('a: |');
  });
});
