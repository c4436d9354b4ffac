import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import { resourceForKind } from '../../cluster/objects/schema/resources.ts';
import { objectKey } from '../normal/object-key.ts';
import type { WatchedChange } from '../play.ts';
import { minorOf, namespaceOf, type Recording } from '../recording/recording.ts';
import type { AuditedRequest } from './audit-event.ts';
import type { ImportedChange } from './imported-change.ts';
import type { Imported } from './read-import.ts';
import { latestTimeIn } from './time-told.ts';

/** The past of a real cluster as a recording, which becomes a log as any other does. */
export function importedRecording(name: string, imported: Imported): Recording {
  const { found, requests, left } = imported;
  const listed = lastOfEach(found);
  const told = [...withAudit(imported.changes.flat(), requests)];
  const timed = inTime(told, latestOf(listed));
  const startMs = beginOf(timed, listed);
  const changes = timed.map((change): WatchedChange => ({ ...change, atMs: change.atMs - startMs }));
  const endMs = changes.at(-1)?.atMs ?? 0;
  return {
    name,
    minor: minorOf({ changes, listed }),
    namespace: changes.length > 0 ? namespaceOf(changes) : 'default',
    startMs,
    endMs,
    watchedMs: endMs,
    lagMs: 0,
    commands: [],
    remarks: [],
    changes,
    files: {},
    listed,
    notices: [
      ...left.map((what) => `left out: ${what}`),
      ...(imported.changes.flat().some(({ atMs }) => atMs === undefined) && requests.length === 0
        ? ['a watch tells no times: those that the objects tell are taken, to the second']
        : []),
    ],
  };
}

/** An object that several files hold is there once, as the latest of them has it. */
function lastOfEach(objects: readonly KubeObject[]): readonly KubeObject[] {
  const known = new Map<string, KubeObject>();
  for (const object of objects) {
    const key = objectKey(object);
    const before = known.get(key);
    if (!before || revisionOf(before) <= revisionOf(object)) known.set(key, object);
  }
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
}

function revisionOf({ metadata }: KubeObject): number {
  return Number(metadata.resourceVersion ?? 0);
}

/**
 * What watches told, and of each change that an audit tells too, who asked for it and when; and what only the
 * audit tells.
 */
function* withAudit(
  changes: readonly ImportedChange[],
  requests: readonly AuditedRequest[],
): Generator<ImportedChange> {
  const asked = new Map<string, AuditedRequest>();
  for (const request of requests) {
    const { object } = request;
    if (object) asked.set(`${objectKey(object)} ${revisionOf(object)}`, request);
  }
  const isWatched = new Set<string>();
  const last = new Map<string, KubeObject>();
  for (const change of changes) {
    const { object } = change;
    const key = `${objectKey(object)} ${revisionOf(object)}`;
    isWatched.add(key);
    const request = asked.get(key);
    yield request ? { ...change, atMs: request.atMs, by: request.actor } : change;
  }
  const watchedKinds = new Set(changes.map(({ object }) => object.kind));
  for (const request of requests) {
    const { object } = request;
    const change = changeOf(request, last);
    if (object) last.set(placeOf(request), object);
    const isTold = change && isWatched.has(`${objectKey(change.object)} ${revisionOf(change.object)}`);
    if (change && !isTold && !(change.type === 'DELETED' && watchedKinds.has(change.object.kind)))
      yield change;
  }
}

function placeOf({ resource, namespace = '', name = '', object }: AuditedRequest): string {
  return [resource, namespace, name || (object?.metadata.name ?? '')].join(' ');
}

/** A deletion that waits for somebody is a change; one that answers with nothing more is the end. */
function changeOf(
  request: AuditedRequest,
  last: ReadonlyMap<string, KubeObject>,
): ImportedChange | undefined {
  const { verb, object, atMs, actor: by } = request;
  if (verb !== 'delete')
    return object && { type: verb === 'create' ? 'ADDED' : 'MODIFIED', object, atMs, by };
  const known = object ?? last.get(placeOf(request));
  if (!known || !resourceForKind(known.apiVersion, known.kind)) return undefined;
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = known.metadata;
  const waits = object && deletionTimestamp && (deletionGracePeriodSeconds > 0 || finalizers.length > 0);
  return { type: waits ? 'MODIFIED' : 'DELETED', object: known, atMs, by };
}

type Timed = ImportedChange & { readonly atMs: number };

/** In the order of revisions, which is the true one; a change comes no earlier than those before it. */
function inTime(changes: readonly ImportedChange[], begin: number): readonly Timed[] {
  const sorted = [...changes].sort((a, b) => revisionOf(a.object) - revisionOf(b.object));
  let now = begin;
  return sorted.map((change) => {
    now = Math.max(now, change.atMs ?? latestTimeIn(change.object) ?? now);
    return { ...change, atMs: now };
  });
}

function latestOf(objects: readonly KubeObject[]): number {
  return objects.reduce((latest, object) => Math.max(latest, latestTimeIn(object) ?? 0), 0);
}

/** The full second in which the youngest object that was there was written, or the first change came. */
function beginOf([first]: readonly Timed[], listed: readonly KubeObject[]): number {
  const found = listed.length > 0 ? latestOf(listed) : Number.POSITIVE_INFINITY;
  const begin = Math.min(found, first?.atMs ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(begin) ? Math.floor(begin / 1000) * 1000 : 0;
}
