import { describe, expect, test } from 'vitest';
import { rowReader } from '../../../../src/cluster/world/readers.ts';
import { type Typing, typeOnMachines } from './type-on-machines.ts';

const WEB = 'kubectl run web --image=nginx --restart=Always';
const RUNS: Typing = {
  wait: { until: { resource: { kind: 'Pod', metadata: { name: 'web' }, status: { phase: 'Running' } } } },
};

const onNode = (run: string): Typing => ({ run, on: 'node-1' });
const cluster = { nodes: 1 };

function lastOf(...steps: readonly Typing[]): string | undefined {
  return typeOnMachines(steps, { cluster }).printed.at(-1);
}

describe('systemctl', () => {
  test.each<readonly [string, readonly Typing[], string]>([
    ['says what runs', [onNode('systemctl is-active kubelet containerd docker')], 'active\nactive\nactive\n'],
    ['stops a kubelet', [onNode('systemctl stop kubelet; systemctl is-active kubelet')], 'inactive\n'],
    [
      'starts it again',
      [onNode('systemctl stop kubelet; systemctl start kubelet; systemctl is-active kubelet.service')],
      'active\n',
    ],
    [
      'restarts',
      [
        onNode(
          'sudo systemctl daemon-reload && sudo systemctl restart kubelet && systemctl is-active kubelet',
        ),
      ],
      'active\n',
    ],
    ['enables what is enabled without a word', [onNode('systemctl enable --now kubelet')], ''],
    [
      'disables',
      [onNode('systemctl disable kubelet; systemctl is-enabled kubelet')],
      'disabled\nRemoved "/etc/systemd/system/multi-user.target.wants/kubelet.service".\n',
    ],
    [
      'does not know others',
      [onNode('systemctl restart nginx')],
      'Failed to restart nginx.service: Unit nginx.service not found.\n',
    ],
    ['cannot show others', [onNode('systemctl status nginx')], 'Unit nginx.service could not be found.\n'],
  ])('%s', (_what, steps, printed) => {
    expect(lastOf(...steps)).toBe(printed);
  });

  test('shows how a service stands', () => {
    const text = lastOf(
      { wait: '90s' },
      onNode('systemctl restart kubelet'),
      { wait: '65s' },
      onNode('systemctl status kubelet | head -5'),
    );
    expect(text?.replace(/since .*; /, 'since … ')).toBe(
      `● kubelet.service - kubelet: The Kubernetes Node Agent
     Loaded: loaded (/lib/systemd/system/kubelet.service; enabled; preset: enabled)
    Drop-In: /usr/lib/systemd/system/kubelet.service.d
             └─10-kubeadm.conf
     Active: active (running) since … 1min 5s ago
`,
    );
  });

  test('a kubelet that restarts, and a runtime that does, leave containers alone', () => {
    const { played } = typeOnMachines(
      [
        WEB,
        RUNS,
        { wait: '20s' },
        onNode('systemctl restart kubelet'),
        { wait: '30s' },
        onNode('systemctl restart docker containerd'),
        { wait: '2m' },
      ],
      { cluster },
    );
    const { world } = played.run;
    const rows = rowReader({ tables: world.store.tables, seq: world.seq });
    const [pod] = rows.rowsBy('podWorkers', 'node', 'node-1');
    const containers = rows.rowsBy('containers', 'pod', pod?.key ?? '');
    expect(containers.map(({ attempt, exit }) => ({ attempt, ended: exit !== undefined }))).toEqual([
      { attempt: 0, ended: false },
    ]);
    const ends = played.log.filter(
      ({ event }) => event.type === 'ContainerExited' || event.type === 'ObjectDeleted',
    );
    expect(ends).toEqual([]);
  });

  test('without its runtime a node is not ready, starts nothing, and catches up', () => {
    const ready = 'kubectl get nodes --no-headers | awk "{print \\$2}"';
    const { printed } = typeOnMachines(
      [
        { wait: '10s' },
        onNode('systemctl stop containerd'),
        { wait: '45s' },
        ready,
        `${WEB} --overrides='{"spec":{"tolerations":[{"operator":"Exists"}]}}'`,
        { wait: '20s' },
        'kubectl get pod web --no-headers | awk "{print \\$3}"',
        onNode('systemctl start containerd'),
        { wait: '60s' },
        ready,
        'kubectl get pod web --no-headers | awk "{print \\$3}"',
      ],
      { cluster },
    );
    expect(printed).toEqual(['', 'NotReady\n', 'pod/web created\n', 'Pending\n', '', 'Ready\n', 'Running\n']);
  });
});

describe('journalctl', () => {
  test('tells of starts and stops', () => {
    const text = lastOf(
      { wait: '5s' },
      onNode('systemctl restart kubelet'),
      onNode('journalctl -u kubelet --no-pager | grep systemd | cut -d: -f4-'),
    );
    expect(text?.split('\n').slice(1)).toEqual([
      ' Stopping kubelet.service - kubelet: The Kubernetes Node Agent.',
      ' kubelet.service: Deactivated successfully.',
      ' Stopped kubelet.service - kubelet: The Kubernetes Node Agent.',
      ' Started kubelet.service - kubelet: The Kubernetes Node Agent.',
      '',
    ]);
  });

  test('tells of pods, and of what does not start', () => {
    const text = lastOf(
      'kubectl run web --image=nginx',
      'kubectl run bad --image=busybox -- false',
      { wait: '40s' },
      onNode('journalctl -xeu kubelet'),
    );
    expect(text).toMatch(/"Observed pod startup duration" pod="default\/web" podStartE2EDuration="\d/);
    expect(text).toMatch(
      /pod_workers.go:\d+\] "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"bad\\" with CrashLoopBackOff/,
    );
  });

  test('the API server is not to be reached', () => {
    const text = lastOf(
      { fault: { cut: 'network', node: 'node-1', from: 'control-plane' } },
      onNode('journalctl -u kubelet -p err -n 1'),
    );
    expect(text).toContain('"Failed to ensure lease exists, will retry"');
  });
});

describe('crictl', () => {
  const steps = [WEB, RUNS, { wait: '10s' }];
  test.each<readonly [string, string, RegExp]>([
    [
      'lists containers',
      'crictl ps | awk "{print \\$1, \\$6, \\$7, \\$8, \\$10, \\$11}"',
      /^CONTAINER.*\n[0-9a-f]{13} Running web 0 web default\n$/,
    ],
    [
      'lists sandboxes',
      'crictl pods --name web | tail -1',
      /^[0-9a-f]{13} +\d+ seconds ago +Ready +web +default +0 +\(default\)\n$/,
    ],
    ['lists images', 'crictl images | head -1', /^IMAGE +TAG +IMAGE ID +SIZE\n$/],
    ['shows a log', 'crictl logs --tail=1 $(crictl ps -q)', /start worker process/],
    ['runs a program', 'crictl exec -it $(crictl ps -q --name web) hostname', /^web\n$/],
    ['inspects', 'crictl inspect $(crictl ps -q) | grep CONTAINER_', /"state": "CONTAINER_RUNNING"/],
    [
      'does not find',
      'crictl inspect abc',
      /^FATA\[0000\] getting the status of the container "abc": rpc error: code = NotFound/,
    ],
  ])('%s', (_what, line, printed) => {
    expect(lastOf(...steps, onNode(line))).toMatch(printed);
  });

  test('what is stopped, the kubelet starts again', () => {
    expect(
      lastOf(
        ...steps,
        onNode('crictl stop $(crictl ps -q)'),
        { wait: '20s' },
        'kubectl get pod web --no-headers | awk "{print \\$4}"',
      ),
    ).toBe('1\n');
  });

  test('shows nothing while the runtime is down', () => {
    expect(lastOf(onNode('systemctl stop containerd'), onNode('crictl ps'))).toContain(
      'connect: connection refused',
    );
  });
});
