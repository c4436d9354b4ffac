import type { Files } from '../../cluster/clients/files.ts';
import { ADDONS, type Addon, type Addons } from '../../cluster/contract/addons.ts';
import { DEFAULT_LATENCIES, type Latencies, type Span } from '../../cluster/contract/latencies.ts';
import type { AutoscalerSettings, ClusterSettings, NodeSettings } from '../../cluster/contract/settings.ts';
import { parseKubeVersion } from '../../cluster/objects/versions.ts';
import { HOUR } from '../../kernel/time/millis.ts';
import { epochMsOf, parseRfc3339 } from '../../kernel/time/rfc3339.ts';
import { millisOf } from './compile-duration.ts';
import { compileImages } from './compile-images.ts';
import { compileMetrics } from './compile-metrics.ts';
import { compileScheduler } from './compile-scheduler.ts';
import { compileWebhooks } from './compile-webhooks.ts';
import { addonsCountedOn } from './counts-on/addons.ts';
import { countsOnDefaultClass } from './counts-on/default-class.ts';
import type { ClusterDocument, ScenarioDocument } from './schema/scenario-schema.ts';
import { allSteps } from './stories.ts';

const DEFAULT_EPOCH_MS = epochMsOf({
  year: 2026,
  month: 1,
  day: 1,
  hour: 0,
  minute: 0,
  second: 0,
  millisecond: 0,
});

/** The nodes have been up for a day when a story begins: no kubelet is younger than any probe's period. */
const KUBELET_STARTED_AT = -24 * HOUR;

/** The cluster of a scenario, with all that it leaves to defaults. */
export function compileCluster(document: ScenarioDocument, manifests: Files = {}): ClusterSettings {
  const { cluster = {}, images = {}, webhooks, seed } = document;
  const typed = allSteps(document).flatMap(({ run }) => run ?? []);
  const addons = compileAddons(cluster.addons ?? {}, addonsCountedOn(manifests, typed));
  const version = parseKubeVersion(cluster.version ?? '1.36') ?? { minor: 36, patch: 0 };
  return {
    epochMs: (cluster.epoch === undefined ? undefined : parseRfc3339(cluster.epoch)) ?? DEFAULT_EPOCH_MS,
    seed: String(seed ?? 1),
    version,
    namespace: cluster.namespace ?? 'default',
    nodes: [...compileNodes(cluster.nodes ?? (cluster.nodeGroups ? 0 : 1)), ...firstNodes(cluster)],
    latencies: compileLatencies(cluster.latencies ?? {}),
    images: compileImages(images),
    presentImages: cluster.presentImages ?? [],
    ...(cluster.leaderLeases && { leaderLeases: true as const }),
    ...((cluster.defaultStorageClass ?? countsOnDefaultClass(manifests)) && {
      defaultStorageClass: true as const,
    }),
    ...(addons && { addons }),
    ...(cluster.certificatesAge !== undefined && { certificatesAgeMs: millisOf(cluster.certificatesAge) }),
    ...(cluster.metrics && { metrics: compileMetrics(cluster.metrics) }),
    ...(webhooks && { webhooks: compileWebhooks(webhooks) }),
    ...(cluster.scheduler && { scheduler: compileScheduler(cluster.scheduler) }),
    ...(cluster.nodeGroups && { autoscaler: compileAutoscaler(cluster, cluster.nodeGroups) }),
  };
}

function compileAddons(
  named: NonNullable<ClusterDocument['addons']>,
  countedOn: ReadonlySet<Addon>,
): Addons | undefined {
  const known = ADDONS.flatMap((addon) => {
    const is = named[addon] ?? (countedOn.has(addon) ? true : undefined);
    return is === undefined ? [] : [[addon, is] as const];
  });
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

type NodeDocument = Exclude<ClusterDocument['nodes'], number | undefined>[number];

function compileNodes(nodes: NonNullable<ClusterDocument['nodes']>): readonly NodeSettings[] {
  const named: readonly NodeDocument[] =
    typeof nodes === 'number'
      ? Array.from({ length: nodes }, (_, index) => ({ name: `node-${index + 1}` }))
      : nodes;
  return named.map(compileNode);
}

const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';

/** A node with all that a scenario leaves to defaults. */
export function compileNode(node: NodeDocument): NodeSettings {
  const { name, cpu = 4, memory = '8Gi', pods = 110, capacity = {}, controlPlane = false } = node;
  const sizes = { cpu, memory, pods, 'ephemeral-storage': '100Gi', ...capacity };
  // As kubeadm does: control-plane nodes bear a label and keep ordinary pods off.
  const taints = node.taints ?? (controlPlane ? [{ key: CONTROL_PLANE, effect: 'NoSchedule' }] : []);
  return {
    name,
    capacity: Object.fromEntries(Object.entries(sizes).map(([resource, size]) => [resource, String(size)])),
    labels: { ...(controlPlane ? { [CONTROL_PLANE]: '' } : {}), ...node.labels },
    taints: taints.map(({ key, value, effect }) => ({ key, ...(value !== undefined && { value }), effect })),
    kubeletStartedAt: KUBELET_STARTED_AT,
    controlPlane,
    ...(node.hollow && { hollow: true as const }),
    ...(node.spare && { spare: true as const }),
  };
}

type NodeGroupDocument = NonNullable<ClusterDocument['nodeGroups']>[number];

function compileAutoscaler(
  { autoscaler = {} }: ClusterDocument,
  groups: readonly NodeGroupDocument[],
): AutoscalerSettings {
  const { scanInterval = '10s', scaleDownUnneededTime = '10m', scaleDownDelayAfterAdd = '10m' } = autoscaler;
  return {
    groups: groups.map((group) => ({
      name: group.name,
      min: group.min ?? 0,
      max: group.max,
      machine: machineOf(group),
      provisionMs: millisOf(group.provision ?? '60s'),
    })),
    scanMs: millisOf(scanInterval),
    unneededMs: millisOf(scaleDownUnneededTime),
    delayAfterAddMs: millisOf(scaleDownDelayAfterAdd),
    threshold: autoscaler.scaleDownUtilizationThreshold ?? 0.5,
    expander: autoscaler.expander ?? 'least-waste',
  };
}

function machineOf({ min: _min, max: _max, size: _size, provision: _provision, ...node }: NodeGroupDocument) {
  return { ...compileNode(node), group: node.name };
}

/** The nodes that groups have at the start. */
function firstNodes({ nodeGroups = [] }: ClusterDocument): readonly NodeSettings[] {
  return nodeGroups.flatMap((group) =>
    Array.from({ length: group.size ?? group.min ?? 0 }, (_, index) => ({
      ...machineOf(group),
      name: `${group.name}-${index + 1}`,
    })),
  );
}

function compileLatencies(given: NonNullable<ClusterDocument['latencies']>): Latencies {
  const set = Object.entries(given).flatMap(([name, span]) =>
    span === undefined ? [] : [[name, compileSpan(span)]],
  );
  return { ...DEFAULT_LATENCIES, ...(Object.fromEntries(set) as Partial<Latencies>) };
}

type SpanDocument = string | number | readonly [string, string] | readonly [number, number];

function compileSpan(span: SpanDocument): Span {
  const [low, high = low] = typeof span === 'object' ? span : [span];
  return [compileEnd(low), compileEnd(high)];
}

function compileEnd(end: string | number): number {
  return typeof end === 'number' ? end : millisOf(end);
}
