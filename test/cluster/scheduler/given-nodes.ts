import type { Event } from '../../../src/cluster/contract/event.ts';
import type { ObjectReader } from '../../../src/cluster/contract/reader.ts';
import type { SchedulerProfile } from '../../../src/cluster/contract/scheduler-settings.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Node, NodeSpec, Pod, PodSpec } from '../../../src/cluster/objects/kubernetes.ts';
import { storageKey } from '../../../src/cluster/objects/storage-key.ts';
import { chooseNode } from '../../../src/cluster/scheduler/choose-node.ts';
import type { NodeRefusal } from '../../../src/cluster/scheduler/filter-nodes.ts';
import type { Cycle, Score } from '../../../src/cluster/scheduler/framework.ts';
import { type NodeInfo, nodeInfo } from '../../../src/cluster/scheduler/nodes/node-info.ts';
import { profileOf } from '../../../src/cluster/scheduler/profile.ts';
import { evolve } from '../../../src/cluster/world/evolve.ts';
import { objectReader } from '../../../src/cluster/world/readers.ts';
import { emptyWorld } from '../../../src/cluster/world/world.ts';

type Labels = Record<string, string>;

interface NodeDraft {
  readonly spec?: NodeSpec;
  readonly cpu?: string;
  readonly memory?: string;
  readonly labels?: Labels;
}

/** A node that has room for three pods. */
export function nodeOf(name: string, { spec, cpu = '2', memory = '4Gi', labels }: NodeDraft = {}): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
    ...(spec && { spec }),
    status: { allocatable: { cpu, memory, pods: '3' } },
  };
}

export function podOf(name: string, spec: Partial<PodSpec> = {}, cpu?: string): Pod {
  const resources = cpu === undefined ? {} : { resources: { requests: { cpu } } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', uid: name },
    spec: { containers: [{ name: 'main', image: 'busybox', ...resources }], ...spec },
  };
}

/** A pod with labels. */
export function labelled(name: string, labels: Labels, spec: Partial<PodSpec> = {}): Pod {
  const pod = podOf(name, spec);
  return { ...pod, metadata: { ...pod.metadata, labels } };
}

export const infoOf = (node: Node, pods: readonly Pod[] = []): NodeInfo => nodeInfo(node, pods);

type Stored = readonly [resource: string, object: KubeObject];

interface Known {
  /** What is in etcd besides nodes and pods. */
  readonly objects?: readonly Stored[];
  /** The minor version; 1.36 unless told. */
  readonly minor?: number;
  /** How the scheduler is configured. */
  readonly profile?: Omit<SchedulerProfile, 'schedulerName'>;
}

export function cycleOf(
  pod: Pod,
  nodes: readonly NodeInfo[],
  { objects = [], minor = 36, profile: given = {} }: Known = {},
): Cycle {
  const version = { minor, patch: 0 };
  const profile = profileOf({ schedulerName: 'default-scheduler', ...given }, 0, version);
  return { pod, profile, nodes, start: 0, objects: readerOf(objects), version };
}

type Chosen = { readonly node: string } | { readonly refusals: readonly NodeRefusal[] };

export function choose(pod: Pod, nodes: readonly NodeInfo[], known: Known = {}): Chosen {
  const { node, refusals } = chooseNode(cycleOf(pod, nodes, known), { seed: '1' });
  return node === undefined ? { refusals } : { node };
}

/** What a plugin makes of each node, 0 to 100. */
export function scoresOf(
  score: Score,
  cycle: Cycle,
  nodes: readonly NodeInfo[],
): readonly number[] | undefined {
  const scores = score.scores(
    cycle,
    nodes.map((info) => cycle.nodes.indexOf(info)),
  );
  return scores?.normalized ?? scores?.raw;
}

/** What each node was refused for, by its name; empty where some node was chosen. */
export function reasonsOf(choice: Chosen): Record<string, readonly string[]> {
  const refusals = 'refusals' in choice ? choice.refusals : [];
  return Object.fromEntries(refusals.map(({ node, refusal }) => [node, refusal.reasons]));
}

function readerOf(objects: readonly Stored[]): ObjectReader {
  let world = emptyWorld();
  for (const [index, [resource, object]] of objects.entries()) {
    const { namespace, name = '' } = object.metadata;
    const key = storageKey({ resource, name, ...(namespace !== undefined && { namespace }) });
    const event: Event = { type: 'ObjectCreated', resource, key, object };
    world = evolve(world, { seq: index + 1, at: 0, actor: 'given', key: '', cause: null, event });
  }
  return objectReader({ tables: world.store.tables, seq: world.seq });
}
