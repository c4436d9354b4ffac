import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DEFAULT_LATENCIES } from '../../../src/cluster/contract/latencies.ts';
import { loadScenario } from '../../../src/scenario/language/load-scenario.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';
import { HEAD, POD } from './diagnose.ts';

function compiled(body: string, files: Readonly<Record<string, string>> = {}): Scenario {
  const { scenario, diagnostics } = loadScenario({ ...files, 'scenario.yaml': HEAD + body }, 'scenario.yaml');
  if (!scenario) throw new Error(JSON.stringify(diagnostics));
  return scenario;
}

const SAY = 'steps: [{ say: hi }]\n';

describe('a cluster', () => {
  test('has defaults for all that it does not say', () => {
    const { settings, title, tags } = compiled(SAY);
    expect({ title, tags }).toEqual({ title: { en: 'tiny' }, tags: [] });
    expect(settings).toEqual({
      epochMs: 1_767_225_600_000,
      seed: '1',
      version: { minor: 36, patch: 0 },
      namespace: 'default',
      nodes: [
        {
          name: 'node-1',
          capacity: { cpu: '4', memory: '8Gi', pods: '110', 'ephemeral-storage': '100Gi' },
          labels: {},
          taints: [],
          kubeletStartedAt: -86_400_000,
          controlPlane: false,
        },
      ],
      latencies: DEFAULT_LATENCIES,
      images: {},
      presentImages: [],
    });
  });

  test.each`
    written     | version
    ${'1.20'}   | ${{ minor: 20, patch: 0 }}
    ${'"1.20"'} | ${{ minor: 20, patch: 0 }}
    ${'v1.30'}  | ${{ minor: 30, patch: 0 }}
    ${'1.36.2'} | ${{ minor: 36, patch: 2 }}
  `('is of version $written as it is written, quotes or not', ({ written, version }) => {
    expect(compiled(`cluster: { version: ${written} }\n${SAY}`).settings.version).toEqual(version);
  });

  test('takes its seed as a number or a text', () => {
    expect(compiled(`seed: 0042\n${SAY}`).settings.seed).toBe('0042');
    expect(compiled(`seed: 7\n${SAY}`).settings.seed).toBe('7');
  });

  test('has the nodes that it lists', () => {
    const body = `cluster:
  nodes:
    - { name: cp, controlPlane: true }
    - { name: big, cpu: 16, memory: 64Gi, pods: 30, capacity: { example.com/gpu: 2 }, labels: { disk: ssd } }
    - { name: odd, controlPlane: true, taints: [] }
${SAY}`;
    expect(compiled(body).settings.nodes).toMatchObject([
      {
        labels: { 'node-role.kubernetes.io/control-plane': '' },
        taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }],
      },
      {
        capacity: { cpu: '16', memory: '64Gi', pods: '30', 'example.com/gpu': '2' },
        labels: { disk: 'ssd' },
      },
      { taints: [] },
    ]);
  });

  test('has the latencies that it sets, one number or a span', () => {
    const { latencies } = compiled(
      `cluster: { latencies: { watch: 5ms, sandbox: [100ms, 1s], pullBytesPerMs: 1000 } }\n${SAY}`,
    ).settings;
    expect(latencies).toEqual({
      ...DEFAULT_LATENCIES,
      watch: [5, 5],
      sandbox: [100, 1000],
      pullBytesPerMs: [1000, 1000],
    });
  });

  test('has images of its own, in the form of the catalogue', () => {
    const body = `images:
  app:
    size: 40Mi
    pull: { takes: 2s }
    env: { from: here }
    program:
      startup: 25s
      listens: [{ port: { env: PORT, default: 80 }, protocol: http, answers: [{ from: 1m, until: 80s, status: 503 }] }]
      memory: [{ at: 10s, size: 64Mi }]
      onSignal: { TERM: { code: 0, after: 200ms }, HUP: ignore, USR1: { text: reloaded } }
${SAY}`;
    expect(compiled(body).settings.images).toEqual({
      app: {
        sizeBytes: 41_943_040,
        pull: { takesMs: 2000 },
        env: { from: 'here' },
        program: {
          startupMs: 25_000,
          listens: [
            {
              port: { env: 'PORT', default: 80 },
              protocol: 'http',
              answers: [{ fromMs: 60_000, untilMs: 80_000, status: 503 }],
            },
          ],
          memory: [{ atMs: 10_000, bytes: 67_108_864 }],
          onSignal: { TERM: { code: 0, afterMs: 200 }, HUP: 'ignore', USR1: { text: 'reloaded' } },
        },
      },
    });
  });
});

describe('the digest', () => {
  const body = 'steps: [{ run: kubectl apply -f web.yaml }]\n';
  const files = { 'web.yaml': POD, 'README.md': 'notes' };

  test('is of the scenario and of the files that it uses; nothing else is there when it is played', () => {
    const { digest, files: used } = compiled(body, files);
    expect(digest).toMatch(/^[0-9a-f]{16}$/);
    expect(Object.keys(used)).toEqual(['web.yaml']);
    expect(compiled(body, { ...files, 'README.md': 'other notes' }).digest).toBe(digest);
    expect(compiled(body, { ...files, 'web.yaml': `${POD}\n` }).digest).not.toBe(digest);
    expect(compiled(`${body}\n`, files).digest).not.toBe(digest);
  });
});

test('what is compiled is plain JSON', () => {
  const body = `always: [{ event: { reason: Failed, count: 0 } }]
steps:
  - { run: kubectl apply -f web.yaml, expect: { output: { contains: [a, b] }, resource: { kind: Pod } } }
  - { wait: { until: { count: 1, resource: { kind: Node } } } }
  - { expect: { logs: { pod: web, contains: a } } }
`;
  const scenario = compiled(body, { 'web.yaml': POD });
  expect(JSON.parse(JSON.stringify(scenario))).toStrictEqual(scenario);
});

test('the scenario of the documentation is right', () => {
  const text = readFileSync(new URL('../../../docs/writing-scenarios.md', import.meta.url), 'utf8');
  const [
    ,
    whole = '',
    short = '',
    made = '',
    told = '',
    times = '',
    traffic = '',
    faults = '',
    planes = '',
    images = '',
  ] = text.split(/^```yaml$/m).map((part) => part.split(/^```$/m)[0] ?? '');
  const parts = [times, traffic, faults, planes, images + SAY].map((part) => HEAD + part);
  for (const each of [whole, ...parts]) {
    expect(loadScenario({ 'scenario.yaml': each }, 'scenario.yaml').diagnostics).toEqual([]);
  }
  const files = {
    'parts/three-nodes.yaml': 'cluster: { nodes: 3 }\n',
    'parts/rolled-out.yaml': `parameters: { replicas: 1 }\nsteps: [{ say: "\${{ replicas }} of them" }]\n`,
    'web.yaml': `# \${{ surge }}\n`,
    'pod.yaml': POD,
    'patient.yaml': POD,
  };
  for (const each of [made, told])
    expect(loadScenario({ ...files, 'scenario.yaml': HEAD + each }, 'scenario.yaml').diagnostics).toEqual([]);
  // Without a head it is called as its folder is, and means the manifests beside it.
  const beside = {
    'scenario.yaml': short,
    'a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n',
  };
  const { scenario, diagnostics } = loadScenario(beside, 'scenario.yaml', { name: 'shop' });
  expect(diagnostics).toEqual([]);
  expect(scenario).toMatchObject({ name: 'shop', files: { 'a.yaml': beside['a.yaml'] } });
  expect(Object.keys(scenario?.files ?? {})).toEqual(['a.yaml']);
});

test('an overlay brings what it names above its folder, and what that names', () => {
  const files = {
    'scenario.yaml': 'steps: [{ run: kubectl apply -k overlays/dev }]',
    'overlays/dev/kustomization.yaml': 'resources: [../../base]\ncomponents:\n- ../../parts/one # a part\n',
    'base/kustomization.yaml': 'resources: [a.yaml]',
    'base/a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n',
    'parts/one/kustomization.yaml': "patches: [{ path: '../patch.yaml' }]",
    'parts/patch.yaml': '',
    'parts/two/kustomization.yaml': '',
    'other.yaml': '',
  };
  const { scenario } = loadScenario(files, 'scenario.yaml');
  expect(Object.keys(scenario?.files ?? {})).toEqual([
    'base/a.yaml',
    'base/kustomization.yaml',
    'overlays/dev/kustomization.yaml',
    'parts/one/kustomization.yaml',
    'parts/patch.yaml',
  ]);
});
