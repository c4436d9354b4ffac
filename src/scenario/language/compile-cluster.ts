import { DEFAULT_LATENCIES, type Latencies, type Span } from '../../cluster/contract/latencies.ts';
import type { ClusterSettings, NodeSettings } from '../../cluster/contract/settings.ts';
import { parseKubeVersion } from '../../cluster/objects/versions.ts';
import { HOUR } from '../../kernel/time/millis.ts';
import { epochMsOf, parseRfc3339 } from '../../kernel/time/rfc3339.ts';
import { millisOf } from './compile-duration.ts';
import { compileImages } from './compile-images.ts';
import { compileScheduler } from './compile-scheduler.ts';
import type { ClusterDocument, ScenarioDocument } from './schema/scenario-schema.ts';

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
export function compileCluster({ cluster = {}, images = {}, seed }: ScenarioDocument): ClusterSettings {
  const version = parseKubeVersion(cluster.version ?? '1.36') ?? { minor: 36, patch: 0 };
  return {
    epochMs: (cluster.epoch === undefined ? undefined : parseRfc3339(cluster.epoch)) ?? DEFAULT_EPOCH_MS,
    seed: String(seed ?? 1),
    version,
    namespace: cluster.namespace ?? 'default',
    nodes: compileNodes(cluster.nodes ?? 1),
    latencies: compileLatencies(cluster.latencies ?? {}),
    images: compileImages(images),
    presentImages: cluster.presentImages ?? [],
    ...(cluster.scheduler && { scheduler: compileScheduler(cluster.scheduler) }),
  };
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
    ...(node.hollow && { hollow: true }),
  };
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
