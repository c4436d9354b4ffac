import { describe, expect, test } from 'vitest';
import type { Pod } from '../../src/cluster/objects/kubernetes.ts';
import { loadScenario } from '../../src/scenario/language/load-scenario.ts';
import { playToEnd, scenarioOf } from '../support/play-scenario.ts';

const scenario = (scheduler: string, steps = '- wait: 1s'): string => `apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: scheduler, title: { en: Scheduler } }
cluster:
  nodes: 3
  presentImages: ["busybox:1.36"]
  scheduler:
${scheduler.replace(/^/gm, '    ')}
steps:
${steps}
`;

/** A scheduler that fills a node before it takes the next, beside the one that all know. */
const PACKING = `apiVersion: kubescheduler.config.k8s.io/v1
kind: KubeSchedulerConfiguration
profiles:
- schedulerName: default-scheduler
- schedulerName: packing
  plugins:
    score:
      disabled: [{ name: PodTopologySpread }, { name: NodeResourcesBalancedAllocation }]
      enabled: [{ name: NodeResourcesFit, weight: 10 }]
  pluginConfig:
  - name: NodeResourcesFit
    args:
      kind: NodeResourcesFitArgs
      scoringStrategy: { type: MostAllocated, resources: [{ name: cpu, weight: 1 }] }`;

const deployment = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 3
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      schedulerName: ${name}
      containers:
      - { name: main, image: "busybox:1.36", command: [sleep, "3600"], resources: { requests: { cpu: 500m } } }
`;

/** The nodes of the pods of each application, and the names under which Events were told. */
function played(names: readonly string[]): { nodes: Record<string, number>; told: string[] } {
  const steps = [...names.map((name) => `- run: kubectl apply -f ${name}.yaml`), '- wait: 10s'].join('\n');
  const files = Object.fromEntries(names.map((name) => [`${name}.yaml`, deployment(name)]));
  const { run, log } = playToEnd(scenarioOf({ 'scenario.yaml': scenario(PACKING, steps), ...files }));
  const { objects } = run.world.store.tables;
  const pods = objects.list('folder', '/registry/pods/default/', run.world.seq) as Pod[];
  const nodesOf = (name: string): (string | undefined)[] =>
    pods.filter(({ metadata }) => metadata.labels?.['app'] === name).map(({ spec }) => spec.nodeName);
  const told = log.flatMap(({ event }) =>
    event.type === 'ObjectCreated' &&
    event.resource === 'events' &&
    'reason' in event.object &&
    event.object.reason === 'Scheduled'
      ? [String('reportingComponent' in event.object ? event.object.reportingComponent : '')]
      : [],
  );
  return {
    nodes: Object.fromEntries(names.map((name) => [name, new Set(nodesOf(name)).size])),
    told: [...new Set(told)],
  };
}

describe('several profiles', () => {
  test('place the pods that name them, each in its own way', () => {
    const { nodes, told } = played(['default-scheduler', 'packing']);
    expect(nodes).toEqual({ 'default-scheduler': 3, packing: 1 });
    expect(told.sort()).toEqual(['default-scheduler', 'packing']);
  });

  test('leave pods alone that name another scheduler, without a word', () => {
    const { nodes, told } = played(['nobody']);
    // All three have no node.
    expect(nodes).toEqual({ nobody: 1 });
    expect(told).toEqual([]);
  });
});

describe('a configuration that can not be meant', () => {
  const problems = (scheduler: string): string[] =>
    loadScenario({ 'scenario.yaml': scenario(scheduler) }, 'scenario.yaml').diagnostics.map(
      ({ code, severity, line, message }) => `${severity} ${code} at ${line}: ${message}`,
    );
  test.each([
    [
      'an unknown plugin',
      'profiles:\n- plugins:\n    score:\n      enabled: [{ name: NodeResourceFit }]',
      ['error wrong-value at 11: the scheduler has no plugin called "NodeResourceFit"'],
    ],
    [
      'a plugin that is not simulated',
      'profiles:\n- plugins:\n    multiPoint:\n      disabled: [{ name: GangScheduling }]',
      [
        'warning not-simulated at 11: the plugin GangScheduling is not simulated: that it is disabled changes nothing',
      ],
    ],
    [
      'two profiles of one name',
      'profiles:\n- { schedulerName: a }\n- { schedulerName: a }',
      ['error duplicate-key at 10: there are two profiles called "a"'],
    ],
    [
      'one of several without a name',
      'profiles:\n- { schedulerName: a }\n- percentageOfNodesToScore: 50',
      ['error missing-key at 10: one of several profiles has no name'],
    ],
    [
      'a ratio without a line',
      'profiles:\n- pluginConfig:\n  - name: NodeResourcesFit\n    args: { scoringStrategy: { type: RequestedToCapacityRatio } }',
      ['error missing-key at 11: a ratio is scored along a line, which is not drawn'],
    ],
    [
      'default constraints of the wrong type',
      'profiles:\n- pluginConfig:\n  - name: PodTopologySpread\n    args: { defaultConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway }] }',
      ['error conflicting-keys at 11: default constraints of your own go with defaultingType: List alone'],
    ],
  ])('%s', (_what, scheduler, expected) => {
    expect(problems(scheduler)).toEqual(expected);
  });
});
