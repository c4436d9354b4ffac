import { isObject } from '../../cluster/objects/json.ts';
import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import { objectKey } from '../normal/object-key.ts';
import type { ImportedChange } from './imported-change.ts';

/** The version that SimKube writes since 1.2 (sk-store: CURRENT_TRACE_FORMAT_VERSION). */
const VERSION = 2;

/** Whether a document is a trace of SimKube: what somebody applied and deleted, second by second. */
export function isSimkubeTrace(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && 'version' in value && 'events' in value && 'index' in value;
}

/**
 * What such a trace tells (sk-store: trace.rs ExportedTrace, event.rs TraceEvent); a message where it can't.
 */
export function simkubeChanges(trace: Readonly<Record<string, unknown>>): readonly ImportedChange[] | string {
  const { version, events } = trace;
  if (version !== VERSION)
    return `it is a trace of SimKube in version ${String(version)}: only version ${VERSION} is known`;
  if (!Array.isArray(events)) return 'it is a trace of SimKube without events';
  const changes: ImportedChange[] = [];
  const born = new Map<string, string>();
  for (const [index, event] of events.entries()) {
    const where = `events[${index}]`;
    if (!isObject(event) || typeof event['ts'] !== 'number') return `${where} has no ts`;
    const { ts, applied_objs: applied = [], deleted_objs: deleted = [] } = event;
    if (!Array.isArray(applied) || !Array.isArray(deleted)) return `${where} has no lists of objects`;
    for (const object of [...applied, ...deleted])
      if (!isNamed(object)) return `${where} has an object without kind, apiVersion or metadata.name`;
    for (const object of applied as KubeObject[]) {
      const key = objectKey(object);
      const type = born.has(key) ? 'MODIFIED' : 'ADDED';
      const since = born.get(key) ?? formatRfc3339(1000 * ts);
      born.set(key, since);
      changes.push({ type, object: stamped(object, since, changes.length + 1), atMs: 1000 * ts });
    }
    for (const object of deleted as KubeObject[]) {
      const since = born.get(objectKey(object));
      if (since === undefined) continue;
      born.delete(objectKey(object));
      changes.push({ type: 'DELETED', object: stamped(object, since, changes.length + 1), atMs: 1000 * ts });
    }
  }
  return changes;
}

/** SimKube takes away what the cluster had given: an object is told apart from a later one by its birth. */
function stamped(object: KubeObject, since: string, revision: number): KubeObject {
  const { name = '' } = object.metadata;
  const uid = `simkube-${name}-${since}`;
  const metadata = { uid, creationTimestamp: since, ...object.metadata, resourceVersion: String(revision) };
  return { ...object, metadata };
}

function isNamed(value: unknown): value is KubeObject {
  if (!isObject(value) || !isObject(value['metadata'])) return false;
  return [value['kind'], value['apiVersion'], value['metadata']['name']].every(
    (each) => typeof each === 'string',
  );
}
