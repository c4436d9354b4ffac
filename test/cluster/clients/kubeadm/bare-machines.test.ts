import { describe, expect, test } from 'vitest';
import { playToEnd, scenarioOf } from '../../../support/play-scenario.ts';
import { expectSameTails } from '../../../support/same-tail.ts';
import { typeOnMachines } from '../machines/type-on-machines.ts';

const CNI = `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: cni, namespace: kube-system }
spec:
  selector: { matchLabels: { app: cni } }
  template:
    metadata: { labels: { app: cni } }
    spec:
      hostNetwork: true
      tolerations: [{ operator: Exists, effect: NoSchedule }]
      initContainers: [{ name: install, image: "busybox:1.36", command: [touch, /net.d/10-x.conflist], volumeMounts: [{ name: cni, mountPath: /net.d }] }]
      containers: [{ name: cni, image: "busybox:1.36", command: [sleep, infinity] }]
      volumes: [{ name: cni, hostPath: { path: /etc/cni/net.d } }]
`;

const machines = (...planes: string[]): object => ({
  nodes: [...planes.map((name) => ({ name, controlPlane: true, spare: true })), { name: 'w', spare: true }],
});
const FORKS = 24;
const NODES = 'kubectl get nodes --no-headers | tr -s " " | cut -d" " -f1-3';
const ETCDCTL =
  'etcdctl --cacert /etc/kubernetes/pki/etcd/ca.crt --cert /etc/kubernetes/pki/etcd/server.crt --key /etc/kubernetes/pki/etcd/server.key';

describe('kubeadm init on a bare machine', () => {
  const { printed, played } = typeOnMachines(
    [
      { run: 'kubectl get nodes', expect: { exitCode: 1 } },
      'ssh cp-1 sudo kubeadm init --control-plane-endpoint cp-1:6443 --upload-certs',
      { wait: '20s' },
      `${NODES}; kubectl get pods -n kube-system -l k8s-app=kube-dns --no-headers | awk '{ print $3 }'`,
      'kubectl apply -f cni.yaml',
      { wait: '30s' },
      `ssh w sudo $(kubeadm token create --print-join-command) | tail -2 | head -1`,
      'KEY=$(kubeadm init phase upload-certs --upload-certs | tail -1); ssh cp-2 sudo $(kubeadm token create --print-join-command) --control-plane --certificate-key $KEY | grep -E "^This|A new etcd member"',
      { wait: '30s' },
      `${NODES}; kubectl get pods -A --no-headers | tr -s " " | cut -d" " -f4 | sort | uniq -c | tr -s " "`,
      `kubectl exec -n kube-system etcd-cp-1 -- ${ETCDCTL} member list | cut -d, -f2,3,6; kubectl get endpointslice kubernetes -o jsonpath='{.endpoints[*].addresses}'`,
      { run: 'ssh cp-2 sudo kubeadm init', expect: { exitCode: 1 } },
      'ssh cp-2 sudo kubeadm reset -f | head -4; kubectl delete node cp-2 && sleep 10',
      `kubectl exec -n kube-system etcd-cp-1 -- ${ETCDCTL} member list | cut -d, -f3; ${NODES}`,
    ],
    { files: { 'cni.yaml': CNI }, cluster: machines('cp-1', 'cp-2') },
  );
  // Steps that only wait print nothing, and have no row.
  const [refused, init, bare, , joined, plane, all, members, again, reset, left] = printed;

  test('nobody answers before', () => {
    expect(refused).toBe(
      'The connection to the server localhost:8080 was refused - did you specify the right host or port?\n',
    );
  });

  test('says what it does, and what to type next', () => {
    expect(init?.split('\n').slice(0, 5)).toEqual([
      '[init] Using Kubernetes version: v1.36.0',
      '[preflight] Running pre-flight checks',
      '[preflight] Pulling images required for setting up a Kubernetes cluster',
      '[preflight] This might take a minute or two, depending on the speed of your internet connection',
      "[preflight] You can also perform this action beforehand using 'kubeadm config images pull'",
    ]);
    expect(init).toMatch(/^\[control-plane-check\] kube-apiserver is healthy after \d+\.\d{3}s$/m);
    expect(init).toMatch(
      /^ {2}kubeadm join cp-1:6443 --token \S{6}\.\S{16} \\\n\t--discovery-token-ca-cert-hash sha256:\S{64} \\\n\t--control-plane --certificate-key \S{64}$/m,
    );
  });

  test('a node waits for a network plugin, and pods for the node', () => {
    expect(bare).toBe('cp-1 NotReady control-plane\nPending\nPending\n');
  });

  test('workers and machines of the control plane join', () => {
    expect(joined).toBe("Run 'kubectl get nodes' on the control-plane to see this node join the cluster.\n");
    expect(plane).toBe(
      'This node has joined the cluster and a new control plane instance was created:\n* A new etcd member was added to the local/stacked etcd cluster.\n',
    );
    expect(all).toBe('cp-1 Ready control-plane\ncp-2 Ready control-plane\nw Ready <none>\n 16 Running\n');
    expect(members).toBe(' started, cp-1, false\n started, cp-2, false\n["10.99.0.1"] ["10.99.0.2"]');
  });

  test('one that belongs to a cluster is refused', () => {
    expect(again).toContain('[ERROR Port-10250]: Port 10250 is in use');
  });

  test('and one that is reset leaves its etcd to the others', () => {
    expect(left).toBe(' cp-1\ncp-1 Ready control-plane\nw Ready <none>\n');
    expect(reset).toContain('[reset] Deleted contents of the etcd data directory: /var/lib/etcd');
  });

  test('nothing of it was missed by the story', () => {
    expect(played.log.filter(({ event }) => /Missed/.test(event.type))).toEqual([]);
  });
});

test('a fork changes nothing while a cluster is set up', () => {
  const steps = [
    { run: 'ssh cp-1 sudo kubeadm init' },
    { run: 'kubectl apply -f cni.yaml' },
    { run: 'ssh w sudo $(kubeadm token create --print-join-command)' },
    { wait: '20s' },
  ];
  const scenario = scenarioOf({
    'cni.yaml': CNI,
    'scenario.yaml': JSON.stringify({
      apiVersion: 'kubereel.dev/v1',
      kind: 'Scenario',
      metadata: { name: 'bare' },
      cluster: machines('cp-1'),
      steps,
    }),
  });
  const { log } = playToEnd(scenario);
  expectSameTails({ scenario, log }, FORKS);
});
