import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { askedIn, survey, workloadsIn } from '../../../src/scenario/first/survey.ts';
import { writeFirstScenario } from '../../../src/scenario/first/write-first-scenario.ts';
import { loadScenario } from '../../../src/scenario/language/load-scenario.ts';
import { ENGLISH } from '../../../src/words/english.ts';

const deployment = (name: string, rest = '', replicas = 1): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}${rest} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - name: main
          image: nginx:1.27
          readinessProbe: { httpGet: { path: /ready, port: 80 } }
`;

const service = (name: string, app: string, port = 80, rest = ''): string => `apiVersion: v1
kind: Service
metadata: { name: ${name}${rest} }
spec: { selector: { app: ${app} }, ports: [{ port: ${port} }] }
`;

interface Written {
  readonly steps: readonly Readonly<Record<string, never>>[];
  readonly always?: readonly unknown[];
}

function written(files: Readonly<Record<string, string>>): Written {
  return parse(writeFirstScenario(survey(files), { name: 'mine', words: ENGLISH.init.parts })) as Written;
}

const lines = ({ steps }: Written): readonly string[] =>
  steps.flatMap((step) => ('run' in step ? [String(step['run'])] : []));

describe('a first scenario for a folder of manifests', () => {
  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'all files of a folder',
      { 'a.yaml': deployment('a'), 'b.yaml': service('b', 'a') },
      ['kubectl apply -f .'],
    ],
    ['folders in it', { 'x/a.yaml': deployment('a') }, ['kubectl apply -R -f .']],
    [
      'only what is a manifest',
      { 'a.yaml': deployment('a'), 'values.yaml': 'replicas: 3\n', 'my app.yaml': service('b', 'a') },
      ["kubectl apply -f a.yaml -f 'my app.yaml'"],
    ],
    [
      'a namespace before what is in it',
      {
        'a.yaml': deployment('a', ', namespace: shop'),
        'z.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
      },
      ['kubectl apply -f z.yaml', 'kubectl apply -f a.yaml'],
    ],
    [
      'a namespace that nobody makes',
      { 'a.yaml': deployment('a', ', namespace: shop') },
      ['kubectl create namespace shop', 'kubectl apply -f .'],
    ],
    [
      'a kustomization',
      { 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': deployment('a') },
      ['kubectl apply -k .'],
    ],
  ])('applies %s', (_what, files, wanted) => {
    expect(lines(written(files)).slice(0, wanted.length)).toEqual(wanted);
  });

  it('rolls out again, drains each node and ends a machine, and asks meanwhile', () => {
    const files = { 'a.yaml': `${deployment('web', '', 3)}---\n${service('shop', 'web', 8080)}` };
    const scenario = written(files);
    expect(lines(scenario)).toEqual([
      'kubectl apply -f .',
      'kubectl rollout status deployment/web --timeout=10m',
      'kubectl rollout restart deployment/web && kubectl rollout status deployment/web --timeout=10m && sleep 30',
      ...[1, 2, 3].flatMap((node) => [
        `kubectl drain node-${node} --ignore-daemonsets --delete-emptydir-data --timeout=5m && sleep 30`,
        `kubectl uncordon node-${node}`,
      ]),
    ]);
    expect(scenario.steps.filter((step) => 'traffic' in step)).toEqual([
      { traffic: { client: 'shop', to: 'http://shop:8080/ready', rate: 20 } },
    ]);
    const watched = scenario.steps.filter((step) => JSON.stringify(step).includes('"since":"step","lost":0'));
    expect(watched.map((step) => Object.values(step)[0])).toEqual([
      '10s',
      expect.stringContaining('rollout restart deployment/web'),
      ...[1, 2, 3].map((node) => expect.stringContaining(`kubectl drain node-${node}`)),
    ]);
    expect(scenario.steps.filter((step) => 'fault' in step)).toHaveLength(2);
    expect(scenario.always).toHaveLength(1);
    const text = writeFirstScenario(survey(files), { name: 'mine', words: ENGLISH.init.parts });
    const { diagnostics } = loadScenario({ ...files, 'scenario.yaml': text }, 'scenario.yaml');
    expect(diagnostics).toEqual([]);
  });

  it('does not take its own scenario, or what can not be read, for a manifest', () => {
    const found = survey({
      'scenario.yaml': deployment('a'),
      'x.yaml': 'a: [',
      'chart.yaml': '{{ .Values.x }}\n',
    });
    expect(found).toMatchObject({ manifests: [], objects: [], others: ['chart.yaml', 'x.yaml'] });
  });

  it('asks over HTTP what speaks it, one service for the same pods, where it stands', () => {
    const { objects, ...rest } = survey({
      'a.yaml': [
        deployment('web', ', namespace: shop'),
        service('web', 'web', 80, ', namespace: shop'),
        service('web-external', 'web', 80, ', namespace: shop'),
        service('elsewhere', 'web'),
        deployment('db'),
        service('db', 'db', 5432),
        service('redis', 'db', 80),
      ].join('---\n'),
    });
    const found = { ...rest, objects };
    expect(workloadsIn(found).map(({ name }) => name)).toEqual(['web', 'db']);
    expect(askedIn(found, workloadsIn(found))).toMatchObject([
      { name: 'web', namespace: 'shop', port: 80, path: '/ready' },
    ]);
  });
});
