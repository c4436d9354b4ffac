import { isObject } from '../json.ts';
import { elementOf, type FieldShape, isLeaf, shapeOfElements, shapeWithin } from './field-shape.ts';

/** An object with all that a manifest says in it (structured-merge-diff: typed/merge.go). */
export function mergeApplied<Of extends object>(live: Of, applied: object, shape: FieldShape): Of {
  return merge(live, applied, shape) as Of;
}

function merge(live: unknown, applied: unknown, shape: FieldShape): unknown {
  if (live === undefined || live === null || isLeaf(applied, shape)) return applied;
  if (Array.isArray(applied)) return Array.isArray(live) ? mergeLists(live, applied, shape) : applied;
  if (!isObject(live) || !isObject(applied)) return applied;
  const merged: Record<string, unknown> = { ...live };
  for (const [name, value] of Object.entries(applied))
    merged[name] = merge(live[name], value, shapeWithin(shape, name) ?? shape);
  return merged;
}

/** The order of the manifest counts among its own elements; those of others keep their places. */
function mergeLists(live: readonly unknown[], applied: readonly unknown[], shape: FieldShape): unknown[] {
  const inner = shapeOfElements(shape);
  const old = new Map(live.map((item) => [elementOf(item, shape), item] as const));
  const wanted = new Set(applied.map((item) => elementOf(item, shape)));
  const merged: unknown[] = [];
  let next = 0;
  const takeApplied = (): void => {
    const item = applied[next++];
    const known = old.get(elementOf(item, shape));
    merged.push(known === undefined ? item : merge(known, item, inner));
  };
  for (const item of live) {
    if (!wanted.has(elementOf(item, shape))) {
      merged.push(item);
      continue;
    }
    // Up to the next that was there before, so that new ones stand where the manifest has them.
    while (next < applied.length && !old.has(elementOf(applied[next], shape))) takeApplied();
    if (next < applied.length) takeApplied();
  }
  while (next < applied.length) takeApplied();
  return merged;
}
