import { describe, expect, test } from 'vitest';
import { typeInCluster } from '../type-in-cluster.ts';
import type { TypedAt } from '../type-lines.ts';
import { lastOf } from './last-of.ts';

const unready = 'container "main" in pod "web" is waiting to start: ContainerCreating';
const defaulted = 'Defaulted container "a" out of: a, b, setup (init)\n';

describe('logs', () => {
  test.each([
    [2000, 'kubectl logs web', '', `Error from server (BadRequest): ${unready}\n`],
    [10_000, 'kubectl logs web', 'line 0\nline 1\nline 2\nline 3\n', ''],
    [10_000, 'kubectl logs web --tail=1', 'line 3\n', ''],
    [10_000, 'kubectl logs web --since=2s', 'line 3\n', ''],
    [10_000, 'kubectl logs -l app=web --prefix --tail=1', '[pod/web/main] line 3\n', ''],
    [10_000, 'kubectl logs two', 'from a\n', defaulted],
    [10_000, 'kubectl logs two -c setup', 'set up\n', ''],
    [10_000, 'kubectl logs two b --previous', 'from b\n', ''],
    [10_000, 'kubectl logs two --all-containers', 'set up\nfrom a\nfrom b\n', ''],
    [
      10_000,
      'kubectl logs two -c c',
      '',
      'error: container c is not valid for pod two out of: a, b, setup (init)\n',
    ],
    [
      10_000,
      'kubectl logs web -p',
      '',
      'Error from server (BadRequest): previous terminated container "main" in pod "web" not found\n',
    ],
  ])('at %i ms: %s', (at, line, stdout, stderr) => {
    expect(lastOf([[at, line]])).toMatchObject({ stdout, stderr, exitCode: stderr.includes('rror') ? 1 : 0 });
  });

  test('a log that is followed comes line by line, until nobody reads any more', () => {
    const { stdout, exitCode, seconds } = lastOf([[10_000, 'kubectl logs web -f --tail=1 | head -3']]);
    expect({ stdout, exitCode }).toEqual({ stdout: 'line 3\nline 4\nline 5\n', exitCode: 0 });
    // Line 6 is written into a pipe without a reader.
    expect(seconds).toBeGreaterThan(4);
    expect(seconds).toBeLessThan(7);
  });

  test('a log that is followed ends with its container, and with the kubelet', () => {
    expect(
      lastOf([
        [2500, 'kubectl run once --image=busybox:1.36 --restart=Never -- sh -c "echo a; sleep 9; echo b"'],
        [6000, 'kubectl logs once -f'],
      ]),
    ).toMatchObject({ stdout: 'a\nb\n', exitCode: 0 });
    const stopped = lastOf([[10_000, 'kubectl logs web -f --tail=1']], {
      facts: [[12_500, { type: 'KubeletStopped', node: 'node-1' }]],
    });
    expect(stopped).toMatchObject({ stdout: 'line 3\nline 4\n', exitCode: 0 });
    expect(stopped.seconds).toBeCloseTo(2.5, 1);
  });

  test('nobody answers for a kubelet that is down', () => {
    const facts = [[5000, { type: 'KubeletStopped', node: 'node-1' }]] as const;
    const refused = 'dial tcp 10.99.0.1:10250: connect: connection refused\n';
    expect(lastOf([[6000, 'kubectl logs web --tail=3']], { facts }).stderr).toBe(
      `Error from server: Get "https://10.99.0.1:10250/containerLogs/default/web/main?tailLines=3": ${refused}`,
    );
    expect(lastOf([[6000, 'kubectl exec web -- ls']], { facts }).stderr).toBe(
      `error: unable to upgrade connection: error dialing backend: ${refused}`,
    );
    expect(lastOf([[6000, 'kubectl exec web -- ls']], { facts, minor: 20 }).stderr).toBe(
      `Error from server: error dialing backend: ${refused}`,
    );
  });
});

describe('exec', () => {
  test.each([
    ['kubectl exec web -- echo hi', 'hi\n', '', 0],
    [
      "kubectl exec web -- sh -c 'echo out; echo err >&2; exit 3'",
      'out\n',
      'err\ncommand terminated with exit code 3\n',
      3,
    ],
    ['kubectl exec two -- true', '', defaulted, 0],
    [
      'kubectl exec two -c b -- true',
      '',
      'error: unable to upgrade connection: container not found ("b")\n',
      1,
    ],
    ['kubectl exec nope -- true', '', 'Error from server (NotFound): pods "nope" not found\n', 1],
    ['kubectl exec web -- sleep 5 && echo slept', 'slept\n', '', 0],
  ])('%s', (line, stdout, stderr, exitCode) => {
    expect(lastOf([[10_000, line]])).toMatchObject({ stdout, stderr, exitCode });
  });

  test('a program that is not there is told in the words of containerd', () => {
    const { stderr, exitCode } = lastOf([[10_000, 'kubectl exec web -- nosuch']]);
    const start =
      /failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: exec failed: unable to start/;
    expect(stderr).toMatch(start);
    expect(stderr).toMatch(/container process: exec: "nosuch": executable file not found in \$PATH\n$/);
    expect(exitCode).toBe(1);
  });

  test('waits for a first pod, as long as it is told to', () => {
    const before: readonly TypedAt[] = [[5000, 'kubectl scale deploy d --replicas=0']];
    const line = 'kubectl exec deploy/d --pod-running-timeout=5s -- echo hi';
    const gone = lastOf([...before, [60_000, line]]);
    expect(gone).toMatchObject({ stderr: 'error: timed out waiting for the condition\n', exitCode: 1 });
    expect(gone.seconds).toBeCloseTo(5, 0);
  });
});

describe('run --rm -i', () => {
  test('prints what the pod prints, ends as it ended, and deletes it', () => {
    const line =
      'kubectl run once --image=busybox:1.36 --restart=Never --rm -i -- sh -c "echo in pod; sleep 1; exit 4"';
    const { stdout, stderr, exitCode, seconds } = lastOf([[5000, line]]);
    expect(stdout).toBe('in pod\npod "once" deleted from default namespace\n');
    expect(stderr).toMatch(/pod default\/once terminated \(Error\)\n$/);
    expect(exitCode).toBe(4);
    expect(seconds).toBeGreaterThan(1);
    expect(
      lastOf([
        [5000, line],
        [40_000, 'kubectl get pod once'],
      ]).stderr,
    ).toMatch(/"once" not found/);
  });
});

describe('what waits', () => {
  test('goes on from where it was, wherever in a line it stands', () => {
    const line =
      'kubectl get pods -o name >/dev/null; kubectl delete pod $(echo web) --grace-period=2; echo end';
    const { stdout, exitCode } = lastOf([[10_000, line]]);
    const deleted = 'pod "web" deleted from default namespace\n';
    expect({ stdout, exitCode }).toEqual({ stdout: `${deleted}end\n`, exitCode: 0 });
  });

  test('delete returns when the pod is gone, or when it is told not to wait', () => {
    const waiting = lastOf([[10_000, 'kubectl delete pod web']]);
    expect(waiting).toMatchObject({ stdout: 'pod "web" deleted from default namespace\n', exitCode: 0 });
    expect(waiting.seconds).toBeGreaterThan(30);
    expect(waiting.seconds).toBeLessThan(31.5);
    expect(lastOf([[10_000, 'kubectl delete pod web --wait=false']]).seconds).toBeLessThan(0.5);
    expect(lastOf([[10_000, 'kubectl delete pod web --now']]).seconds).toBeLessThan(4);
    const late = lastOf([[10_000, 'kubectl delete pod web --timeout=2s']]);
    expect(late.stderr).toBe('error: timed out waiting for the condition on pods/web\n');
    expect(late.seconds).toBeCloseTo(2, 0);
  });

  test('wait sees the condition come', () => {
    const { stdout, seconds } = lastOf([[1200, 'kubectl wait --for=condition=Ready pod/web']]);
    expect(stdout).toBe('pod/web condition met\n');
    expect(seconds).toBeGreaterThan(0.2);
    expect(seconds).toBeLessThan(5);
  });

  test('rollout status tells of every step', () => {
    const line = 'kubectl rollout restart deploy/d && kubectl rollout status deploy/d';
    expect(
      lastOf([[10_000, line]])
        .stdout.split('\n')
        .slice(0, 2),
    ).toEqual([
      'deployment.apps/d restarted',
      'Waiting for deployment "d" rollout to finish: 1 out of 2 new replicas have been updated...',
    ]);
    expect(lastOf([[10_000, line]]).stdout).toMatch(/deployment "d" successfully rolled out\n$/);
  });

  test('get -w tells of every change until its time is over', () => {
    const { stdout, exitCode, seconds } = lastOf([
      [1100, 'kubectl get pod web -w --request-timeout=9s --no-headers | grep -v Pending'],
    ]);
    const states = stdout.split('\n').map((row) => row.split(/ +/)[2]);
    expect(states[0]).toBe('ContainerCreating');
    expect(states.slice(-2)).toEqual(['Running', undefined]);
    expect(exitCode).toBe(0);
    expect(seconds).toBeCloseTo(9, 0);
  });

  test('lines run beside each other, and each of a line after the one before', () => {
    const { commands } = typeInCluster([
      [1000, 'sleep 3; kubectl get ns default -o name; echo done'],
      [2000, 'kubectl get ns kube-system -o name'],
    ]);
    expect(commands.map(({ stdout }) => stdout)).toEqual([
      'namespace/default\ndone\n',
      'namespace/kube-system\n',
    ]);
    const [first, second] = commands.map(({ endedAt = 0 }) => endedAt);
    expect(first).toBeGreaterThan(4000);
    expect(second).toBeLessThan(2500);
  });
});

describe('drain', () => {
  const refused = 'error: unable to drain node "node-1" due to error: ';
  const kept =
    'cannot delete Pods that declare no controller (use --force to override): default/two, default/web';

  test('refuses to delete what nobody would replace', () => {
    const { stdout, stderr, exitCode } = lastOf([[10_000, 'kubectl drain node-1']]);
    expect({ stdout, exitCode }).toEqual({ stdout: 'node/node-1 cordoned\n', exitCode: 1 });
    const pending = 'There are pending nodes to be drained:\n node-1\n';
    expect(stderr).toBe(`${refused}${kept}, continuing command...\n${pending}${kept}\n`);
  });

  test('evicts pods and looks every second whether they are gone', () => {
    const { stdout, stderr, exitCode, seconds } = lastOf([
      [10_000, 'kubectl drain node-1 --force --grace-period=4 --pod-selector app=web'],
    ]);
    expect(stdout).toBe(
      'node/node-1 cordoned\nevicting pod default/web\npod/web evicted\nnode/node-1 drained\n',
    );
    expect(stderr).toBe('Warning: deleting Pods that declare no controller: default/web\n');
    expect(exitCode).toBe(0);
    expect(seconds).toBeGreaterThan(4);
    expect(seconds).toBeLessThan(7);
  });

  test('tries again while a budget of disruption forbids it, until its time is over', () => {
    const { stdout, stderr, exitCode, seconds } = lastOf([
      [5000, 'kubectl create pdb web --selector=app=web --min-available=1'],
      [10_000, 'kubectl drain node-1 --force --pod-selector app=web --timeout=12s'],
    ]);
    const evicting = 'evicting pod default/web\n';
    expect(stdout).toBe(`node/node-1 cordoned\n${evicting.repeat(4)}`);
    const what = 'error when evicting pods/"web" -n "default"';
    const budget = "Cannot evict pod as it would violate the pod's disruption budget.";
    const late = `${what}: global timeout reached: 12s`;
    expect(stderr.split('\n').slice(1)).toEqual([
      ...Array.from({ length: 3 }, () => `${what} (will retry after 5s): ${budget}`),
      `There are pending pods in node "node-1" when an error occurred: ${late}`,
      'pod/web',
      `${refused}${late}, continuing command...`,
      'There are pending nodes to be drained:',
      ' node-1',
      late,
      '',
    ]);
    expect(exitCode).toBe(1);
    expect(seconds).toBeCloseTo(15, 0);
  });
});
