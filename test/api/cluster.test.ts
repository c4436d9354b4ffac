import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type ClusterOptions, cluster } from '../../src/api/kubereel.ts';
import { readLog } from '../../src/kernel/log/read-log.ts';
import { playToEnd, scenarioOf } from '../support/play-scenario.ts';

const folder = mkdtempSync(join(tmpdir(), 'kubereel-api-'));
afterAll(() => rmSync(folder, { recursive: true }));

const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: nginx:1.27, ports: [{ containerPort: 80 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;

const settings = (
  name: string,
): { apiVersion: string; kind: string; metadata: { name: string }; data: object } => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data: { colour: 'red' },
});

const shop = (options: ClusterOptions = {}) => cluster({ nodes: 2, logs: false, manifests: WEB, ...options });

/** The entries of a log, without what belongs to the file. */
function linesOf(path: string): readonly string[] {
  const { entries, damage } = readLog(readFileSync(path, 'utf8').split('\n'));
  expect(damage).toBeUndefined();
  return entries.map((entry) => JSON.stringify(entry));
}

describe('a cluster that is played while it is written', () => {
  test('its story as a scenario plays to the same entries, whatever was done in which way', () => {
    const played = shop();
    played.until(({ list }) => list('Pod').length === 2, { within: '10s' });
    const customers = played.traffic({ to: 'http://web/', rate: 5 });
    played.converge();
    played.advance('2500ms');
    played.run('kubectl get pod nobody', { exitCode: 'any' });
    played.run('kubectl delete pod -l app=web --wait=false');
    customers.stop();
    played.fault({ stop: 'kubelet', node: 'node-1' });
    played.until({ event: { reason: 'NodeNotReady' } }, { within: '2m' });
    const log = linesOf(played.save(join(folder, 'played.log')));
    played.saveScenario(join(folder, 'scenario'));
    const files = Object.fromEntries(
      ['scenario.yaml', 'applied.yaml'].map((name) => [
        name,
        readFileSync(join(folder, 'scenario', name), 'utf8'),
      ]),
    );
    const told = playToEnd(scenarioOf(files)).log.map((entry) => JSON.stringify(entry));
    // What it opens with says how many steps there will be, and how a command ended is expected there.
    const isOfStory = (line: string): boolean => /"type":"(?:ScenarioOpened|ExpectationMet)"/.test(line);
    const without = (lines: readonly string[]): readonly string[] =>
      lines
        .filter((line) => !isOfStory(line))
        .map((line) => line.replace(/"(?:seq|cause|since)":\d+,?/g, ''));
    expect(log.length).toBeGreaterThan(200);
    expect(without(told).slice(0, without(log).length)).toEqual(without(log));
  });

  test('the same seed gives the same log, and another one another', () => {
    const logOf = (seed: number): readonly string[] => {
      const played = shop({ seed });
      played.converge();
      return linesOf(played.save(join(folder, `seed-${seed}.log`)));
    };
    expect(logOf(2)).toEqual(logOf(2));
    expect(logOf(3)).not.toEqual(logOf(2));
  });

  test('what becomes of a fork leaves the original alone, and the past can be forked', () => {
    const original = shop();
    original.converge();
    original.advance('10s');
    const before = linesOf(original.save(join(folder, 'before.log')));
    const other = original.fork();
    other.run('kubectl scale deployment/web --replicas=0');
    other.until(({ list }) => list('Pod').length === 0);
    const early = original.at(original.now - 9000).fork();
    early.run('kubectl delete service web');
    expect(early.now).toBeLessThan(original.now);
    expect(early.get('Service', 'web')).toBeUndefined();
    expect(original.list('Pod')).toHaveLength(2);
    expect(original.get('Service', 'web')?.spec?.ports).toHaveLength(1);
    expect(linesOf(original.save(join(folder, 'after.log')))).toEqual(before);
  });

  test('is read at present and in the past', () => {
    const played = shop();
    played.converge();
    const up = played.now;
    played.run('kubectl scale deployment/web --replicas=3');
    played.converge();
    expect(played.list('Pod', { labels: 'app=web' })).toHaveLength(3);
    expect(played.list('Pod', { labels: { app: 'other' } })).toHaveLength(0);
    expect(played.list('Pod', { namespace: 'kube-system' })).toHaveLength(0);
    expect(played.list('Pod', { everywhere: true })).toHaveLength(3);
    const past = played.at(up);
    expect(past.get('Deployment', 'web')?.status?.readyReplicas).toBe(2);
    expect(past.ask('kubectl get deployment web').stdout).toMatch(/web +2\/2/);
    expect(played.at('step:2').list('Pod')).toHaveLength(2);
    expect(played.events({ reason: 'ScalingReplicaSet' }).map(({ count }) => count)).toEqual([1, 1]);
    expect(played.why('deployment/web').causes.at(-1)?.what).toContain('kubectl scale');
    expect(played.logs(played.list('Pod')[0]?.metadata.name ?? '')).toBeTypeOf('string');
    expect(played.story()).toContain('$ kubectl scale deployment/web --replicas=3');
  });
});

describe('what is applied', () => {
  test.each([
    ['the text of a manifest', WEB, 'kubectl apply -f applied.yaml'],
    ['an object', settings('one'), 'kubectl apply -f configmap-one.json'],
    ['objects', [settings('one'), settings('two')], 'kubectl apply -f applied.json'],
    ['a file', join(folder, 'web.yaml'), 'kubectl apply -f web.yaml'],
    ['files', [join(folder, 'web.yaml'), join(folder, 'more')], 'kubectl apply -f web.yaml -f more'],
    ['a folder of a kustomization', join(folder, 'kustomized'), 'kubectl apply -k kustomized'],
  ])('%s', (_, manifests, line) => {
    writeFileSync(join(folder, 'web.yaml'), WEB);
    mkdirSync(join(folder, 'more'), { recursive: true });
    mkdirSync(join(folder, 'kustomized'), { recursive: true });
    writeFileSync(join(folder, 'more', 'settings.json'), JSON.stringify(settings('three')));
    writeFileSync(join(folder, 'kustomized', 'web.yaml'), WEB);
    writeFileSync(join(folder, 'kustomized', 'kustomization.yaml'), 'resources: [web.yaml]\n');
    const applied = cluster({ logs: false }).apply(manifests);
    expect(applied).toMatchObject({ line, exitCode: 0 });
    expect(applied.stdout).toContain('created');
  });

  test('two texts do not take each other’s place', () => {
    const played = cluster({ logs: false });
    const two = WEB.replaceAll('name: web', 'name: web-two');
    expect([WEB, two, WEB].map((text) => played.apply(text).line)).toEqual([
      'kubectl apply -f applied.yaml',
      'kubectl apply -f applied-2.yaml',
      'kubectl apply -f applied.yaml',
    ]);
  });
});

describe('what is refused, before anything happens', () => {
  const played = cluster({ logs: false });
  test.each([
    ['a program that nobody has', () => played.run('kubctl get pods'), 'did you mean kubectl?'],
    ['a file that is not there', () => played.apply('none.yaml'), 'there is no file or folder'],
    ['a kind that is misspelt', () => played.get('Deploymnet', 'web'), 'did you mean Deployment?'],
    ['a field that is misspelt', () => played.apply(WEB.replace('replicas', 'replcas')), 'unknown field'],
    ['a duration', () => played.advance('soon'), 'wanted a duration'],
    ['an instant that is to come', () => played.at('1h'), 'is still to come'],
    ['an object that never was', () => played.why('pod/none'), 'there never was pod/none'],
    ['a node that is not there', () => played.fault({ stop: 'machine', node: 'node-9' }), 'node-9'],
    ['a selector', () => played.list('Pod', { labels: 'a=b=c' }), 'a=b=c'],
    ['what writes, where only is asked', () => played.ask('kubectl delete pod x'), 'can only be read'],
    [
      'what counts on something that the cluster was not made with',
      () =>
        played.apply({
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'c' },
          spec: CLAIM,
        } as never),
      'defaultStorageClass: true',
    ],
  ])('%s', (_, act, words) => {
    const before = played.now;
    expect(act).toThrow(words);
    expect(played.now).toBe(before);
  });
});

const CLAIM = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
