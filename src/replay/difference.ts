import { compareText } from '../cluster/objects/json.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
import { keysRestored } from '../cluster/world/evolve-restore.ts';
import { deltaOf, type ObjectDelta } from '../cluster/world/object-delta.ts';
import type { Timeline } from './timeline.ts';

/** An object that is not the same at two instants; it is missing where it was not there. */
export interface ObjectDifference {
  readonly key: string;
  readonly before?: KubeObject;
  readonly after?: KubeObject;
  /** What changed in it, where it is there at both. */
  readonly delta?: ObjectDelta;
}

/**
 * What makes the objects of one instant those of another, earlier or later one, in the order of their keys.
 */
export function differenceOf(timeline: Timeline, from: number, to: number): readonly ObjectDifference[] {
  const { objects } = timeline.worldAt(to).store.tables;
  return touchedBetween(timeline, Math.min(from, to), Math.max(from, to)).flatMap((key) => {
    const before = objects.read(key, from);
    const after = objects.read(key, to);
    if (!before || !after) return differing({ key, ...(before && { before }), ...(after && { after }) });
    const delta = deltaOf(before, after);
    return delta ? [{ key, before, after, delta }] : [];
  });
}

function differing(difference: ObjectDifference): readonly ObjectDifference[] {
  return difference.before || difference.after ? [difference] : [];
}

/** The keys of the objects that entries from `low` (not included) to `high` wrote, in order. */
export function touchedBetween({ facts, worldAt }: Timeline, low: number, high: number): readonly string[] {
  const { names, idAt } = facts.object;
  const restored = facts.type.names.find('StoreRestored');
  const seen = new Uint8Array(names.length);
  const keys: string[] = [];
  const touch = (id: number): void => {
    if (id === 0 || seen[id] === 1) return;
    seen[id] = 1;
    keys.push(names.of(id));
  };
  for (let seq = low + 1; seq <= high; seq++) {
    touch(idAt(seq));
    if (restored === undefined || facts.type.idAt(seq) !== restored) continue;
    for (const key of keysRestored(worldAt(seq).store.tables, { at: seq })) touch(names.find(key) ?? 0);
  }
  return keys.sort(compareText);
}
