import { expect, test } from 'vitest';
import type { Pod, Secret } from '../../src/cluster/objects/kubernetes.ts';
import { objectReader } from '../../src/cluster/world/readers.ts';
import { commits } from '../../src/kernel/run/run.ts';
import { loadScenario } from '../../src/scenario/language/load-scenario.ts';
import { startScenario } from '../../src/scenario/play.ts';

const MANIFESTS = `
apiVersion: v1
kind: Pod
metadata: { name: asked }
spec: { containers: [{ name: shell, image: ubuntu, stdin: true, tty: true }] }
---
apiVersion: v1
kind: Pod
metadata: { name: once }
spec: { containers: [{ name: shell, image: ubuntu, stdin: true, stdinOnce: true }], restartPolicy: Never }
---
apiVersion: v1
kind: Pod
metadata: { name: ring-0 }
spec:
  containers:
    - name: db
      image: example.com/samples/cassandra:v9
      ports: [{ containerPort: 9042 }]
      readinessProbe: { exec: { command: [/bin/bash, -c, /ready-probe.sh] }, periodSeconds: 5 }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: makes-secrets }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit }
subjects: [{ kind: ServiceAccount, name: maker }]
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: maker }
---
apiVersion: v1
kind: Pod
metadata: { name: needs-secret }
spec:
  serviceAccountName: maker
  initContainers:
    - { name: init, image: quay.io/argoproj/argocd:v9, command: [argocd, admin, redis-initial-password] }
    - name: copy
      image: example.com/nobody/knows:1
      command: [sh, -c, "/bin/cp -n /usr/local/bin/tool /shared/tool && /bin/ln -s /shared/tool /shared/link"]
      volumeMounts: [{ name: shared, mountPath: /shared }]
  containers:
    - name: redis
      image: redis:8-alpine
      env: [{ name: AUTH, valueFrom: { secretKeyRef: { name: argocd-redis, key: auth } } }]
    - name: copied
      image: example.com/nobody/knows:1
      command: [/shared/link, serve]
      volumeMounts: [{ name: shared, mountPath: /shared }]
  volumes: [{ name: shared, emptyDir: {} }]
---
apiVersion: v1
kind: Pod
metadata: { name: pinned }
spec: { containers: [{ name: c, image: "busybox:1.99@sha256:${'0123456789abcdef'.repeat(4)}", args: [sleep, 1d] }] }
---
apiVersion: batch/v1
kind: Job
metadata: { name: makes-certificates }
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - { name: create, image: example.com/kube-webhook-certgen:v1, args: [create, --secret-name=certs] }
`;

const SCENARIO = `
apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: images }
steps:
  - run: kubectl apply -f .
  - wait: 40s
`;

/** What manifests that people have written count on, in one cluster. */
test('images that are known in part do what manifests count on', () => {
  const { scenario, diagnostics } = loadScenario(
    { 'a.yaml': MANIFESTS, 'scenario.yaml': SCENARIO },
    'scenario.yaml',
  );
  expect(diagnostics).toEqual([]);
  if (!scenario) return;
  const run = startScenario(scenario);
  const notices: string[] = [];
  for (const commit of commits(run))
    for (const { event } of commit) if (event.type === 'NoticeGiven') notices.push(event.about);
  const { store, seq } = run.world;
  const objects = objectReader({ tables: store.tables, seq });
  const isReady = (name: string): boolean =>
    objects.get<Pod>('pods', 'default', name)?.status?.conditions?.find(({ type }) => type === 'Ready')
      ?.status === 'True';
  expect(['asked', 'ring-0', 'needs-secret', 'pinned'].filter((name) => !isReady(name))).toEqual([]);
  // Its input stays open until the first who attaches leaves.
  expect(objects.get<Pod>('pods', 'default', 'once')?.status?.phase).toBe('Running');
  const keysOf = (name: string): readonly string[] =>
    Object.keys(objects.get<Secret>('secrets', 'default', name)?.data ?? {});
  expect(keysOf('argocd-redis')).toEqual(['auth']);
  // Its account may make no Secrets, which is told.
  expect(keysOf('certs')).toEqual([]);
  expect(notices).toEqual(
    expect.arrayContaining([
      'example.com/samples/cassandra:v9',
      'example.com/nobody/knows:1',
      'example.com/kube-webhook-certgen:v1',
    ]),
  );
});
