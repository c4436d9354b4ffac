import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { RowReader } from '../../contract/reader.ts';
import type { GetRequest, ListRequest } from '../../contract/request.ts';
import type { Granted, Refused } from '../../contract/response.ts';
import { type ClusterSettings, hasAddon } from '../../contract/settings.ts';
import type { ContainerUsage } from '../../contract/usage-row.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Node, Pod } from '../../objects/kubernetes.ts';
import type { NodeMetrics, PodMetrics, ResourceUsage } from '../../objects/metrics.ts';
import { METRICS_RESOURCES } from '../../objects/schema/aggregated-resources.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { nodeUsage } from '../../world/node-usage.ts';
import { rowReader } from '../../world/readers.ts';
import { lastScrape } from '../../world/scrapes.ts';
import type { World } from '../../world/world.ts';
import type { Call, ServedResource } from '../call.ts';
import { notFound } from '../refusal.ts';
import { strategyFor } from '../strategy/strategies.ts';
import { select } from '../verbs/read.ts';

/** What the metrics server answers behind the API server, where there is one. */
export function metricsResource(name: string, settings: ClusterSettings): ServedResource | undefined {
  if (!name.endsWith('.metrics.k8s.io') || !hasAddon(settings, 'metricsServer')) return undefined;
  const resource = METRICS_RESOURCES.find((each) => each.name === name);
  return resource && { ...resource, strategy: strategyFor(resource, settings.version) };
}

export function isOfMetrics({ resource }: Call): boolean {
  return resource.group === 'metrics.k8s.io';
}

/** What was measured last, of pods that run and of nodes that could be asked (metrics-server: api). */
export function answerMetrics(
  world: World,
  call: Call,
  request: GetRequest | ListRequest,
): Granted | Refused {
  const rows = rowReader({ tables: world.store.tables, seq: world.seq });
  const measured = call.resource.plural === 'pods' ? podMetrics : nodeMetrics;
  const revision = call.store.revision();
  if (request.verb === 'get') {
    const { plural } = call.resource;
    const at = call.namespace === undefined ? {} : { namespace: call.namespace };
    const stored = call.store.read<Node & Pod>(storageKey({ resource: plural, ...at, name: request.name }));
    const object = stored && measured(call, rows, stored);
    return object ? { ok: true, object, revision } : nothingOf(call, request.name);
  }
  const resource = { ...call.resource, name: call.resource.plural, kind: call.resource.kind.slice(0, -7) };
  const chosen = select({ ...call, resource }, request);
  if (!chosen.ok) return chosen;
  const items = chosen.value.flatMap((object) => measured(call, rows, object as Node & Pod) ?? []);
  return { ok: true, items, revision };
}

function nothingOf({ namespace }: Call, name: string): Refused {
  const plural = namespace === undefined ? 'nodemetrics' : 'podmetrics';
  const full = namespace === undefined ? name : `${namespace}/${name}`;
  const group = 'metrics.k8s.io';
  return notFound({ group, plural, kind: plural, name: `${plural}.${group}` }, full);
}

type Measured = (PodMetrics | NodeMetrics) & KubeObject;

function podMetrics(call: Call, rows: RowReader, { metadata, status }: Pod): Measured | undefined {
  const row = rows.row('usages', `${metadata.namespace}/${metadata.name}`);
  if (!row || status?.phase !== 'Running') return undefined;
  const containers = Object.entries(row.containers).map(([name, usage]) => ({ name, usage: usageOf(usage) }));
  return { ...headOf(call, 'PodMetrics', metadata), containers };
}

function nodeMetrics(call: Call, rows: RowReader, { metadata }: Node): Measured | undefined {
  const { settings, at } = call;
  const usage = nodeUsage(rows, settings, { node: metadata.name ?? '', at });
  return usage && { ...headOf(call, 'NodeMetrics', metadata), usage: usageOf(usage) };
}

function headOf(
  { resource, settings, at }: Call,
  kind: string,
  { name = '', namespace, labels }: KubeObject['metadata'],
): Pick<Measured, 'apiVersion' | 'kind' | 'metadata' | 'timestamp' | 'window'> {
  return {
    kind,
    apiVersion: resource.apiVersion,
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      creationTimestamp: formatRfc3339(settings.epochMs + at),
      ...(labels && { labels }),
    },
    timestamp: formatRfc3339(settings.epochMs + lastScrape(settings, at)),
    window: '15s',
  };
}

function usageOf([cpu, memory]: ContainerUsage): ResourceUsage {
  return { cpu: cpu === 0 ? '0' : `${cpu}n`, memory: `${Math.round(memory / 1024)}Ki` };
}
