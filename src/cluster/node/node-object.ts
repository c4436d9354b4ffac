import { type Chance, drawHex, drawUuid } from '../../kernel/chance/draw.ts';
import { HOUR } from '../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import { type ClusterSettings, isFounded, type NodeSettings } from '../contract/settings.ts';
import { derived } from '../objects/derived.ts';
import type { Node, NodeCondition, NodeSpec, NodeStatus, Taint } from '../objects/kubernetes.ts';
import { formatQuantity, parseQuantity, subtractAmounts, ZERO } from '../objects/quantity.ts';
import { formatKubeVersion, inVersion, type KubeVersion, type Since } from '../objects/versions.ts';
import { addressOf, podCidrOf } from './addresses.ts';
import { healthyConditions } from './heartbeat/node-conditions.ts';
import { presentImages } from './images-of-node.ts';

/** How long the nodes have been there when a scenario begins. */
const AGE_MS = 24 * HOUR;

/** Kubeadm's label and taint of control-plane nodes. */
const CONTROL_PLANE_ROLE: Since<string> = [
  [20, 'node-role.kubernetes.io/master'],
  [24, 'node-role.kubernetes.io/control-plane'],
];

/** nodeInfo.kubeProxyVersion is not reported any more (gate DisableNodeKubeProxyVersion). */
const KNOWS_PROXY_VERSION: Since<boolean> = [
  [20, true],
  [33, false],
];

const RUNTIME: Since<string> = [
  [20, 'containerd://1.6.20'],
  [24, 'containerd://1.7.27'],
  [34, 'containerd://2.1.9'],
];

/** A node as its healthy kubelet has registered it long before the story. */
export function nodeObjectOf(node: NodeSettings, settings: ClusterSettings): Node {
  const index = settings.nodes.findIndex(({ name }) => name === node.name);
  const since = formatRfc3339(settings.epochMs - AGE_MS);
  const conditions = healthyConditions(formatRfc3339(settings.epochMs), since);
  return nodeOf(node, settings, { index, conditions });
}

interface Registered {
  /** Of its machine among all. */
  readonly index: number;
  readonly conditions: readonly NodeCondition[];
}

export function nodeOf(node: NodeSettings, settings: ClusterSettings, registered: Registered): Node {
  const { name, controlPlane } = node;
  const role = inVersion(CONTROL_PLANE_ROLE, settings.version);
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        ...(controlPlane && { [role]: '' }),
        ...node.labels,
      },
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: specOf(node, rangeOf(settings, registered), role),
    status: statusOf(node, settings, registered),
  };
}

/** Where the cluster is set up in the log, its controller manager gives nodes their addresses for pods. */
function rangeOf(settings: ClusterSettings, { index }: Registered): Pick<NodeSpec, 'podCIDR' | 'podCIDRs'> {
  const podCIDR = podCidrOf(index);
  return isFounded(settings) ? { podCIDR, podCIDRs: [podCIDR] } : {};
}

function specOf(node: NodeSettings, range: Pick<NodeSpec, 'podCIDR' | 'podCIDRs'>, role: string): NodeSpec {
  // The taint of the role is called as the role is.
  const isOfRole = (key: string): boolean =>
    node.controlPlane && key === 'node-role.kubernetes.io/control-plane';
  const taints = node.taints.map((taint): Taint => ({ ...taint, ...(isOfRole(taint.key) && { key: role }) }));
  return { ...range, ...(taints.length > 0 && { taints }) };
}

function statusOf(
  node: NodeSettings,
  settings: ClusterSettings,
  { index, conditions }: Registered,
): NodeStatus {
  const capacity: Record<string, string> = {
    cpu: '2',
    'ephemeral-storage': '264212084Ki',
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    memory: '8010648Ki',
    pods: '110',
    ...node.capacity,
  };
  return {
    addresses: [
      { type: 'InternalIP', address: addressOf(index) },
      { type: 'Hostname', address: node.name },
    ],
    // Hollow nodes keep nothing for themselves.
    allocatable: node.hollow ? capacity : allocatableOf(capacity),
    capacity,
    conditions: [...conditions],
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    images: presentImages(settings).map(({ names, sizeBytes }) => ({ names: [...names], sizeBytes })),
    nodeInfo: nodeInfo(node.name, settings),
  };
}

/**
 * What is left for pods: without 100 MiB of memory and a tenth of the disk, at which the kubelet would evict.
 */
function allocatableOf(capacity: Readonly<Record<string, string>>): Record<string, string> {
  const memory = subtractAmounts(
    parseQuantity(capacity['memory'] ?? '0') ?? ZERO,
    parseQuantity('100Mi') ?? ZERO,
  );
  const disk = parseQuantity(capacity['ephemeral-storage'] ?? '0') ?? ZERO;
  const usable = (disk.nano * 9n) / 10n / 1_000_000_000n;
  return { ...capacity, 'ephemeral-storage': String(usable), memory: formatQuantity(memory) };
}

/** Another one each time that the machine starts. */
export function bootIdOf(chance: Chance, node: string, boots: number): string {
  const known = bootIds(chance);
  let last = known.get(node);
  if (last?.boots !== boots) {
    const id = boots === 0 ? drawUuid(chance, 'boot', node) : drawUuid(chance, 'boot', node, boots);
    last = { boots, id };
    known.set(node, last);
  }
  return last.id;
}

/** The last of each node: it is asked for whenever a kubelet looks whether there is news of its node. */
const bootIds = derived((_: Chance) => new Map<string, { readonly boots: number; readonly id: string }>());

function nodeInfo(name: string, settings: ClusterSettings): NonNullable<NodeStatus['nodeInfo']> {
  const machineID = drawHex(settings, 32, 'machine', name);
  const kubeletVersion = formatKubeVersion(settings.version);
  return {
    architecture: 'amd64',
    bootID: bootIdOf(settings, name, 0),
    containerRuntimeVersion: inVersion(RUNTIME, settings.version),
    kernelVersion: '6.1.0-18-amd64',
    kubeProxyVersion: proxyVersion(settings.version),
    kubeletVersion,
    machineID,
    operatingSystem: 'linux',
    osImage: 'Debian GNU/Linux 12 (bookworm)',
    systemUUID: machineID,
  };
}

/** What a kubelet of a version says of the kube-proxy beside it. */
export function proxyVersion(version: KubeVersion): string {
  return inVersion(KNOWS_PROXY_VERSION, version) ? formatKubeVersion(version) : '';
}
