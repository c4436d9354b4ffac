import { describe, expect, test } from 'vitest';
import type { SchedulerProfile } from '../../../src/cluster/contract/scheduler-settings.ts';
import { failureMessage, noteOf } from '../../../src/cluster/scheduler/failure-message.ts';
import { unresolvable } from '../../../src/cluster/scheduler/filters/filter.ts';
import { nodeOrder } from '../../../src/cluster/scheduler/nodes/node-order.ts';
import { nodesToFind } from '../../../src/cluster/scheduler/nodes-to-find.ts';
import { profileOf } from '../../../src/cluster/scheduler/profile.ts';
import { balancedAllocation } from '../../../src/cluster/scheduler/scores/balanced-allocation.ts';
import { nodePreference } from '../../../src/cluster/scheduler/scores/node-preference.ts';
import { resourceAllocation } from '../../../src/cluster/scheduler/scores/resource-allocation.ts';
import { taintPreference } from '../../../src/cluster/scheduler/scores/taint-preference.ts';
import { choose, cycleOf, infoOf, nodeOf, podOf, reasonsOf, scoresOf } from './given-nodes.ts';

type Given = Omit<SchedulerProfile, 'schedulerName'>;

const V36 = { minor: 36, patch: 0 };
const profileWith = (given: Given, percentage = 0) =>
  profileOf({ schedulerName: 'mine', ...given }, percentage, V36);

test.each([
  [99, 0, 99],
  [100, 0, 100],
  [101, 0, 100],
  [500, 0, 230],
  [1000, 0, 420],
  [5000, 0, 500],
  [6000, 0, 300],
  [5000, 30, 1500],
  [1000, 1, 100],
  [50, 10, 50],
])('of %i nodes, with percentageOfNodesToScore %i, %i are enough', (nodes, percentage, enough) => {
  expect(nodesToFind(profileWith({}, percentage), nodes)).toBe(enough);
});

test('where nothing is scored the first node that fits will do', () => {
  expect(nodesToFind(profileWith({ plugins: { score: { disabled: [{ name: '*' }] } } }), 5000)).toBe(1);
});

describe('the plugins of a profile', () => {
  const scoresIn = (given: Given): string[] =>
    profileWith(given).scores.map(({ score, weight }) => `${score.name} ${weight}`);

  test('are Kubernetes’ own unless it says otherwise', () => {
    expect(scoresIn({})).toEqual([
      'TaintToleration 3',
      'NodeAffinity 2',
      'NodeResourcesFit 1',
      'PodTopologySpread 2',
      'InterPodAffinity 2',
      'NodeResourcesBalancedAllocation 1',
      'ImageLocality 1',
    ]);
    expect(profileWith({}).filters.map(({ name }) => name)).toEqual([
      'NodeUnschedulable',
      'NodeName',
      'TaintToleration',
      'NodeAffinity',
      'NodePorts',
      'NodeResourcesFit',
      'VolumeRestrictions',
      'NodeVolumeLimits',
      'VolumeBinding',
      'VolumeZone',
      'PodTopologySpread',
      'InterPodAffinity',
      'DynamicResources',
    ]);
  });

  test('that are named for one point come first there', () => {
    expect(scoresIn({ plugins: { score: { enabled: [{ name: 'ImageLocality', weight: 7 }] } } })[0]).toBe(
      'ImageLocality 7',
    );
  });

  test('are only those that are named where all others are disabled', () => {
    const score = { disabled: [{ name: '*' }], enabled: [{ name: 'NodeResourcesFit', weight: 5 }] };
    expect(scoresIn({ plugins: { score } })).toEqual(['NodeResourcesFit 5']);
  });

  test('keep their place where only their weight is another', () => {
    const multiPoint = { enabled: [{ name: 'PodTopologySpread', weight: 9 }] };
    expect(scoresIn({ plugins: { multiPoint } })[3]).toBe('PodTopologySpread 9');
  });

  test('can be switched off everywhere, preemption too', () => {
    const multiPoint = { disabled: [{ name: 'TaintToleration' }, { name: 'DefaultPreemption' }] };
    const { filters, preempts } = profileWith({ plugins: { multiPoint } });
    expect(filters.map(({ name }) => name)).not.toContain('TaintToleration');
    expect(preempts).toBe(false);
  });
});

describe('the room of a node is scored', () => {
  // 4 processors and 8 GiB, of which 1 and 2 are taken.
  const taken = podOf('taken', {
    containers: [{ name: 'm', image: 'i', resources: { requests: { cpu: '1', memory: '2Gi' } } }],
  });
  const pod = podOf('new', {
    containers: [{ name: 'm', image: 'i', resources: { requests: { cpu: '500m', memory: '1Gi' } } }],
  });
  const info = infoOf(nodeOf('n', { cpu: '4', memory: '8Gi' }), [taken]);
  const scoredBy = (scoringStrategy: object): Given =>
    ({ pluginConfig: { NodeResourcesFit: { scoringStrategy } } }) as Given;
  const shape = [
    { utilization: 0, score: 0 },
    { utilization: 50, score: 10 },
    { utilization: 100, score: 5 },
  ];
  test.each<[strategy: string, given: Given, score: number]>([
    ['the emptier the better', {}, 62],
    ['the fuller the better', scoredBy({ type: 'MostAllocated' }), 37],
    ['by one resource', scoredBy({ type: 'MostAllocated', resources: [{ name: 'memory', weight: 2 }] }), 37],
    // 37 % used: 37/50 of the way to 10.
    ['along a line', scoredBy({ type: 'RequestedToCapacityRatio', requestedToCapacityRatio: { shape } }), 74],
  ])('%s', (_strategy, profile, score) => {
    expect(scoresOf(resourceAllocation, cycleOf(pod, [info], { profile }), [info])).toEqual([score]);
  });

  test.each([
    [30, 100],
    [36, 75],
  ])('by its balance, in 1.%i', (minor, score) => {
    expect(scoresOf(balancedAllocation, cycleOf(pod, [info], { minor }), [info])).toEqual([score]);
  });
});

test('taints that prefer others are counted, and the most of them are worth nothing', () => {
  const taint = { value: '', effect: 'PreferNoSchedule' };
  const nodes = [0, 1, 2].map((count) =>
    infoOf(
      nodeOf(`n${count}`, { spec: { taints: ['a', 'b'].slice(0, count).map((key) => ({ key, ...taint })) } }),
    ),
  );
  expect(scoresOf(taintPreference, cycleOf(podOf('p'), nodes), nodes)).toEqual([100, 50, 0]);
});

describe('affinity that a profile adds', () => {
  const term = { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] };
  const fast = infoOf(nodeOf('fast', { labels: { disk: 'ssd' } }));
  const slow = infoOf(nodeOf('slow', { labels: { disk: 'hdd' } }));

  test('must hold for every pod, and says so', () => {
    const addedAffinity = {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] },
    };
    const profile = { pluginConfig: { NodeAffinity: { addedAffinity } } };
    expect(choose(podOf('p'), [slow, fast], { profile })).toEqual({ node: 'fast' });
    expect(reasonsOf(choose(podOf('p'), [slow], { profile }))).toEqual({
      slow: ["node(s) didn't match scheduler-enforced node affinity"],
    });
  });

  test('weighs as the pod’s own does', () => {
    const addedAffinity = {
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 10, preference: term }],
    };
    const cycle = cycleOf(podOf('p'), [slow, fast], {
      profile: { pluginConfig: { NodeAffinity: { addedAffinity } } },
    });
    expect(scoresOf(nodePreference, cycle, [slow, fast])).toEqual([0, 100]);
  });
});

test('a pod whose terms name different nodes is refused before any node is asked', () => {
  const names = ['a', 'b'].map((name) => ({ key: 'metadata.name', operator: 'In', values: [name] }));
  const nodeSelectorTerms = [{ matchFields: names }];
  const pod = podOf('p', {
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
  });
  const cycle = cycleOf(pod, [infoOf(nodeOf('a'))]);
  expect(cycle.profile.filters.map(({ problemOf }) => problemOf?.(cycle)).filter(Boolean)).toEqual([
    'pod affinity terms conflict',
  ]);
});

test('nodes are looked at zone by zone in turn', () => {
  const zones = ['a', 'a', 'a', 'b', 'c', 'c'];
  const nodes = zones.map((zone, index) =>
    nodeOf(`n${index}`, { labels: { 'topology.kubernetes.io/zone': zone } }),
  );
  expect(nodeOrder(nodes).map(({ metadata }) => metadata.name)).toEqual(['n0', 'n3', 'n4', 'n1', 'n5', 'n2']);
});

describe('what a pod is told', () => {
  const many = (count: number, reason: string) => Array.from({ length: count }, () => unresolvable(reason));

  test('counts reasons and sorts them as texts, so that ten come before two', () => {
    const refusals = [...many(2, 'Insufficient cpu'), ...many(10, 'Too many pods')];
    expect(failureMessage(refusals, undefined, V36)).toBe(
      '0/12 nodes are available: 10 Too many pods, 2 Insufficient cpu.',
    );
  });

  test('is cut where an Event has no room for it', () => {
    const note = noteOf('x'.repeat(2000));
    expect(note).toHaveLength(1024);
    expect(note.endsWith('x ...')).toBe(true);
    expect(noteOf('x'.repeat(1024))).toBe('x'.repeat(1024));
  });
});
