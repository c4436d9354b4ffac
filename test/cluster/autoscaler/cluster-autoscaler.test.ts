import { describe, expect, test } from 'vitest';
import type { CoreEvent, Node } from '../../../src/cluster/objects/kubernetes.ts';
import { commits } from '../../../src/kernel/run/run.ts';
import { forkScenario } from '../../../src/scenario/fork.ts';
import {
  bundledScenario,
  type Played,
  playedLog,
  playToEnd,
  scenarioOf,
} from '../../support/play-scenario.ts';

const container = { name: 'c', image: 'nginx:1.27', resources: { requests: { cpu: '1500m' } } };

/** A ReplicaSet, so that its pods may be moved. */
const replicaSet = (replicas: number, spec: object = {}, annotations: object = {}): object => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: 'web' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' }, annotations },
      spec: { terminationGracePeriodSeconds: 1, containers: [container], ...spec },
    },
  },
});

interface Story {
  readonly groups: readonly object[];
  readonly steps: readonly object[];
  readonly nodes?: number;
  readonly autoscaler?: object;
  readonly objects: readonly object[];
}

function played({ groups, steps, nodes, autoscaler, objects }: Story): Played {
  const cluster = {
    nodeGroups: groups,
    presentImages: ['nginx:1.27'],
    ...(nodes !== undefined && { nodes }),
    ...(autoscaler && { autoscaler }),
  };
  const document = {
    apiVersion: 'kubereel.dev/v1',
    kind: 'Scenario',
    metadata: { name: 'groups' },
    cluster,
    steps: [{ run: 'kubectl apply -f all.json' }, ...steps],
  };
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  return playToEnd(
    scenarioOf({ 'scenario.yaml': JSON.stringify(document), 'all.json': JSON.stringify(list) }),
  );
}

function objectsOf<Kind>({ run: { world } }: Played, folder: string): Kind[] {
  const { objects } = world.store.tables;
  return [...objects.keysBy('folder', folder, world.seq)].map((key) => objects.read(key, world.seq) as Kind);
}

const nodesOf = (play: Played): string[] =>
  objectsOf<Node>(play, '/registry/minions/').map(({ metadata }) => metadata.name ?? '');

const told = (play: Played, reason: string): string[] => [
  ...new Set(
    objectsOf<CoreEvent>(play, '/registry/events/default/')
      .filter((event) => event.reason === reason)
      .map(({ message = '' }) => message),
  ),
];

const QUICK = { scaleDownUnneededTime: '1m', scaleDownDelayAfterAdd: '1m' };
const pool = { name: 'pool', max: 4, cpu: 4 };

describe('groups grow', () => {
  const small = { name: 'small', max: 5, cpu: 2 };
  const large = { name: 'large', max: 5, cpu: 16 };
  const wait = [{ wait: '3m' }];

  test.each([
    ['where least is wasted', {}, 1, ['small-1']],
    ['where least is wasted, for many', {}, 10, ['large-1']],
    ['where most pods are helped', { expander: 'most-pods' }, 10, ['large-1']],
  ])('%s', (_, autoscaler, replicas, expected) => {
    const play = played({ groups: [small, large], autoscaler, objects: [replicaSet(replicas)], steps: wait });
    expect(nodesOf(play)).toEqual(expected);
  });

  test('by no more than their limit, and say what else is in the way', () => {
    const tainted = {
      name: 'special',
      max: 3,
      cpu: 4,
      taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }],
    };
    const full = { name: 'full', max: 1, cpu: 2 };
    const play = played({ groups: [full, tainted], objects: [replicaSet(3)], steps: wait });
    expect(nodesOf(play)).toEqual(['full-1']);
    expect(told(play, 'TriggeredScaleUp')).toEqual(['pod triggered scale-up: [{full 0->1 (max: 1)}]']);
    expect(told(play, 'NotTriggerScaleUp')).toEqual([
      "pod didn't trigger scale-up: 1 max node group size reached, 1 node(s) had untolerated taint(s)",
    ]);
  });

  test('not for pods that the machines on their way will take', () => {
    const steps = [{ wait: '20s' }, { run: 'kubectl scale rs/web --replicas=2' }, { wait: '3m' }];
    const play = played({ groups: [pool], objects: [replicaSet(1)], steps });
    expect(nodesOf(play)).toEqual(['pool-1']);
  });

  test('not for pods that no machine of theirs could take', () => {
    const huge = replicaSet(1, {
      containers: [{ ...container, resources: { requests: { cpu: '64' } } }],
    });
    const play = played({ groups: [pool], objects: [huge], steps: wait });
    expect(nodesOf(play)).toEqual([]);
    expect(told(play, 'NotTriggerScaleUp')).toEqual(["pod didn't trigger scale-up: 1 Insufficient cpu"]);
  });
});

describe('a machine whose pods fit elsewhere', () => {
  /** Two machines: one with room, one with a single pod on it. */
  const shrunk = (spec: object = {}, annotations: object = {}, more: readonly object[] = []): Played =>
    played({
      groups: [{ ...pool, size: 2 }],
      autoscaler: QUICK,
      objects: [replicaSet(2, spec, annotations), ...more],
      steps: [{ wait: '7m' }],
    });

  test('is emptied and given back', () => {
    const play = shrunk({ containers: [{ ...container, resources: { requests: { cpu: '1' } } }] });
    expect(nodesOf(play)).toHaveLength(1);
    expect(told(play, 'ScaleDown')).toContain('deleting pod for node scale down');
    expect(told(play, 'DeletingNode')).toHaveLength(1);
  });

  const budget = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web' },
    spec: { maxUnavailable: 0, selector: { matchLabels: { app: 'web' } } },
  };
  const modest = { containers: [{ ...container, resources: { requests: { cpu: '1' } } }] };

  test.each([
    ['a budget that allows nothing', modest, {}, [budget]],
    ['data that would be lost', { ...modest, volumes: [{ name: 'd', emptyDir: {} }] }, {}, []],
    ['an annotation', modest, { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' }, []],
  ])('is kept by %s', (_, spec, annotations, more) => {
    expect(nodesOf(shrunk(spec, annotations, more))).toHaveLength(2);
  });

  test('is kept while the group is as small as it may be', () => {
    const play = played({
      groups: [{ ...pool, min: 2 }],
      autoscaler: QUICK,
      objects: [replicaSet(0)],
      steps: [{ wait: '6m' }],
    });
    expect(nodesOf(play)).toEqual(['pool-1', 'pool-2']);
  });
});

test('forked while machines come and go, all goes on byte for byte', () => {
  const scenario = bundledScenario('cluster-autoscaler');
  const log = playedLog('cluster-autoscaler');
  const lines = log.map((entry) => JSON.stringify(entry));
  const stops = log.filter(({ more }) => !more).map(({ seq }) => seq);
  for (const stop of stops.filter((_, index) => index % 90 === 0)) {
    const tail = [...commits(forkScenario(scenario, log.slice(0, stop)))].flat();
    expect({ stop, tail: tail.map((entry) => JSON.stringify(entry)) }).toEqual({
      stop,
      tail: lines.slice(stop),
    });
  }
});
