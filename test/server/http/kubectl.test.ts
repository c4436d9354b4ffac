import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyScenario } from '../../../src/server/live/open-live.ts';
import { compared } from '../support/explained.ts';
import { findKubectls, type Kubectl, kubectl, type Said } from '../support/kubectls.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

// A session of real kubectls against the server, each beside the built-in one of the same version that is
// asked of the very same state. Where a machine has none, nothing is said of it: KUBECTLS=/path/to/kubectl
// names one.
const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web } }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
      - name: web
        image: nginx:1.25
        ports: [{ containerPort: 80 }]
        readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: 2 }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { colour: green }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { minAvailable: 1, selector: { matchLabels: { app: web } } }
`;

/** Lines that look at what there is: both print the same. */
const LOOKS: readonly string[] = [
  'get pods',
  'get pods -o wide',
  'get pods --show-labels',
  'get pods -L app',
  'get pods -l app=web -o name',
  'get pods --field-selector status.phase=Running',
  'get pods --no-headers',
  'get pods --sort-by .metadata.name',
  'get pods -A',
  'get deploy,rs,svc',
  'get deployment web -o json',
  'get configmap settings -o yaml',
  'get configmap settings -o jsonpath={.data.colour}',
  'get svc web -o go-template={{.spec.clusterIP}}',
  'get pods -o custom-columns=NAME:.metadata.name,NODE:.spec.nodeName',
  'get nodes',
  'get nodes -o wide',
  'get events --sort-by .metadata.name',
  'get endpoints web',
  'get all',
  'get nothing',
  'get pod nothing',
  'describe deployment web',
  'describe configmap settings',
  'describe service web',
  'describe node node-1',
  'describe pods -l app=web',
  'rollout status deployment web',
  'rollout history deployment web',
  'auth can-i create pods',
  'auth can-i create pods --as nobody',
  'explain pod.spec.tolerations',
  'explain deployment.spec --recursive',
  'explain service.spec.nothing',
  'api-resources --api-group apps',
  'api-resources --namespaced=false -o name',
  'api-versions',
  'logs deployment/web --tail 2',
  'get --raw /api/v1/namespaces/default/configmaps/settings',
];

/** Lines that take their time: the clock goes on while they do. */
const RUNS: readonly string[] = [
  'exec deploy/web -- hostname',
  'exec deploy/web -- sh -c "exit 3"',
  'exec deploy/web -- nothing',
];

const kubectls = await findKubectls();
const [oldest, newest] = [kubectls[0], kubectls.at(-1)];
const chosen = [...new Set([oldest, newest])].filter((each) => each !== undefined);

test.skipIf(chosen.length > 0)('there is a kubectl on this machine', ({ skip }) =>
  skip('there is none: put one on the PATH, or name it by KUBECTLS'),
);

describe.each(chosen)('kubectl 1.$minor', (program: Kubectl) => {
  let server: TestServer;
  const folder = mkdtempSync(join(tmpdir(), 'kubereel-kubectl-'));

  beforeAll(async () => {
    const scenario = emptyScenario({ nodes: 2, version: `1.${program.minor}` });
    const settings = { ...scenario.settings, epochMs: Date.now() };
    server = await startTestServer({ secure: true, scenario: { ...scenario, settings } });
    const policy = program.minor < 21 ? WEB.replace('policy/v1', 'policy/v1beta1') : WEB;
    writeFileSync(join(folder, 'web.yaml'), policy);
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const real = (line: string): Promise<Said> =>
    kubectl(program, wordsOf(line), { kubeconfig: server.kubeconfig, folder });

  /** From 1.34 on it is told from where. */
  const deleted = (what: string): string =>
    `${what} deleted${program.minor < 34 ? '' : ' from default namespace'}\n`;

  /** The same typed into the cluster. */
  async function builtIn(line: string): Promise<Said> {
    const { live } = server;
    const id = await live.type({ client: 'test', line: `kubectl ${line}` });
    for (;;) {
      const { store, seq } = live.world();
      const row = store.tables.commands.read(id, seq);
      if (row?.exitCode !== undefined) return { code: row.exitCode, stdout: row.stdout, stderr: row.stderr };
      live.advance(live.now() + 10);
    }
  }

  test('creates what is in a file, and waits for it', async () => {
    expect(await real('apply -f web.yaml')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('deployment.apps/web created\nservice/web created\n') as string,
    });
    expect(await real('apply -f web.yaml')).toMatchObject({
      stdout: expect.stringContaining('deployment.apps/web unchanged') as string,
    });
    expect((await real('rollout status deployment/web --timeout=60s')).stdout).toContain(
      'successfully rolled out',
    );
    expect((await real('wait --for=condition=Available deployment/web --timeout=60s')).code).toBe(0);
    server.clock.set({ clock: 'manual' });
  });

  test.each(LOOKS)('%s', async (line) => {
    const [theirs, ours] = [await real(line), await builtIn(line)];
    expect(compared(line, theirs)).toEqual(compared(line, ours));
  });

  test.each(RUNS)('%s', async (line) => {
    server.clock.set({ clock: 'idle' });
    const [theirs, ours] = [await real(line), await builtIn(line)];
    expect(compared(line, theirs)).toEqual(compared(line, ours));
  });

  test('changes things, and takes them back', async () => {
    server.clock.set({ clock: 'idle' });
    writeFileSync(join(folder, 'new.yaml'), WEB.split('---')[0]?.replace('nginx:1.25', 'nginx:1.27') ?? '');
    expect(await real('diff -f new.yaml')).toMatchObject({ code: 1 });
    expect((await real('diff -f new.yaml')).stdout).toContain('+      - image: nginx:1.27');
    expect((await real('set image deployment/web web=nginx:1.27')).code).toBe(0);
    expect((await real('rollout status deployment/web --timeout=60s')).code).toBe(0);
    expect((await real('rollout undo deployment/web')).stdout).toContain('rolled back');
    expect((await real('rollout status deployment/web --timeout=60s')).code).toBe(0);
    expect((await real('scale deployment/web --replicas=3')).stdout).toBe('deployment.apps/web scaled\n');
    expect((await real('rollout status deployment/web --timeout=60s')).code).toBe(0);
    expect((await real('label deployment web tier=front')).code).toBe(0);
    expect((await real('annotate deployment web note=x')).code).toBe(0);
    expect((await real('patch deployment web -p {"spec":{"paused":false}}')).code).toBe(0);
    const applied = await real('apply --server-side --field-manager=other -f new.yaml');
    expect(applied.code).toBe(1);
    expect(applied.stderr).toMatch(/conflict/);
    const forced = await real('apply --server-side --field-manager=other --force-conflicts -f new.yaml');
    expect(forced.stdout).toBe('deployment.apps/web serverside-applied\n');
    expect((await real('create deployment other --image=nginx')).stdout).toBe(
      'deployment.apps/other created\n',
    );
    expect((await real('delete deployment other')).stdout).toBe(deleted('deployment.apps "other"'));
  });

  test('edits, creates, and sets what there is', async () => {
    server.clock.set({ clock: 'idle' });
    const said: string[] = [];
    for (const line of [
      'edit configmap settings',
      'create secret generic one --from-literal=a=b',
      'create job once --image=busybox -- echo done',
      'create role reads --verb=get --resource=pods',
      'create ingress way --rule=example.com/=web:80',
      'autoscale deployment web --max=5 --cpu-percent=50',
      'set env deployment/web A=b',
      'taint node node-2 a=b:NoSchedule',
      'taint node node-2 a-',
    ]) {
      const { stdout, stderr } = await real(line);
      said.push((stdout || stderr).trim());
    }
    expect(said).toEqual([
      'configmap/settings edited',
      'secret/one created',
      'job.batch/once created',
      'role.rbac.authorization.k8s.io/reads created',
      'ingress.networking.k8s.io/way created',
      'horizontalpodautoscaler.autoscaling/web autoscaled',
      'deployment.apps/web env updated',
      'node/node-2 tainted',
      'node/node-2 untainted',
    ]);
    expect((await real('get configmap settings -o jsonpath={.data.colour}')).stdout).toBe('blue');
    const first = await real(
      'get --raw /apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers/web',
    );
    expect(first.stdout).toContain('"targetCPUUtilizationPercentage":50');
  });

  test('runs a program beside a person, and copies files both ways', async () => {
    server.clock.set({ clock: 'idle' });
    const ran = await real('run told --rm -i --restart=Never --image=busybox -- echo hello');
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/^hello\n/) as string });
    await real('run shell --image=busybox -- sleep 1d');
    expect((await real('wait --for=condition=Ready pod/shell --timeout=60s')).code).toBe(0);
    writeFileSync(join(folder, 'there.txt'), 'text\n');
    expect(await real('cp there.txt shell:/tmp/there.txt')).toMatchObject({ code: 0, stderr: '' });
    expect((await real('exec shell -- cat /tmp/there.txt')).stdout).toBe('text\n');
    expect((await real('cp shell:/tmp/there.txt back.txt')).code).toBe(0);
    expect(readFileSync(join(folder, 'back.txt'), 'utf8')).toBe('text\n');
    expect((await real('get --raw /api/v1/namespaces/default/services/web/proxy/')).stdout).toContain(
      'nginx',
    );
    expect((await real('delete pod shell --grace-period=1')).code).toBe(0);
  });

  test('drains a node as far as budgets let it', async () => {
    server.clock.set({ clock: 'idle' });
    expect((await real('rollout status deployment/web --timeout=60s')).code).toBe(0);
    const drained = await real('drain node-1 --ignore-daemonsets --timeout=60s');
    expect(drained).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/node\/node-1 (?:drained|evicted)/) as string,
    });
    expect((await real('get nodes --no-headers')).stdout).toMatch(/node-1\s+Ready,SchedulingDisabled/);
    expect((await real('uncordon node-1')).code).toBe(0);
  });

  test('deletes what is in a file', async () => {
    server.clock.set({ clock: 'idle' });
    expect((await real('delete -f web.yaml')).stdout).toContain(deleted('deployment.apps "web"'));
    // Its pods end meanwhile; those that are gone already are not waited for.
    await real('wait --for=delete pod -l app=web --timeout=2m');
    expect((await real('get pods -l app=web -o name')).stdout).toBe('');
  });
});

function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:"[^"]*"|[^\s"{]|\{\S*)+/g) ?? [];
  return words.map((word) =>
    word.startsWith('{') || word.includes('={') ? word : word.replace(/"([^"]*)"/g, '$1'),
  );
}
