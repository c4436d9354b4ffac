import type { KubeObject } from '../../../../../../src/cluster/objects/kube-object.ts';
import type { RecordedChange, Recording } from './recording.ts';

/** The objects of one kind at some instant, by namespace and name in the order of their etcd keys. */
export type KindState = readonly KubeObject[];

/**
 * The states that a kind went through from a little before `beginMs` to a little after `endMs`: what a command that
 * ran meanwhile may have read. Watch events arrive up to some milliseconds late.
 */
export function statesOf(recording: Recording, kind: string, beginMs: number, endMs: number): KindState[] {
  const objects = objectsBefore(recording, kind);
  const states: KindState[] = [];
  let relisted = 0;
  for (const change of recording.changes) {
    if (change.object.kind !== kind) continue;
    if (change.atMs > beginMs - 30 && states.length === 0) states.push(inOrder(objects));
    if (change.atMs > endMs + 30) break;
    if (change.type === 'RELIST' && change.atMs !== relisted) {
      relisted = change.atMs;
      forget(objects, recording, change);
    }
    if (change.type === 'DELETED') objects.delete(keyOf(change));
    else objects.set(keyOf(change), change.object);
    if (change.atMs > beginMs - 30) states.push(inOrder(objects));
  }
  return states.length === 0 ? [inOrder(objects)] : states;
}

/** What was there before the recording began is first seen when it changes; it will have looked much the same. */
function objectsBefore({ changes }: Recording, kind: string): Map<string, KubeObject> {
  const seen = new Set<string>();
  const objects = new Map<string, KubeObject>();
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
