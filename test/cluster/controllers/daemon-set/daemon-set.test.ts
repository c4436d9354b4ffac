import { describe, expect, test } from 'vitest';
import { daemonPod, eligibilityOf } from '../../../../src/cluster/controllers/daemon-set/daemon-pods.ts';
import { daemonSetController } from '../../../../src/cluster/controllers/daemon-set/daemon-set.ts';
import type {
  ControllerRevision,
  CoreEvent,
  DaemonSet,
  DaemonSetSpec,
  Node,
  PodSpec,
  Taint,
} from '../../../../src/cluster/objects/kubernetes.ts';
import { create, deletion, type Play, type PlayOptions } from '../../node/play.ts';
import { impatience } from '../mischief.ts';
import { objectsOf, playWorkloads, podsOf } from '../workloads.ts';

const labels = { app: 'agent' };

function setOf(spec: Partial<DaemonSetSpec> = {}, pod: Partial<PodSpec> = {}, version = '1'): DaemonSet {
  const env = [{ name: 'V', value: version }];
  const containers = [{ name: 'c', image: 'busybox:1.36', command: ['sleep', '3600'], env }];
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent', namespace: 'default' },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 2, containers, ...pod } },
      ...spec,
    },
  };
}

const resource = 'daemonsets.apps';

function play(typed: Parameters<typeof playWorkloads>[0], options: Partial<PlayOptions> = {}): Play {
  return playWorkloads(typed, { until: 5000, nodes: 3, more: [daemonSetController], calm: true, ...options });
}

/** Somebody gives the set another template. */
function change(at: number, spec: Partial<DaemonSetSpec>, version: string) {
  const target = { resource, namespace: 'default', name: 'agent' } as const;
  const patch = { spec: setOf(spec, {}, version).spec };
  return { at, request: { verb: 'patch', ...target, patchType: 'merge', patch } } as const;
}

function placesOf({ world }: Play): readonly string[] {
  return podsOf(world)
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(({ spec }) => `${spec.nodeName} V${spec.containers[0]?.env?.[0]?.value}`)
    .sort();
}

function statusOf({ world }: Play) {
  return objectsOf<DaemonSet>(world, resource)[0]?.status;
}

describe('a DaemonSet', () => {
  test('has one pod on each node, bound by the scheduler', () => {
    const over = play([create(0, setOf(), resource)]);
    expect(placesOf(over)).toEqual(['node-1 V1', 'node-2 V1', 'node-3 V1']);
    expect(statusOf(over)).toEqual({
      currentNumberScheduled: 3,
      numberMisscheduled: 0,
      desiredNumberScheduled: 3,
      numberReady: 3,
      observedGeneration: 1,
      updatedNumberScheduled: 3,
      numberAvailable: 3,
    });
    const scheduled = objectsOf<CoreEvent>(over.world, 'events').filter(
      ({ reason }) => reason === 'Scheduled',
    );
    expect(scheduled).toHaveLength(3);
  });

  test('replaces a pod only when it has ended', () => {
    const set = create(0, setOf({}, {}), resource);
    const [first] = podsOf(play([set], { nodes: 1 }).world);
    const typed = [set, deletion(5000, first?.metadata.name ?? '')];
    expect(placesOf(play(typed, { nodes: 1, until: 6500 }))).toEqual([]);
    expect(placesOf(play(typed, { nodes: 1, until: 9000 }))).toEqual(['node-1 V1']);
  });

  test('is updated node by node, and keeps its revisions', () => {
    const typed = [create(0, setOf(), resource), change(5000, {}, '2')];
    const half = play(typed, { until: 7000 });
    expect(placesOf(half)).toEqual(['node-2 V1', 'node-3 V1']);
    const over = play(typed, { until: 30_000 });
    expect(placesOf(over)).toEqual(['node-1 V2', 'node-2 V2', 'node-3 V2']);
    const revisions = objectsOf<ControllerRevision>(over.world, 'controllerrevisions.apps');
    expect(revisions.map(({ revision }) => revision).sort()).toEqual([1, 2]);
  });

  test('with a surge has the new pod before the old one goes', () => {
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
    const typed = [create(0, setOf({ updateStrategy }), resource), change(5000, { updateStrategy }, '2')];
    const over = play(typed, { until: 30_000 });
    expect(placesOf(over)).toEqual(['node-1 V2', 'node-2 V2', 'node-3 V2']);
    const available = over.log.flatMap(({ at, event }) =>
      at > 5000 && event.type === 'ObjectUpdated' && event.resource === resource
        ? [event.set?.['/status/numberAvailable'] ?? 3]
        : [],
    );
    expect(new Set(available)).toEqual(new Set([3]));
  });

  test('that is updated on deletion leaves old pods alone', () => {
    const updateStrategy = { type: 'OnDelete' };
    const set = create(0, setOf({ updateStrategy }), resource);
    const [first] = podsOf(play([set]).world);
    const typed = [set, change(5000, { updateStrategy }, '2'), deletion(9000, first?.metadata.name ?? '')];
    const places = placesOf(play(typed, { until: 20_000 }));
    expect(places.filter((place) => place.endsWith('V2'))).toEqual([`${first?.spec.nodeName} V2`]);
    expect(places).toHaveLength(3);
  });

  test('takes failed pods away more and more slowly', () => {
    const more = [daemonSetController, impatience(1)];
    const over = play([create(0, setOf(), resource)], { nodes: 1, until: 60_000, more });
    const kills = over.log.flatMap(({ at, event }) =>
      event.type === 'FailuresCounted' ? [[event.failures, at] as const] : [],
    );
    expect(kills.slice(0, 4).map(([failures]) => failures)).toEqual([1, 2, 3, 4]);
    const [first = 0, second = 0, third = 0, fourth = 0] = kills.map(([, at]) => at);
    expect(third - second).toBeGreaterThanOrEqual(2000);
    expect(fourth - third).toBeGreaterThanOrEqual(4000);
    expect(second).toBeGreaterThan(first);
  });
});

function nodeWith(taints: Taint[], more: Record<string, string> = {}): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node-1', labels: { 'kubernetes.io/os': 'linux', ...more } },
    spec: { taints },
  };
}

describe('a node', () => {
  test.each([
    ['that is cordoned', [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }], true, true],
    ['that is gone', [{ key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' }], true, true],
    [
      'of the control plane',
      [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }],
      false,
      true,
    ],
    ['that is cleared', [{ key: 'a', value: 'b', effect: 'NoExecute' }], false, false],
    [
      'whose network is down',
      [{ key: 'node.kubernetes.io/network-unavailable', effect: 'NoSchedule' }],
      false,
      true,
    ],
  ])('%s', (_, taints, shouldRun, mayContinue) => {
    expect(eligibilityOf(setOf(), nodeWith(taints))).toEqual({ shouldRun, mayContinue });
  });

  test('that is not selected has none', () => {
    const set = setOf({}, { nodeSelector: { disk: 'ssd' } });
    expect(eligibilityOf(set, nodeWith([]))).toEqual({ shouldRun: false, mayContinue: false });
    expect(eligibilityOf(set, nodeWith([], { disk: 'ssd' })).shouldRun).toBe(true);
  });

  test('is the only one that its pod may be bound to', () => {
    const { metadata, spec } = daemonPod(setOf(), 'abc', 'node-2');
    expect(metadata.labels).toEqual({ app: 'agent', 'controller-revision-hash': 'abc' });
    expect(spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution).toEqual({
      nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-2'] }] }],
    });
    expect(spec.tolerations).toHaveLength(6);
  });
});
