import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkCommand } from '../../../src/cluster/clients/command-line/check-command.ts';
import { rowReader } from '../../../src/cluster/world/readers.ts';
import { CURRICULUM_FILES } from './curriculum-files.ts';
import { typeOnMachines } from './machines/type-on-machines.ts';
import { typeInCluster } from './type-in-cluster.ts';

interface Played {
  readonly line: string;
  /** In what it prints. */
  readonly prints?: RegExp;
  readonly complains?: RegExp;
  readonly exitCode?: number;
}

/** Lines as course notes print them, typed one after another into one cluster; `…` has been filled in. */
const PLAYED: readonly Played[] = [
  { line: 'kubectl get pod -n kube-system', complains: /^No resources found in kube-system namespace\.$/m },
  { line: 'kubectl create -f go-http-pod.yaml', prints: /^pod\/http-go created$/m },
  {
    line: 'kubectl create -f go-http-pod.yaml',
    complains: /AlreadyExists.*pods "http-go" already/,
    exitCode: 1,
  },
  {
    line: 'kubectl create -f jenkins-pod.yaml -f exec-liveness.yaml -f sample-rs.yaml',
    prints: /sample-rs created/,
  },
  {
    line: 'kubectl create -f sample-clusterip.yaml -f sample-label.yaml',
    prints: /^service\/sample-clusterip created/,
  },
  {
    line: 'kubectl apply -f https://k8s.io/examples/pods/probe/http-liveness.yaml',
    prints: /^pod\/liveness-http created$/m,
  },
  {
    line: 'kubectl apply -f sample-deployment.yaml --record',
    prints: /^deployment.apps\/sample-deployment created$/m,
  },
  { line: 'kubectl get pod http-go -o yaml', prints: /^ {2}phase: Running$/m },
  { line: 'kubectl describe pod http-go', prints: /^Status: +Running$/m },
  { line: 'kubectl exec jenkins-manual -- curl -s localhost:8080', prints: /^Authentication required$/m },
  { line: 'kubectl logs jenkins-manual' },
  { line: 'kubectl delete -f go-http-pod.yaml', prints: /^pod "http-go" deleted/ },
  { line: 'kubectl describe pod liveness-exec', prints: /Liveness: +exec \[cat \/tmp\/healthy\]/ },
  { line: 'kubectl describe pod liveness-exec', prints: /Unhealthy.*Liveness probe failed: cat: / },
  {
    line: 'kubectl get pods -l app=sample-app -o custom-columns="NAME:{metadata.name}, IP:{status.podIP}"',
    prints: /^NAME +IP\n(?:sample-rs-\w{5} +10\.\S+\n){3}$/,
  },
  {
    line: 'kubectl get replicasets -o wide',
    prints: /^sample-rs +3 +3 +3 +\S+ +nginx-container +nginx:1\.16 +app=sample-app$/m,
  },
  {
    line: 'kubectl delete pod $(kubectl get pods -l app=sample-app -o name | head -1 | cut -d/ -f2)',
    prints: /^pod "sample-rs-\w{5}" deleted[^\n]*\n$/,
  },
  { line: 'kubectl describe replicaset sample-rs', prints: /^Replicas: +3 current \/ 3 desired$/m },
  {
    line: 'kubectl set image deployment sample-deployment nginx-container=nginx:1.17 --record',
    prints: /^deployment.apps\/sample-deployment image updated$/m,
    complains: /^Flag --record has been deprecated/,
  },
  {
    line: 'kubectl "set" image deployment sample-deployment nginx-container=nginx:1.18 --record',
    prints: /image updated/,
  },
  { line: 'kubectl rollout status deployment sample-deployment', prints: /successfully rolled out\n$/ },
  {
    line: 'kubectl rollout history deployment sample-deployment',
    prints: /^2 +kubectl set image deployment sample-deployment nginx-container=nginx:1\.17 --record=true$/m,
  },
  {
    line: 'kubectl rollout history deployment sample-deployment --revision 1',
    prints: /revision #1\n[\s\S]*Image:\tnginx:1\.16$/m,
  },
  { line: 'kubectl rollout undo deployment sample-deployment --to-revision 1', prints: /rolled back$/m },
  { line: 'kubectl rollout undo deployment sample-deployment', prints: /rolled back$/m },
  { line: 'kubectl get replicasets -o yaml | head', prints: /^apiVersion: v1\nitems:\n(?:.*\n){8}$/ },
  {
    line: 'kubectl get services sample-clusterip',
    prints: /^sample-clusterip +ClusterIP +10\.\S+ +<none> +8080\/TCP/m,
  },
  {
    line: 'kubectl describe service sample-clusterip',
    prints: /^Endpoints: +10\.\S+:80,10\.\S+:80,10\.\S+:80$/m,
  },
  {
    line: 'kubectl run --image=amsy810/tools:v2.0 --restart=Never --rm -i testpod --command -- curl -s http://sample-clusterip:8080',
    prints: /Welcome to nginx![\s\S]*pod "testpod" deleted/,
  },
  { line: "kubectl get pods sample-label -o jsonpath='{.metadata.labels}'", prints: /^\{"label1":"val1"\}$/ },
  { line: 'kubectl create deploy nginx-deployment --image=nginx', prints: /nginx-deployment created$/m },
  { line: 'kubectl scale deploy nginx-deployment --replicas=5', prints: /nginx-deployment scaled$/m },
  {
    line: 'kubectl expose deploy nginx-deployment --port=80 --target-port=80 --type=NodePort',
    prints: /nginx-deployment exposed$/m,
  },
  { line: 'kubectl create role reader --verb=get --resource=pods', prints: /^role\S+\/reader created$/m },
  { line: 'kubectl auth can-i create pods', prints: /^yes$/m },
  { line: 'kubectl run web --image=nginx', prints: /^pod\/web created$/m },
  { line: 'kubectl delete po web', prints: /^pod "web" deleted/ },
  { line: 'kubectl taint nodes node-1 dedicated=db:NoSchedule', prints: /^node\/node-1 tainted$/m },
  { line: 'kubectl top pod', complains: /^error: Metrics API not available$/m, exitCode: 1 },
  {
    line: 'kubectl drain node-1 --ignore-daemonsets',
    prints: /^node\/node-1 cordoned$/m,
    complains: /use --force to override/,
    exitCode: 1,
  },
  { line: 'kubectl apply -k overlays/prod', prints: /^configmap\/prod-settings-\w{10} created$/m },
  { line: 'kubectl uncordon node-1', prints: /^node\/node-1 uncordoned$/m },
  {
    line: 'kubectl replace -f go-http-pod.yaml',
    complains: /NotFound.*pods "http-go" not found/,
    exitCode: 1,
  },
  {
    line: 'kubectl port-forward jenkins-manual 8888:8080',
    prints: /^Forwarding from 127\.0\.0\.1:8888 -> 8080$/m,
    exitCode: 1,
  },
  { line: 'kubectl delete pods --all', prints: /^pod "jenkins-manual" deleted/m },
];

const KEYS =
  '--cacert /etc/kubernetes/pki/etcd/ca.crt --cert /etc/kubernetes/pki/etcd/server.crt --key /etc/kubernetes/pki/etcd/server.key';

/** Lines of a machine of the control plane, typed one after another on it. */
const ON_MACHINE: readonly Played[] = [
  {
    line: `ETCDCTL_API=3 etcdctl --endpoints 127.0.0.1:2379 ${KEYS} get / --prefix --keys-only`,
    prints: /^\/registry\/services\/specs\/default\/kubernetes$/m,
  },
  { line: `ETCDCTL_API=3 etcdctl --endpoints 127.0.0.1:2379 ${KEYS} put key1 value1`, prints: /^OK$/m },
  { line: `ETCDCTL_API=3 etcdctl --endpoints 127.0.0.1:2379 ${KEYS} get key1`, prints: /^key1\nvalue1$/m },
  { line: 'mkdir -p /path/to' },
  {
    line: `ETCDCTL_API=3 etcdctl snapshot save /path/to/backup.db --endpoints=127.0.0.1:2379 ${KEYS.replaceAll(' /', '=/')}`,
    prints: /^Snapshot saved at \/path\/to\/backup.db$/m,
    complains: /^/,
  },
  { line: 'apt-get install -y kubeadm=1.36.1-1.1', prints: /^Setting up kubeadm \(1\.36\.1-1\.1\)/m },
  { line: 'kubeadm upgrade apply v1.36.1', prints: /SUCCESS! .* upgraded to "v1\.36\.1"/ },
  { line: 'kubeadm upgrade node', prints: /kubelet configuration for this node was successfully upgraded/ },
  {
    line: 'apt-get install -y kubelet=1.36.1-1.1 kubectl=1.36.1-1.1',
    prints: /^Setting up kubelet \(1\.36\.1-1\.1\)/m,
  },
  { line: 'systemctl restart kubelet' },
  { line: 'systemctl restart docker' },
];

const STEP_MS = 60_000;

describe('what course notes print runs as typed', () => {
  const last = PLAYED.length - 1;
  const { commands } = typeInCluster(
    PLAYED.map(({ line }, index) => [1000 + STEP_MS * index, line] as const),
    { files: CURRICULUM_FILES, until: STEP_MS * (last + 3) },
  );

  test.each(PLAYED.map((played, index) => ({ ...played, index })))(
    '$line',
    ({ line, prints = /^/, exitCode = 0, complains = exitCode === 0 ? /^(?!error)/i : /^error/i, index }) => {
      expect(checkCommand(line, CURRICULUM_FILES)).toBeUndefined();
      const row = commands[index];
      expect(row?.stdout).toMatch(prints);
      expect(row?.stderr).toMatch(complains);
      expect(row?.exitCode).toBe(exitCode);
    },
  );
});

describe('what they print of a control plane runs as typed on its machine', () => {
  const { played } = typeOnMachines(ON_MACHINE.map(({ line }) => line));
  const { world } = played.run;
  const rows = rowReader({ tables: world.store.tables, seq: world.seq });

  test.each(ON_MACHINE.map((each, index) => ({ ...each, index })))(
    '$line',
    ({ line, prints = /^/, complains = /^(?:\{.*ETCDCTL_API=3.*\}\n)?$/, index }) => {
      expect(checkCommand(line, {}, true)).toBeUndefined();
      const row = rows.row('commands', `step-${index + 1}`);
      expect(row).toMatchObject({
        stdout: expect.stringMatching(prints),
        stderr: expect.stringMatching(complains),
        exitCode: 0,
      });
    },
  );
});

const CURRICULUM = new URL('../../../../shared/curriculum.md', import.meta.url);

test.skipIf(!existsSync(CURRICULUM))('every line of the curriculum is among them', () => {
  const known = [...PLAYED, ...ON_MACHINE].map(({ line }) => outline(line));
  const lines = linesOf(readFileSync(CURRICULUM, 'utf8'));
  expect(lines.length).toBeGreaterThan(40);
  const missing = lines.filter(
    (line) => !known.some((each) => outline(line).every((word) => each.includes(word))),
  );
  expect(missing).toEqual([]);
});

/** The commands of the table's last column; alternatives, written `a|b`, each for itself. */
function linesOf(text: string): readonly string[] {
  const rows = text.split('\n').filter((line) => /^\| \d+ \|/.test(line));
  return rows.flatMap((row) => {
    const cell = /^(?:\|(?:[^|`]|`[^`]*`)*){3}\|((?:[^|`]|`[^`]*`)*)\|$/.exec(row)?.[1] ?? '';
    const quoted = [...cell.matchAll(/`([^`]+)`/g)].map((found) => found[1] ?? '');
    return quoted.map((line) => line.replaceAll('\\|', '|').replaceAll(/ \[(.*)\]/g, ' $1'));
  });
}

/** The words that tell lines apart: no names that notes leave open, nothing of the shell. */
function outline(line: string): readonly string[] {
  return line
    .replace(/status\|history/, 'status')
    .replace(/\bv1\.[\dX.]+/, '')
    .split(/[\s"'|]+/)
    .filter((word) => /^[a-z-][\w.-]*$/i.test(word) && !/^(?:--cacert|--cert|--key|--endpoints)/.test(word))
    .filter((word) => !/^(?:create|get|put|snapshot|node-1)$/.test(word) || line.startsWith('kubectl'));
}
