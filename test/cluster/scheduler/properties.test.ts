import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Node, Pod, PodSpec } from '../../../src/cluster/objects/kubernetes.ts';
import { allowsNode } from '../../../src/cluster/objects/node-selection.ts';
import { findUntolerated } from '../../../src/cluster/objects/tolerations.ts';
import { type Arena, chosenBy, createArena, loadOf, told } from './arena.ts';
import { labelled, nodeOf } from './given-nodes.ts';

const ZONES = ['a', 'b', 'c'];
const APPS = ['web', 'api', 'db'];
const HOST = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

const nodeDrafts = fc.record({
  cpu: fc.constantFrom('500m', '1000m', '2000m'),
  zone: fc.constantFrom(...ZONES),
  isCordoned: fc.boolean(),
  isTainted: fc.boolean(),
});

const podDrafts = fc.record({
  app: fc.constantFrom(...APPS),
  cpu: fc.constantFrom('0m', '100m', '300m', '700m'),
  priority: fc.constantFrom(0, 0, 10),
  tolerates: fc.boolean(),
  zone: fc.option(fc.constantFrom(...ZONES), { freq: 4 }),
  says: fc.constantFrom('nothing', 'nothing', 'apart', 'ratherApart', 'together', 'spread', 'ratherSpread'),
  hostPort: fc.option(fc.constantFrom(80, 81), { freq: 6 }),
});

type Drafts<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Draft> ? Draft : never;

function nodeFrom({ cpu, zone, isCordoned, isTainted }: Drafts<typeof nodeDrafts>, index: number): Node {
  const taints = isTainted ? [{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }] : [];
  const spec = { ...(isCordoned && { unschedulable: true }), ...(isTainted && { taints }) };
  return nodeOf(`node-${index}`, { spec, cpu, labels: { [ZONE]: zone } });
}

function podFrom(draft: Drafts<typeof podDrafts>, index: number): Pod {
  const { app, cpu, priority, tolerates, zone, hostPort } = draft;
  const ports = hostPort === null ? {} : { ports: [{ containerPort: 80, hostPort }] };
  return labelled(
    `pod-${String(index).padStart(2, '0')}`,
    { app },
    {
      priority,
      containers: [{ name: 'main', image: 'busybox', resources: { requests: { cpu } }, ...ports }],
      ...(tolerates && { tolerations: [{ key: 'dedicated', operator: 'Exists' as const }] }),
      ...(zone !== null && { nodeSelector: { [ZONE]: zone } }),
      ...saying(draft),
    },
  );
}

function saying({ says, app }: Drafts<typeof podDrafts>): Partial<PodSpec> {
  const labelSelector = { matchLabels: { app } };
  const host = { topologyKey: HOST, labelSelector };
  const spread = { maxSkew: 1, topologyKey: ZONE, labelSelector };
  switch (says) {
    case 'apart':
      return { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [host] } } };
    case 'ratherApart': {
      const terms = [{ weight: 50, podAffinityTerm: host }];
      return { affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: terms } } };
    }
    case 'together':
      return { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [host] } } };
    case 'spread':
      return { topologySpreadConstraints: [{ ...spread, whenUnsatisfiable: 'DoNotSchedule' }] };
    case 'ratherSpread':
      return { topologySpreadConstraints: [{ ...spread, whenUnsatisfiable: 'ScheduleAnyway' }] };
    default:
      return {};
  }
}

const clusters = fc.record({
  nodes: fc.array(nodeDrafts, { minLength: 1, maxLength: 6 }),
  pods: fc.array(podDrafts, { minLength: 1, maxLength: 25 }),
  /** After which pods one that has a node leaves, or a node is released. */
  turns: fc.array(fc.constantFrom('leave', 'release', 'relabel', 'nothing', 'nothing'), { maxLength: 25 }),
});

/** All pods are given nodes in turn while things happen in between; `each` sees every look. */
function play(
  { nodes, pods, turns }: Drafts<typeof clusters>,
  each: (arena: Arena, pod: Pod, node: string | undefined) => void,
): Arena {
  const arena = createArena();
  for (const [index, draft] of nodes.entries()) arena.put('nodes', nodeFrom(draft, index));
  for (const [index, draft] of pods.entries()) {
    const pod = podFrom(draft, index);
    arena.put('pods', pod);
    const node = chosenBy(arena.look(pod));
    each(arena, pod, node);
    if (node !== undefined) arena.bind(pod, node);
    happen(arena, turns[index]);
  }
  return arena;
}

function happen(arena: Arena, turn: string | undefined): void {
  const [pod] = arena.list<Pod>('pods').filter(({ spec }) => spec.nodeName);
  const [node] = arena.list<Node>('nodes');
  if (turn === 'leave' && pod) arena.remove('pods', pod);
  if (!node) return;
  const released: Node = { ...node, spec: {} };
  const labels = { [HOST]: 'x', [ZONE]: 'c' };
  const relabelled: Node = { ...node, metadata: { ...node.metadata, labels } };
  if (turn === 'release') arena.put('nodes', released);
  if (turn === 'relabel') arena.put('nodes', relabelled);
}

describe('whatever comes', () => {
  test('what is remembered of nodes is what is found of them afresh', () => {
    fc.assert(
      fc.property(clusters, (cluster) => {
        play(cluster, (arena, pod) => {
          expect(told(arena.look(pod))).toEqual(told(arena.look(pod, 'afresh')));
        });
      }),
      { numRuns: 150 },
    );
  });

  test('no node gets more than it has, in whatever order pods arrive', () => {
    fc.assert(
      fc.property(clusters, fc.infiniteStream(fc.nat()), (cluster, order) => {
        const keys = cluster.pods.map((pod) => [order.next().value ?? 0, pod] as const);
        const pods = keys.sort(([a], [b]) => a - b).map(([, pod]) => pod);
        const arena = play({ ...cluster, pods }, () => {});
        for (const node of arena.list<Node>('nodes')) {
          const load = loadOf(node, arena.list<Pod>('pods'));
          expect(load.cpu).toBeLessThanOrEqual(Number.parseInt(node.status?.allocatable?.['cpu'] ?? '', 10));
          expect(load.pods).toBeLessThanOrEqual(3);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('no pod is bound to a node that refuses it', () => {
    fc.assert(
      fc.property(clusters, (cluster) => {
        play(cluster, (arena, pod, name) => {
          const node = arena.list<Node>('nodes').find(({ metadata }) => metadata.name === name);
          if (node) expect(objections(pod, node, arena)).toEqual([]);
        });
      }),
      { numRuns: 150 },
    );
  });
});

/** Why a pod may not be on a node, by rules that are told here once more and in the simplest way. */
function objections(pod: Pod, node: Node, arena: Arena): string[] {
  const { tolerations } = pod.spec;
  const bound = arena.list<Pod>('pods').filter(({ spec }) => spec.nodeName);
  const here = bound.filter(({ spec }) => spec.nodeName === node.metadata.name);
  const like = (others: readonly Pod[], of: Pod): Pod[] =>
    others.filter(({ metadata }) => metadata.labels?.['app'] === of.metadata.labels?.['app']);
  const bears = ({ spec }: Pod): boolean =>
    !spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const ports = (of: Pod): number[] =>
    of.spec.containers.flatMap(({ ports: held = [] }) => held.flatMap(({ hostPort }) => hostPort ?? []));
  const found: string[] = [];
  if (node.spec?.unschedulable) found.push('cordoned');
  if (findUntolerated(node.spec?.taints, tolerations, ['NoSchedule'])) found.push('tainted');
  if (!allowsNode(pod, node)) found.push('not selected');
  if (here.some((other) => ports(other).some((port) => ports(pod).includes(port)))) found.push('port taken');
  if (!bears(pod) && like(here, pod).length > 0) found.push('its own dislike');
  if (like(here, pod).some((other) => !bears(other))) found.push('disliked');
  if (pod.spec.affinity?.podAffinity && like(bound, pod).length > 0 && like(here, pod).length === 0)
    found.push('without its like');
  const [constraint] = pod.spec.topologySpreadConstraints ?? [];
  if (constraint?.whenUnsatisfiable === 'DoNotSchedule') {
    const counted = arena.list<Node>('nodes').filter((each) => allowsNode(pod, each));
    const countIn = (zone: string | undefined): number =>
      like(bound, pod).filter(({ spec }) =>
        counted.some(({ metadata }) => metadata.name === spec.nodeName && metadata.labels?.[ZONE] === zone),
      ).length;
    const fewest = Math.min(...counted.map(({ metadata }) => countIn(metadata.labels?.[ZONE])));
    if (countIn(node.metadata.labels?.[ZONE]) + 1 - fewest > constraint.maxSkew)
      found.push('too many in its zone');
  }
  return found;
}
