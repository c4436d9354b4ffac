import type { Entry } from '../../kernel/log/entry.ts';
import type { Model } from '../../kernel/run/agenda.ts';
import { fold, startRun, step } from '../../kernel/run/run.ts';
import type { Tables } from '../../kernel/table/store.ts';
import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import type { ProgramRow } from '../contract/control-plane-rows.ts';
import type { Event } from '../contract/event.ts';
import { fileKey } from '../contract/file-key.ts';
import { FOUND_TABLES, type FoundRows } from '../contract/past-event.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { clusterFormed } from '../etcd/data-directory.ts';
import { etcdFlags, flagWords } from '../kubeadm/flags.ts';
import { machinesInstalled } from '../node/machines-installed.ts';
import { compareText } from '../objects/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { Lease, Node } from '../objects/kubernetes.ts';
import { resourceForKind } from '../objects/schema/resources.ts';
import { storageKey } from '../objects/storage-key.ts';
import { objectReader } from '../world/readers.ts';
import { servedResources } from '../world/served-resources.ts';
import { emptyWorld, type World, type WorldRows } from '../world/world.ts';
import { AGE_MS, FOUNDED_AT, objectsCreated, rulesOn } from './first-objects.ts';
import { filesWritten, kubeletFilesFound, machinesOf } from './machine-files.ts';

/**
 * What has become of a cluster whose control plane runs on its machines. It was set up a day ago: those
 * minutes are played, as any others are, and what they have left is there still when the story begins.
 */
export function* playPast(settings: ClusterSettings, model: Model<World, Event>): Generator<Event> {
  const tables = foundedTables(settings, model);
  const { objects } = tables;
  const last = Number.MAX_SAFE_INTEGER;
  yield { type: 'PastFound', tables: withKubeletFiles(rowsFound(tables, last), settings) };
  const served = servedResources(objectReader({ tables, seq: last }));
  for (const object of inOrder([...objects.rows(last)].map(([, object]) => object))) {
    const resource = resourceForKind(object.apiVersion, object.kind, served)?.name;
    const { namespace, name = '' } = object.metadata;
    if (resource === undefined) continue;
    const key = storageKey({ resource, name, ...(namespace !== undefined && { namespace }) });
    yield { type: 'ObjectCreated', resource, key, object: refreshed(object, settings) };
  }
}

/**
 * Owners come before what they own, as they did; the revisions are shared out anew in this order. Kubernetes
 * Events of that day are gone.
 */
function inOrder(stored: readonly KubeObject[]): readonly KubeObject[] {
  const objects = stored.filter(({ kind }) => kind !== 'Event');
  const byUid = new Map(objects.map((object) => [object.metadata.uid, object]));
  const depthOf = ({ metadata }: KubeObject): number => {
    const owners = (metadata.ownerReferences ?? []).flatMap(({ uid }) => byUid.get(uid) ?? []);
    return owners.length === 0 ? 0 : 1 + Math.max(...owners.map(depthOf));
  };
  const revisions = objects.map(revisionOf).sort((a, b) => a - b);
  return objects
    .map((object) => ({ object, depth: depthOf(object) }))
    .sort((a, b) => a.depth - b.depth || revisionOf(a.object) - revisionOf(b.object))
    .map(({ object }, index) => ({
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(revisions[index]) },
    }));
}

function revisionOf({ metadata }: KubeObject): number {
  return Number(metadata.resourceVersion);
}

function foundedTables(settings: ClusterSettings, model: Model<World, Event>): Tables<WorldRows> {
  const [first] = settings.nodes.filter(({ controlPlane, spare }) => controlPlane && !spare);
  const members = machinesOf(settings).map((machine): ProgramRow => {
    const args = ['etcd', ...flagWords(etcdFlags(machine))];
    return { program: 'etcd', node: machine.node, container: '', startedAt: FOUNDED_AT, args };
  });
  const events: Event[] = [
    { type: 'ClusterConfigured', settings },
    ...machinesInstalled(settings, (node) => rulesOn(settings, node)),
    ...filesWritten(settings, FOUNDED_AT),
    clusterFormed(members),
    ...objectsCreated(settings, first ? [first] : []),
  ];
  const log = events.map(
    (event, index): Entry<Event> => ({
      seq: index + 1,
      at: FOUNDED_AT,
      actor: 'genesis',
      key: 'cluster',
      cause: null,
      event,
      ...(index + 1 < events.length && { more: true }),
    }),
  );
  const run = startRun(model, fold(model, emptyWorld(), log), log);
  while (step(run, -AGE_MS));
  return run.world.store.tables;
}

/** What is true on the machines. */
function rowsFound(tables: Tables<WorldRows>, seq: number): FoundRows {
  const found: [string, Record<string, unknown>][] = FOUND_TABLES.map((name) => [
    name,
    Object.fromEntries([...tables[name].rows(seq)].sort(([a], [b]) => compareText(a, b))),
  ]);
  return Object.fromEntries(found.filter(([, rows]) => Object.keys(rows).length > 0));
}

/** Kubelets that are a day old have long been given their certificates. */
function withKubeletFiles(found: FoundRows, settings: ClusterSettings): FoundRows {
  const given = [...kubeletFilesFound(settings, FOUNDED_AT)].map((row) => [fileKey(row), row] as const);
  const all = [...Object.entries(found['files'] ?? {}), ...given].sort(([a], [b]) => compareText(a, b));
  return { ...found, files: Object.fromEntries(all) };
}

/** What is told again and again was told just now. */
function refreshed(object: KubeObject, { epochMs }: ClusterSettings): KubeObject {
  if (object.kind === 'Lease') {
    const lease = object as Lease;
    const renewTime = formatRfc3339(epochMs).replace('Z', '.000000Z');
    return { ...lease, spec: { ...lease.spec, renewTime } } as KubeObject;
  }
  if (object.kind !== 'Node') return object;
  const node = object as Node;
  const lastHeartbeatTime = formatRfc3339(epochMs);
  const conditions = node.status?.conditions?.map((condition) => ({ ...condition, lastHeartbeatTime }));
  return { ...node, status: { ...node.status, ...(conditions && { conditions }) } } as KubeObject;
}
