import { expect, test } from 'vitest';
import { playToEnd, scenarioOf } from '../../support/play-scenario.ts';

const application = (syncPolicy: object) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'app', namespace: 'argocd' },
  spec: {
    project: 'default',
    source: { repoURL: 'https://git.example.com/x.git', path: 'app' },
    destination: { server: 'https://kubernetes.default.svc', namespace: 'default' },
    syncPolicy,
  },
});
const config = (name: string, data: object, annotations: object = {}) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, annotations }, data });

interface Story {
  readonly syncPolicy: object;
  readonly folder: Readonly<Record<string, string>>;
  readonly steps: readonly object[];
}

/** What the last line printed. */
function told({ syncPolicy, folder, steps }: Story): string {
  const document = {
    apiVersion: 'kubereel.dev/v1',
    kind: 'Scenario',
    metadata: { name: 'gitops', title: 'GitOps' },
    cluster: { nodes: 1, addons: { argoCd: true } },
    steps: [{ run: 'kubectl apply -f application.yaml' }, { wait: '10s' }, ...steps],
  };
  const files = {
    'scenario.yaml': JSON.stringify(document),
    'application.yaml': JSON.stringify(application(syncPolicy)),
    ...Object.fromEntries(Object.entries(folder).map(([path, text]) => [`app/${path}`, text])),
  };
  const { log } = playToEnd(scenarioOf(files));
  const printed = log.flatMap(({ event }) =>
    event.type === 'CommandPrinted' ? [`${event.stdout ?? ''}${event.stderr ?? ''}`] : [],
  );
  return printed.at(-1) ?? '';
}

const STATUS = {
  run: "kubectl get app app -n argocd -o jsonpath='{.status.sync.status} {.status.health.status} {.status.operationState.phase}'",
};
const DATA = { run: "kubectl get configmap a -o jsonpath='{.data}'" };
const change = [{ run: `kubectl patch configmap a --type merge -p '{"data":{"x":"2"}}'` }, { wait: '10s' }];

test('a change by hand is seen, and stays without selfHeal', () => {
  const given = { syncPolicy: { automated: {} }, folder: { 'a.yaml': config('a', { x: '1' }) } };
  expect(told({ ...given, steps: [...change, STATUS] })).toBe('OutOfSync Healthy Succeeded');
  expect(told({ ...given, steps: [...change, DATA] })).toBe('{"x":"2"}');
});

test('with selfHeal it is changed back, and what others added is left alone', () => {
  const given = {
    syncPolicy: { automated: { selfHeal: true } },
    folder: { 'a.yaml': config('a', { x: '1' }) },
  };
  const label = { run: 'kubectl label configmap a mine=yes' };
  expect(told({ ...given, steps: [label, ...change, DATA] })).toBe('{"x":"1"}');
  expect(
    told({
      ...given,
      steps: [label, ...change, { run: "kubectl get configmap a -o jsonpath='{.metadata.labels}'" }],
    }),
  ).toBe('{"mine":"yes"}');
});

test('what leaves the folder stays until pruning is allowed', () => {
  const folder = { 'a.yaml': config('a', {}), 'b.yaml': config('b', {}) };
  const steps = [
    { run: 'rm app/b.yaml' },
    { run: 'kubectl annotate app app -n argocd argocd.argoproj.io/refresh=normal' },
    { wait: '10s' },
    { run: 'kubectl get configmaps -o name' },
  ];
  expect(told({ syncPolicy: { automated: {} }, folder, steps })).toContain('configmap/b');
  expect(told({ syncPolicy: { automated: { prune: true } }, folder, steps })).not.toContain('configmap/b');
});

test('what the API refuses is told, and not tried again and again', () => {
  const folder = { 'a.yaml': config('a', {}, { 'not a key!': 'x' }) };
  const steps = [{ run: "kubectl get app app -n argocd -o jsonpath='{.status.conditions[0].message}'" }];
  expect(told({ syncPolicy: { automated: {} }, folder, steps })).toMatch(
    /^Failed last sync attempt to \[[0-9a-f]{40}\]: one or more objects failed to apply, reason: ConfigMap "a" is invalid: /,
  );
});

test('somebody may ask for a sync where nothing is automated', () => {
  const folder = {
    'kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: my-\n',
    'a.yaml': config('a', { x: '1' }),
  };
  const patch = `kubectl patch app app -n argocd --type merge -p '{"operation":{"sync":{}}}'`;
  const steps = [STATUS, { run: patch }, { wait: '5s' }, { run: 'kubectl get configmap my-a -o name' }];
  expect(told({ syncPolicy: {}, folder, steps: steps.slice(0, 1) })).toBe('OutOfSync Missing ');
  expect(told({ syncPolicy: {}, folder, steps })).toBe('configmap/my-a\n');
});

test('a folder that is not there is told', () => {
  const steps = [
    {
      run: "kubectl get app app -n argocd -o jsonpath='{.status.sync.status}: {.status.conditions[0].message}'",
    },
  ];
  expect(told({ syncPolicy: { automated: {} }, folder: {}, steps })).toBe(
    'Unknown: Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = app: app path does not exist',
  );
});
