import { describe, expect, test } from 'vitest';
import { readSetup } from '../../../../src/cluster/kubeadm/setup.ts';
import { expectSameTails } from '../../../support/same-tail.ts';
import { typeOnMachines } from '../machines/type-on-machines.ts';

const CONFIG = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
bootstrapTokens:
- token: abcdef.0123456789abcdef
  ttl: 10m0s
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking: { podSubnet: 10.244.0.0/16 }
scheduler: { extraArgs: [{ name: v, value: "2" }] }
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
`;

const FLANNEL = `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: kube-flannel-ds, namespace: kube-system }
spec:
  selector: { matchLabels: { app: flannel } }
  template:
    metadata: { labels: { app: flannel } }
    spec:
      hostNetwork: true
      tolerations: [{ operator: Exists, effect: NoSchedule }]
      containers: [{ name: kube-flannel, image: "ghcr.io/flannel-io/flannel:v0.26.4", command: [/opt/bin/flanneld] }]
      volumes: [{ name: cni, hostPath: { path: /etc/cni/net.d } }]
`;

const CLUSTER = {
  nodes: [
    { name: 'cp-1', controlPlane: true, spare: true },
    { name: 'w', spare: true },
    { name: 'v', spare: true },
  ],
};
const JOIN = 'kubeadm join 10.99.0.1:6443 --discovery-token-unsafe-skip-ca-verification';
const RANGES =
  'kubectl get nodes -o jsonpath=\'{range .items[*]}{.metadata.name} {.spec.podCIDR}{"\\n"}{end}\'';
const TOKEN = 'abcdef.0123456789abcdef';
const FORKS = 4;

describe('a cluster that a file describes', () => {
  const { printed, exitCodes, played, scenario } = typeOnMachines(
    [
      'kubeadm init --config none.yaml; kubeadm init --config old.yaml; kubeadm init --config kubeadm.yaml --token a.b',
      'kubeadm init --config kubeadm.yaml --dry-run | grep -c "^\\[dryrun\\] Would write file"; ls /etc/kubernetes/manifests',
      'kubeadm init --config kubeadm.yaml | grep "kubeadm join"',
      'grep -hE -- "--(allocate|cluster-cidr|v=)" /etc/kubernetes/manifests/*; kubectl get cm kubeadm-config -n kube-system -o yaml | grep -A1 podSubnet',
      'kubectl apply -f flannel.yaml && sleep 20',
      `scp join.yaml w:; ssh w ${JOIN} --config join.yaml; ssh w ${JOIN.replace(/ 10.*/, '')} --config join.yaml | tail -2`,
      'kubectl get csr --no-headers | sed -E "s/csr-[a-z0-9]{5} +[0-9]+s/X/" | tr -s " "',
      `sleep 15; ${RANGES}; kubectl get pods -n kube-system -l k8s-app=kube-dns -o jsonpath='{.items[*].status.podIP}'`,
      'ssh w "cat /etc/kubernetes/kubelet.conf | grep client-cert; ls /etc/kubernetes"',
      `ssh v ${JOIN} --token abcdef.0123456789abcdff; ssh v ${JOIN} --token abcdef.0123456789abcde`,
      `ssh v ${JOIN} --token ${TOKEN} --tls-bootstrap-token abcdef.ffffffffffffffff | tail -14`,
      'ssh v "journalctl -u kubelet --no-pager | grep -c Unauthorized"; kubectl get csr --no-headers | wc -l; sleep 300; kubeadm token list',
    ].map((run) => `${run}; true`),
    {
      files: {
        'kubeadm.yaml': CONFIG,
        'old.yaml': CONFIG.replaceAll('v1beta4', 'v1beta1'),
        'join.yaml':
          'apiVersion: kubeadm.k8s.io/v1beta4\nkind: JoinConfiguration\ndiscovery: { bootstrapToken: { apiServerEndpoint: "10.99.0.1:6443", token: abcdef.0123456789abcdef, unsafeSkipCAVerification: true } }\n',
        'flannel.yaml': FLANNEL,
      },
      cluster: CLUSTER,
    },
  );
  const [refused, dry, init, flags, , joined, csr, ranges, conf, wrong, late, end] = printed;

  test('is refused with the reason where the file can not be read', () => {
    const lines = refused?.split('\n').filter((line) => !line.startsWith('To see'));
    expect(lines).toEqual([
      'unable to read config from "none.yaml": open none.yaml: no such file or directory',
      expect.stringMatching(
        /^your configuration file uses an old API spec: "kubeadm.k8s.io\/v1beta1" \(kind: "InitConfiguration"\)\. Please use kubeadm v1\.21 instead/,
      ),
      "can not mix '--config' with arguments [token]",
      '',
    ]);
  });

  test('is only told of with --dry-run', () => {
    expect(dry?.split('\n')[0]).toBe('6');
    expect(dry).toMatch(/No such file or directory|^6\n$/);
  });

  test('has the token, the flags and the addresses that it asks for', () => {
    expect(init).toContain('--token abcdef.0123456789abcdef');
    expect(flags).toBe(
      '    - --allocate-node-cidrs=true\n    - --cluster-cidr=10.244.0.0/16\n    - --v=2\n      podSubnet: 10.244.0.0/16\n      serviceSubnet: 10.96.0.0/12\n',
    );
    expect(ranges).toMatch(/^cp-1 10\.244\.0\.0\/24\nw 10\.244\.1\.0\/24\n10\.244\.0\.\d 10\.244\.0\.\d$/);
  });

  test('names what it does not heed', () => {
    const notices = played.log.flatMap(({ event }) => (event.type === 'NoticeGiven' ? [event.message] : []));
    expect(notices).toContain('KubeletConfiguration changes nothing here');
  });

  test('a kubelet that joins asks for its certificate and is given it', () => {
    expect(joined).toContain(
      "can not mix '--config' with arguments [discovery-token-unsafe-skip-ca-verification]",
    );
    expect(joined).toContain(
      "Run 'kubectl get nodes' on the control-plane to see this node join the cluster.",
    );
    expect(csr).toBe(
      'X kubernetes.io/kube-apiserver-client-kubelet system:bootstrap:abcdef <none> Approved,Issued\n',
    );
    expect(conf).toContain('client-certificate: /var/lib/kubelet/pki/kubelet-client-current.pem');
    expect(conf).not.toContain('bootstrap-kubelet.conf');
  });

  test('and one with a wrong token is not', () => {
    expect(wrong).toContain(
      "couldn't validate the identity of the API Server: failed to verify JWS signature of received cluster info object, can't trust this API Server",
    );
    expect(wrong).toContain('the bootstrap token is invalid');
    expect(late).toContain('Unfortunately, an error has occurred:\n\tcontext deadline exceeded\n');
    expect(exitCodes[10]).toBe(0);
    // The token's ten minutes are over by then, and who looks after tokens has deleted it.
    expect(end).toBe('1\n1\n');
  });

  test('a fork changes nothing while a kubelet waits for its certificate', () => {
    expectSameTails({ scenario, log: played.log }, FORKS);
  }, 60_000);
});

test('without addresses for pods flannel ends, and says why', () => {
  const { printed } = typeOnMachines(
    [
      'kubeadm init --kubernetes-version v1.34.0; kubeadm init | tail -1',
      'kubectl apply -f flannel.yaml && sleep 30',
      "kubectl get pods -n kube-system -l app=flannel --no-headers | tr -s ' ' | cut -d' ' -f3; kubectl logs -n kube-system -l app=flannel",
    ].map((run) => `${run}; true`),
    { files: { 'flannel.yaml': FLANNEL }, cluster: CLUSTER },
  );
  expect(printed[0]).toContain(
    'this version of kubeadm only supports deploying clusters with the control plane version >= 1.35.0. Current version: v1.34.0',
  );
  expect(printed[2]).toMatch(/^(CrashLoopBackOff|Error)\n/);
  expect(printed[2]).toContain('failed to acquire lease: node "cp-1" pod cidr not assigned');
});

describe('fields of a file', () => {
  const READ: readonly (readonly [yaml: string, flags: Record<string, string>, unheeded: string[]])[] = [
    ['kind: ClusterConfiguration\nkubernetesVersion: v1.36.0', { 'kubernetes-version': 'v1.36.0' }, []],
    ['kind: ClusterConfiguration\nclusterName: x\ndns: {}', {}, []],
    ['kind: ClusterConfiguration\nfeatureGates: { A: true }', {}, ['ClusterConfiguration.featureGates.A']],
    ['kind: InitConfiguration\nskipPhases: [addon/kube-proxy]', { 'skip-phases': 'addon/kube-proxy' }, []],
    ['kind: InitConfiguration\nnodeRegistration: { name: n, taints: [] }', { 'node-name': 'n' }, []],
    [
      'kind: JoinConfiguration\ndiscovery: { file: { kubeConfigPath: x } }',
      {},
      ['JoinConfiguration.discovery.file.kubeConfigPath'],
    ],
  ];
  test.each(READ)('%j', (yaml, flags, unheeded) => {
    expect(readSetup(`apiVersion: kubeadm.k8s.io/v1beta3\n${yaml}\n`)).toMatchObject({ flags, unheeded });
  });

  test('flags of programs are a map or a list', () => {
    const map = readSetup(
      'apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\napiServer: { extraArgs: { v: 4 } }',
    );
    const list = readSetup(
      'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\napiServer: { extraArgs: [{ name: v, value: "4" }] }',
    );
    for (const read of [map, list])
      expect(read).toMatchObject({ extraArgs: { 'kube-apiserver': { v: '4' } } });
  });
});
