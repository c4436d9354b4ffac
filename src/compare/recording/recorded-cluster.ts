import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import type { Node } from '../../cluster/objects/kubernetes.ts';
import { nodeNamesOf } from '../normal/node-names.ts';
import { hollowNodesOf, podPlaysOf } from '../pods/pod-play.ts';
import type { Recording } from './recording.ts';

/** A node as a scenario describes it. */
interface NodeDraft {
  readonly name: string;
  readonly cpu: string;
  readonly memory: string;
  /** Its kubelet only pretended to run containers. */
  readonly hollow?: true;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
}

const ZONE_A = { zone: 'a', pool: 'h' };
const ZONE_B = { zone: 'b', pool: 'd', disk: 'hdd' };

/** The nodes of the clusters that the recordings beside the project come from (README 1.20 and 1.36, 1). */
const KNOWN_NODES: readonly NodeDraft[] = [
  { name: 'node-1', cpu: '2', memory: '24Gi' },
  { name: 'node-2', cpu: '4', memory: '8Gi', labels: { ...ZONE_A, disk: 'ssd' } },
  { name: 'node-3', cpu: '4', memory: '8Gi', labels: { ...ZONE_A, disk: 'hdd' } },
  { name: 'node-4', cpu: '2', memory: '4Gi', labels: { zone: 'b', pool: 'h', disk: 'ssd' } },
  { name: 'node-5', cpu: '8', memory: '16Gi', labels: ZONE_B },
  { name: 'node-6', cpu: '8', memory: '16Gi', labels: ZONE_B },
];

/**
 * The nodes of a recorded cluster: those that it tells of, as its watches found them, or as the cluster is
 * known to have been made. A recording in which only one is spoken of is played on one.
 */
export function recordedNodes(recording: Recording): readonly NodeDraft[] {
  const { changes, listed } = recording;
  const found = new Map<string, Node>();
  for (const object of [...listed, ...changes.map((change) => change.object)]) {
    const name = object.metadata.name ?? '';
    if (isNode(object) && !found.has(name)) found.set(name, object);
  }
  const names = namesIn(recording);
  if (names.length === 0) return KNOWN_NODES.slice(0, 1);
  const hollow = hollowNodesOf(podPlaysOf(recording));
  return names.map((name) => {
    const node = found.get(name);
    const known = KNOWN_NODES.find((each) => each.name === name);
    const draft = node ? draftOf(node, listed.includes(node)) : (known ?? { name, cpu: '4', memory: '8Gi' });
    return hollow.has(name) ? { ...draft, hollow: true } : draft;
  });
}

/** That a node was found cordoned, or tainted by the control plane, is the scenario's doing. */
function draftOf({ metadata, spec, status }: Node, isOlder: boolean): NodeDraft {
  const { cpu = '4', memory = '8Gi' } = status?.capacity ?? {};
  const labels = Object.entries(metadata.labels ?? {}).filter(([key]) => !/kubernetes\.io\//.test(key));
  // What a change tells of is what was done then.
  const taints = (isOlder ? (spec?.taints ?? []) : []).flatMap((taint) => {
    if (!/^node\.kubernetes\.io\//.test(taint.key)) return [taint];
    // One that was dead from the beginning is there, and takes no pods.
    return taint.key.endsWith('/unreachable') ? [{ key: 'unreachable', effect: taint.effect }] : [];
  });
  return {
    name: metadata.name ?? '',
    cpu: String(cpu),
    memory: String(memory),
    ...(labels.length > 0 && { labels: Object.fromEntries(labels) }),
    ...(taints.length > 0 && {
      taints: taints.map(({ key, effect, ...rest }) => ({
        key,
        ...('value' in rest && rest.value !== undefined && { value: rest.value }),
        effect,
      })),
    }),
  };
}

function isNode(object: KubeObject): object is Node {
  return object.kind === 'Node';
}

/**
 * Nodes that are told of, and as many as the scheduler counted: the others as they are known to have been.
 */
function namesIn({ changes, listed }: Recording): readonly string[] {
  const objects = [...listed, ...changes.map(({ object }) => object)];
  const names = new Set(nodeNamesOf(objects));
  const counts = objects.map((object) => {
    const { message = '' } = object as { message?: string };
    return Number(/\b0\/(\d+) nodes are available/.exec(message)?.[1] ?? 0);
  });
  const counted = counts.reduce((most, count) => Math.max(most, count), 0);
  for (const { name } of KNOWN_NODES) if (names.size < counted) names.add(name);
  return [...names].sort();
}
