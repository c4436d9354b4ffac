import { describe, expect, test } from 'vitest';
import type { Event } from '../../../src/cluster/contract/event.ts';
import { nodeLifecycleController } from '../../../src/cluster/controllers/node-lifecycle/node-lifecycle.ts';
import { taintEvictionController } from '../../../src/cluster/controllers/taint-eviction/taint-eviction.ts';
import { tokensController } from '../../../src/cluster/controllers/tokens.ts';
import type { Node, Pod, PodSpec } from '../../../src/cluster/objects/kubernetes.ts';
import { changeOf } from '../../../src/cluster/world/changes.ts';
import { create, type Fact, fate, type Play, playCluster, type Typed } from '../node/play.ts';
import { podSpec } from './workloads.ts';

const SECOND = 1000;

interface Story {
  readonly typed?: readonly Typed[];
  readonly facts: readonly Fact[];
  readonly until: number;
  readonly nodes?: number;
  readonly minor?: number;
}

function play({ typed = [], facts, until, nodes = 2, minor = 36 }: Story): Play {
  const more = [nodeLifecycleController, taintEvictionController, tokensController, fate(facts)];
  return playCluster(typed, { until, nodes, minor, more });
}

const pod = (name: string, spec: Partial<PodSpec> = {}): Typed =>
  create(SECOND, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { ...podSpec, nodeName: 'node-1', ...spec },
  } as Pod);

const stopped: Event = { type: 'KubeletStopped', node: 'node-1' };
const started: Event = { type: 'KubeletStarted', node: 'node-1' };

/** When an object first was so, in seconds. */
function firstTime<Kind>(over: Play, key: string, isSo: (object: Kind) => boolean): number {
  for (const entry of over.log) {
    const change = changeOf(over.world.store.tables, entry);
    if (change?.key === key && isSo(change.object as Kind)) return entry.at / SECOND;
  }
  return Number.NaN;
}

const NODE = '/registry/minions/node-1';
const ready = ({ status }: Node | Pod) => status?.conditions?.find(({ type }) => type === 'Ready')?.status;
const taints = ({ spec }: Node) => (spec?.taints ?? []).map(({ key, effect }) => `${key}:${effect}`);
const hasTaint = (text: string) => (node: Node) => taints(node).includes(text);
const isGoing = ({ metadata }: Pod) => metadata.deletionTimestamp !== undefined;

describe.each([
  [36, 50],
  [20, 40],
])('a node of 1.%i whose kubelet stops', (minor, grace) => {
  const tolerations = [
    { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 },
  ];
  const over = play({
    typed: [pod('patient'), pod('hasty', { tolerations })],
    facts: [[20 * SECOND, stopped]],
    until: 420 * SECOND,
    minor,
  });
  const unknown = firstTime<Node>(over, NODE, (node) => ready(node) === 'Unknown');
  const noExecute = firstTime<Node>(over, NODE, hasTaint('node.kubernetes.io/unreachable:NoExecute'));

  test('is given up a grace period after its last lease, at the next look', () => {
    // Its last lease was up to ten seconds old, and the monitor looks every five.
    expect(unknown).toBeGreaterThanOrEqual(20 + grace - 10);
    expect(unknown).toBeLessThanOrEqual(20 + grace + 5);
  });

  test('has pods that are not ready at once', () => {
    const lost = firstTime<Pod>(over, '/registry/pods/default/patient', (each) => {
      return each.spec.nodeName === 'node-1' && ready(each) === 'False' && each.status?.phase === 'Running';
    });
    expect(lost - unknown).toBeLessThan(0.1);
  });

  test('takes no more pods, and loses those that do not bear it', () => {
    const noSchedule = firstTime<Node>(over, NODE, hasTaint('node.kubernetes.io/unreachable:NoSchedule'));
    expect(noSchedule - unknown).toBeLessThan(0.1);
    expect(noExecute - unknown).toBeLessThanOrEqual(5.1);
    const hasty = firstTime<Pod>(over, '/registry/pods/default/hasty', isGoing);
    const patient = firstTime<Pod>(over, '/registry/pods/default/patient', isGoing);
    expect(hasty - noExecute).toBeGreaterThanOrEqual(60);
    expect(hasty - noExecute).toBeLessThan(60.1);
    expect(patient - noExecute).toBeGreaterThanOrEqual(300);
    expect(patient - noExecute).toBeLessThan(300.1);
  });
});

test('a node that comes back loses its taints, and keeps its pods', () => {
  const over = play({
    typed: [pod('patient')],
    facts: [
      [20 * SECOND, stopped],
      [120 * SECOND, started],
    ],
    until: 460 * SECOND,
  });
  const tables = over.world.store.tables;
  expect(taints(tables.objects.read(NODE, over.world.seq) as Node)).toEqual([]);
  const kept = tables.objects.read('/registry/pods/default/patient', over.world.seq) as Pod;
  expect([isGoing(kept), ready(kept)]).toEqual([false, 'True']);
  const cancelled = over.log.some(
    ({ event }) =>
      event.type === 'ObjectCreated' && JSON.stringify(event.object).includes('Cancelling deletion of Pod'),
  );
  expect(cancelled).toBe(true);
});

test('when no node at all is heard of, nothing is evicted', () => {
  const over = play({
    typed: [pod('patient')],
    facts: [[20 * SECOND, stopped]],
    until: 500 * SECOND,
    nodes: 1,
  });
  const tables = over.world.store.tables;
  expect(taints(tables.objects.read(NODE, over.world.seq) as Node)).toEqual([
    'node.kubernetes.io/unreachable:NoSchedule',
  ]);
  expect(isGoing(tables.objects.read('/registry/pods/default/patient', over.world.seq) as Pod)).toBe(false);
});

test('a cordon is a taint, too, until it is lifted', () => {
  const cordon = (at: number, unschedulable: boolean): Typed => ({
    at,
    request: {
      verb: 'patch',
      resource: 'nodes',
      name: 'node-1',
      patchType: 'merge',
      patch: { spec: { unschedulable: unschedulable || null } },
    },
  });
  const over = play({
    typed: [cordon(2000, true), cordon(5000, false)],
    facts: [],
    until: 10 * SECOND,
  });
  const tainted = firstTime<Node>(over, NODE, hasTaint('node.kubernetes.io/unschedulable:NoSchedule'));
  expect(tainted).toBeGreaterThan(2);
  expect(tainted).toBeLessThan(2.1);
  expect(taints(over.world.store.tables.objects.read(NODE, over.world.seq) as Node)).toEqual([]);
});
