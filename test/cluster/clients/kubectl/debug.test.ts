import { describe, expect, test } from 'vitest';
import { checkCommand } from '../../../../src/cluster/clients/command-line/check-command.ts';
import { typeInCluster } from '../type-in-cluster.ts';

const LINES: readonly (readonly [at: number, line: string])[] = [
  [0, 'kubectl run web --image=nginx:1.27 --labels=app=web'],
  [
    10_000,
    "kubectl debug web -it --image=busybox:1.36 --target=web -- sh -c 'hostname; wget -qO- localhost | head -4'",
  ],
  [
    25_000,
    'kubectl get pod web -o jsonpath="{.spec.ephemeralContainers[0].name} {.status.ephemeralContainerStatuses[0].state.terminated.exitCode} {.status.phase}"',
  ],
  [26_000, 'kubectl debug web --image=busybox:1.36 -c second -- sleep 300'],
  [30_000, 'kubectl exec web -c second -- hostname'],
  [31_000, 'kubectl describe pod web'],
  [
    33_000,
    'kubectl debug web --image=busybox:1.36 --copy-to=web-copy --share-processes -c debugger -- sleep 300',
  ],
  [40_000, 'kubectl get pod web-copy -o json'],
  [41_000, 'kubectl debug web --copy-to=web-1.28 --set-image=*=nginx:1.28 --keep-labels'],
  [50_000, 'kubectl get pod web-1.28 --show-labels -o wide'],
  [51_000, 'kubectl debug node/node-1 --image=busybox:1.36 -it -- hostname'],
  [60_000, 'kubectl get pods -l app.kubernetes.io/managed-by=kubectl-debug -o json'],
  [61_000, 'kubectl debug web'],
  [62_000, 'kubectl debug nothing --image=busybox'],
  [63_000, 'kubectl debug svc/kubernetes --image=busybox'],
  [64_000, 'kubectl debug web --image=busybox --profile=none'],
  [65_000, 'kubectl debug web --image=busybox --target=nothing'],
];

describe('kubectl debug', () => {
  const { commands } = typeInCluster(LINES, { until: 70_000 });
  const row = (part: string) => commands[LINES.findIndex(([, line]) => line.includes(part))];

  test('adds a container to a pod that runs, which shares its network', () => {
    const added = row('--target=web');
    expect(added?.stdout).toMatch(
      /^Targeting container "web"\. .*\nDefaulting debug container name to debugger-\w{5}\.\nweb\n<!DOCTYPE html>\n/,
    );
    expect(added?.exitCode).toBe(0);
    expect(row('exitCode')?.stdout).toMatch(/^debugger-\w{5} 0 Running$/);
    expect(row('exec web -c second')).toMatchObject({ stdout: 'web\n', exitCode: 0 });
    expect(row('describe')?.stdout).toMatch(
      /^Ephemeral Containers:\n {2}debugger-\w{5}:[\s\S]*^ {2}second:\n/m,
    );
  });

  test('copies a pod', () => {
    const copy: unknown = JSON.parse(row('get pod web-copy')?.stdout ?? '{}');
    expect(copy).toMatchObject({
      metadata: { name: 'web-copy' },
      spec: {
        shareProcessNamespace: true,
        containers: [{ name: 'web' }, { name: 'debugger', command: ['sleep', '300'] }],
      },
      status: { phase: 'Running' },
    });
    expect(copy).not.toHaveProperty('metadata.labels');
    expect(row('get pod web-1.28')?.stdout).toMatch(/^web-1\.28 +1\/1 +Running .* app=web$/m);
  });

  test('looks at a machine', () => {
    expect(row('node/node-1')?.stdout).toMatch(
      /^Creating debugging pod node-debugger-node-1-\w{5} with container debugger on .*\.\nnode-1\n$/,
    );
    expect(JSON.parse(row('managed-by')?.stdout ?? '{}')).toMatchObject({
      items: [
        {
          spec: {
            nodeName: 'node-1',
            hostNetwork: true,
            hostPID: true,
            containers: [
              { volumeMounts: expect.arrayContaining([{ name: 'host-root', mountPath: '/host' }]) },
            ],
          },
          status: { phase: 'Succeeded' },
        },
      ],
    });
  });

  test.each([
    ['kubectl debug nothing', 'Error from server (NotFound): pods "nothing" not found\n'],
    ['debug svc/kubernetes', 'error: "/v1, Kind=Service" not supported by debug\n'],
    ['--profile=none', 'error: unknown profile: none\n'],
    ['--target=nothing', 'spec.ephemeralContainers[2].targetContainerName: Not found: "nothing"'],
  ])('%s is refused: %s', (part, stderr) => {
    expect(row(part)?.stderr).toContain(stderr);
    expect(row(part)?.exitCode).toBe(1);
  });

  test('without an image is refused', () => {
    expect(commands[12]?.stderr).toBe('error: you must specify --image when not using --copy-to.\n');
  });

  test('into whose shell somebody would type is named before anything runs', () => {
    expect(checkCommand('kubectl debug web -it --image=busybox')?.code).toBe('notSimulated');
    expect(checkCommand('kubectl debug web -it --image=busybox -- sh')?.code).toBe('notSimulated');
    expect(checkCommand('kubectl debug web -it --image=busybox -- ls')).toBeUndefined();
  });
});
