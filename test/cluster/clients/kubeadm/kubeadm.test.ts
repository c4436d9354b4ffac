import { describe, expect, test } from 'vitest';
import { type Typing, typeOnMachines } from '../machines/type-on-machines.ts';

const cluster = {
  version: '1.35.2',
  nodes: [{ name: 'cp-1', controlPlane: true }, { name: 'node-1' }, { name: 'node-2', spare: true }],
};

function typed(...steps: readonly Typing[]): readonly string[] {
  return typeOnMachines(steps, { cluster }).printed;
}

function lastOf(...steps: readonly Typing[]): string | undefined {
  return typed(...steps).at(-1);
}

describe('packages', () => {
  test.each<readonly [string, readonly Typing[], string]>([
    ['are there in the version of the cluster', ['kubeadm version -o short'], 'v1.35.2\n'],
    [
      'are installed',
      ["sudo apt-get update && sudo apt-get install -y kubeadm='1.36.1-*'", 'kubeadm version -o short'],
      'v1.36.1\n',
    ],
    [
      'are installed by yum',
      [
        'yum install -y kubelet-1.36.0-0 kubectl-1.36.0-0 --disableexcludes=kubernetes',
        'kubectl version --client',
      ],
      'Client Version: v1.36.0\nKustomize Version: v5.8.1\n',
    ],
    [
      'are each machine’s own',
      [
        'ssh node-1 apt-get install -y kubeadm=1.36.0-1.1',
        'kubeadm version -o short; ssh node-1 kubeadm version -o short',
      ],
      'v1.35.2\nv1.36.0\n',
    ],
    ['are held', ['apt-mark hold kubelet kubeadm', 'apt-mark showhold'], 'kubeadm\nkubelet\n'],
    [
      'are let go',
      ['apt-mark hold kubelet', 'apt-mark unhold kubelet kubectl'],
      'Canceled hold on kubelet.\nkubectl was already not on hold.\n',
    ],
  ])('%s', (_what, steps, printed) => {
    expect(lastOf(...steps)).toBe(printed);
  });

  test('that are held are not changed, and one that was not released is not found', () => {
    expect(lastOf('apt-mark hold kubelet', 'apt-get install -y kubelet=1.36.0-1.1')).toContain(
      'E: Held packages were changed',
    );
    expect(lastOf('apt-get install -y kubelet=1.99.0-1.1')).toContain(
      "E: Version '1.99.0-1.1' for 'kubelet' was not found",
    );
  });

  test('a kubelet is new when it has been restarted', () => {
    const versions = "kubectl get nodes --no-headers | awk '{print $1, $NF}'";
    const lines = typed(
      "ssh node-1 apt-get install -y kubelet='1.36.0-*'",
      versions,
      'ssh node-1 systemctl restart kubelet',
      { wait: '1s' },
      versions,
    );
    expect(lines[1]).toContain('node-1 v1.35.2');
    expect(lines.at(-1)).toContain('node-1 v1.36.0');
  });
});

describe('tokens', () => {
  test('are made, listed and deleted', () => {
    const [token = '', list, gone, after] = typed(
      'kubeadm token create',
      'kubeadm token list',
      "kubeadm token delete $(kubeadm token list | awk 'NR==2{print $1}')",
      'kubeadm token list',
    );
    expect(token).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}\n$/);
    expect(list).toMatch(
      new RegExp(
        `^TOKEN +TTL +EXPIRES +USAGES +DESCRIPTION +EXTRA GROUPS\n${token.trim()} +23h +2026-01-02T00:00:00Z +authentication,signing +<none> +system:bootstrappers`,
      ),
    );
    expect(gone).toBe(`bootstrap token "${token.slice(0, 6)}" deleted\n`);
    expect(after).toBe('');
  });

  test('a machine joins by what is printed, and by nothing else', () => {
    const nodes = 'kubectl get nodes --no-headers | wc -l';
    const lines = typed(
      nodes,
      {
        run: 'kubeadm token create --print-join-command',
        capture: { join: { line: '/^(kubeadm join .*)$/' } },
      },
      { run: `$\{join}`.replace(/^/, ''), on: 'node-2' },
      { wait: '2s' },
      nodes,
    );
    expect(lines[1]).toMatch(
      /^kubeadm join 10\.99\.0\.1:6443 --token \S+ --discovery-token-ca-cert-hash sha256:[0-9a-f]{64} \n$/,
    );
    expect(lines[2]).toContain('This node has joined the cluster:');
    expect([lines[0], lines.at(-1)]).toEqual(['2\n', '3\n']);
  });

  test('a token that nobody knows is asked about for five minutes', () => {
    const { printed, played, exitCodes } = typeOnMachines(
      [
        {
          run: `kubeadm join 10.99.0.1:6443 --token abcdef.0123456789abcdef --discovery-token-unsafe-skip-ca-verification`,
          on: 'node-2',
        },
      ],
      { cluster },
    );
    expect(printed[0]).toContain(
      'could not find a JWS signature in the cluster-info ConfigMap for token ID "abcdef"',
    );
    expect(exitCodes).toEqual([1]);
    expect(played.run.world.at).toBeGreaterThan(300_000);
  });

  test('who is a node already does not join', () => {
    expect(
      lastOf({ run: 'kubeadm join 10.99.0.1:6443 --token abcdef.0123456789abcdef', on: 'node-1' }),
    ).toContain('[ERROR Port-10250]: Port 10250 is in use');
  });
});

describe('kubeadm says no', () => {
  test.each<readonly [string, string, string]>([
    ['to what it does not have', 'kubeadm alpha phase', 'kubeadm alpha phase is not simulated'],
    ['to a flag that it does not have', 'kubeadm token create --foo', 'kubeadm has no flag --foo here'],
  ])('%s', (_what, line, message) => {
    expect(() => typed(line)).toThrow(message);
  });
});

test('kubeadm lists the images of a version', () => {
  expect(lastOf('kubeadm config images list --kubernetes-version v1.36.0')).toContain(
    'registry.k8s.io/kube-apiserver:v1.36.0\n',
  );
});

describe('the day on which certificates expire', () => {
  // They are good for a year: ten minutes are left.
  const old = { ...cluster, certificatesAge: '8759h50m' };
  const lines = typeOnMachines(
    [
      'kubectl get nodes -o name',
      'kubectl get configmaps -w -o name --request-timeout=11m',
      'kubectl get nodes -o name',
      'ssh node-1 kubectl get nodes',
      'kubeadm certs check-expiration | grep "^apiserver "',
      'kubeadm certs renew apiserver',
      'kubectl get nodes -o name',
      'kubeadm certs renew all',
      'kubectl get nodes -o name',
    ],
    { cluster: old },
  ).printed;

  test.each<readonly [string, number, RegExp]>([
    ['all is well until then', 0, /^node\/cp-1\nnode\/node-1\n$/],
    ['a watch that stands goes on', 1, /^configmap\/kube-root-ca.crt\n$/],
    [
      'then nobody new trusts the API server',
      2,
      /^Unable to connect to the server: tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-01-01T00:11:\d\dZ is after 2026-01-01T00:10:00Z\n$/,
    ],
    ['a worker has no kubeconfig', 3, /^The connection to the server localhost:8080 was refused/],
    ['kubeadm tells', 4, /^apiserver +Jan 01, 2026 00:10 UTC +<invalid> +ca +no/],
    [
      'and signs anew without the cluster',
      5,
      /Falling back to default configuration\n\ncertificate for serving the Kubernetes API renewed\n$/,
    ],
    ['a person needs a new one too', 6, /^error: You must be logged in to the server \(Unauthorized\)\n$/],
    ['all is renewed', 7, /Done renewing certificates\. You must restart the kube-apiserver/],
    ['and well again', 8, /^node\/cp-1\nnode\/node-1\n$/],
  ])('%s', (_what, index, printed) => {
    expect(lines[index]).toMatch(printed);
  });
});
