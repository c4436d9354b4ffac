import { describe, expect, test } from 'vitest';
import type { Pod, TopologySpreadConstraint } from '../../../src/cluster/objects/kubernetes.ts';
import type { NodeInfo } from '../../../src/cluster/scheduler/nodes/node-info.ts';
import { spreadPreference } from '../../../src/cluster/scheduler/scores/pod-topology-spread.ts';
import { choose, cycleOf, infoOf, labelled, nodeOf, podOf, reasonsOf, scoresOf } from './given-nodes.ts';

const WEB = { app: 'web' };
const NO_MATCH = "node(s) didn't match pod topology spread constraints";

function constraint(fields: Partial<TopologySpreadConstraint> = {}): TopologySpreadConstraint {
  return {
    maxSkew: 1,
    topologyKey: 'zone',
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: { matchLabels: WEB },
    ...fields,
  };
}

const webPod = (name: string, ...constraints: TopologySpreadConstraint[]): Pod =>
  labelled(name, WEB, { topologySpreadConstraints: constraints });

/** A node in a zone with a number of web pods. */
function zoned(name: string, zone: string, count: number, cordoned = false): NodeInfo {
  const spec = cordoned ? { spec: { unschedulable: true } } : {};
  const pods = Array.from({ length: count }, (_, index) => labelled(`${name}-${index}`, WEB));
  return infoOf(nodeOf(name, { labels: { zone }, ...spec }), pods);
}

describe('a constraint that must hold', () => {
  test.each<[what: string, pod: Pod, nodes: NodeInfo[], reasons: Record<string, string[]>]>([
    [
      'refuses the fuller zone, and a node without one',
      webPod('p', constraint({ nodeTaintsPolicy: 'Ignore' })),
      [zoned('a', 'a', 2), zoned('b', 'b', 1, true), infoOf(nodeOf('c'))],
      { a: [NO_MATCH], b: ['node(s) were unschedulable'], c: [`${NO_MATCH} (missing required label)`] },
    ],
    [
      'counts nothing for fewer domains than asked for',
      webPod('p', constraint({ minDomains: 3 })),
      [zoned('a', 'a', 1), zoned('b', 'b', 1)],
      { a: [NO_MATCH], b: [NO_MATCH] },
    ],
    [
      'looks only at pods with the same value of a key',
      webPod('p', constraint({ matchLabelKeys: ['app', 'absent'], labelSelector: {}, minDomains: 3 })),
      [zoned('a', 'a', 1), infoOf(nodeOf('b', { labels: { zone: 'b' } }), [labelled('x', { app: 'other' })])],
      {},
    ],
  ])('%s', (_what, pod, nodes, reasons) => {
    expect(reasonsOf(choose(pod, nodes))).toEqual(reasons);
  });

  test('does not count pods that are on their way out', () => {
    const leaving = labelled('x', WEB);
    const gone = { ...leaving, metadata: { ...leaving.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } };
    const nodes = [
      infoOf(nodeOf('a', { labels: { zone: 'a' } }), [gone]),
      zoned('b', 'b', 1),
      zoned('c', 'c', 0, true),
    ];
    expect(choose(webPod('p', constraint()), nodes)).toEqual({ node: 'a' });
  });
});

describe('a pod that says nothing is spread', () => {
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'u', controller: true };
  const pod = labelled('p', WEB);
  const owned: Pod = { ...pod, metadata: { ...pod.metadata, ownerReferences: [owner] } };
  const replicaSet = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas: 3, selector: { matchLabels: WEB }, template: {} },
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec: { selector: WEB },
  };
  const nodes = [zoned('a', 'a', 2), zoned('b', 'b', 0), zoned('c', 'c', 1)];

  test.each([
    ['by its ReplicaSet', owned, { objects: [['replicasets.apps', replicaSet]] as const }],
    ['by its Service', pod, { objects: [['services', service]] as const }],
  ])('%s', (_what, asked, known) => {
    expect(choose(asked, nodes, known)).toEqual({ node: 'b' });
  });

  test('not where nothing selects it', () => {
    expect(scoresOf(spreadPreference, cycleOf(podOf('p'), nodes), nodes)).toBeUndefined();
  });

  test('not in a 1.20 cluster without zones', () => {
    const known = { objects: [['services', service]] as const, minor: 20 };
    expect(scoresOf(spreadPreference, cycleOf(pod, nodes, known), nodes)).toEqual([0, 0, 0]);
  });

  // Three nodes weigh ln 5, one zone-less domain ln 3 and does not count: round(2 * 1.609 + 2), 2,
  // round(3.609).
  test('with the scores of the reference formula', () => {
    const known = { objects: [['services', service]] as const };
    expect(scoresOf(spreadPreference, cycleOf(pod, nodes, known), nodes)).toEqual([40, 100, 60]);
  });
});
