import type { KubeObject } from '../../../../../../src/cluster/objects/kube-object.ts';
import type { RecordedChange, Recording } from './recording.ts';

/** The objects of one kind at some instant, by namespace and name in the order of their etcd keys. */
export type KindState = readonly KubeObject[];

/** How late, in milliseconds, a watch may have told of a change. */
const LATE_MS = 30;

/**
 * The states that a kind went through from a little before `beginMs` to a little after `endMs`: what a
 * command that ran meanwhile may have read.
 */
export function statesOf(
  recording: Recording,
  kind: string,
  beginMs: number,
  endMs: number,
): readonly KindState[] {
  const known = replayed.get(recording) ?? new Map<string, readonly KindState[]>();
  replayed.set(recording, known);
  const key = `${kind} ${beginMs} ${endMs}`;
  const states = known.get(key) ?? replay(recording, kind, beginMs, endMs);
  known.set(key, states);
  return states;
}

// One output is compared with many printings of the same states.
const replayed = new WeakMap<Recording, Map<string, readonly KindState[]>>();

function replay(recording: Recording, kind: string, beginMs: number, endMs: number): KindState[] {
  const { restore, changes } = recording;
  let objects = objectsBefore(recording, kind);
  let saved: ReadonlyMap<string, KubeObject> = objects;
  let relisted = 0;
  const states: KindState[] = [];
  const restoreBefore = (atMs: number) => {
    if (restore === undefined || relisted >= restore.restoredMs || atMs < restore.restoredMs) return;
    relisted = restore.restoredMs;
    objects = new Map(saved);
  };
  for (const change of changes) {
    if (change.object.kind !== kind) continue;
    restoreBefore(Math.min(change.atMs, beginMs));
    if (change.atMs > beginMs - LATE_MS && states.length === 0) states.push(inOrder(objects));
    if (change.atMs > endMs + LATE_MS) break;
    if (change.type === 'RELIST' && change.atMs > relisted) {
      relisted = change.atMs;
      forget(objects, recording, change);
    }
    if (change.type === 'DELETED') objects.delete(keyOf(change));
    else objects.set(keyOf(change), change.object);
    if (restore !== undefined && change.atMs <= restore.savedMs) saved = new Map(objects);
    if (change.atMs > beginMs - LATE_MS) states.push(inOrder(objects));
  }
  restoreBefore(beginMs);
  return states.length === 0 ? [inOrder(objects)] : states;
}

/**
 * What was there before the recording began is first seen when it changes; it will have looked much the same.
 * Not so nodes, which change when they fail: they are not known until then.
 */
function objectsBefore({ changes }: Recording, kind: string): Map<string, KubeObject> {
  const seen = new Set<string>();
  const objects = new Map<string, KubeObject>();
  if (kind === 'Node') return objects;
  for (const change of changes) {
    if (change.object.kind !== kind || seen.has(keyOf(change))) continue;
    seen.add(keyOf(change));
    if (change.type === 'MODIFIED') objects.set(keyOf(change), change.object);
  }
  return objects;
}

function keyOf({ object: { metadata } }: RecordedChange): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** After a restore the recorder listed afresh: what it did not see again is gone. */
function forget(
  objects: Map<string, KubeObject>,
  recording: Recording,
  { atMs, object }: RecordedChange,
): void {
  const seen = recording.changes.filter((change) => change.atMs === atMs && change.type === 'RELIST');
  const namespaces = new Set(seen.map((change) => change.object.metadata.namespace));
  for (const [key, known] of objects) {
    if (known.kind === object.kind && namespaces.has(known.metadata.namespace)) objects.delete(key);
  }
}

function inOrder(objects: ReadonlyMap<string, KubeObject>): KindState {
  return [...objects.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
}
