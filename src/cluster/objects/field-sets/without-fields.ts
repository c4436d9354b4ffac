import { isObject } from '../json.ts';
import type { FieldSet } from './field-set.ts';
import { elementOf, type FieldShape, isLeaf, shapeOfElements, shapeWithin } from './field-shape.ts';

/**
 * An object without the members of a set, and what is below them (structured-merge-diff: typed/remove.go).
 */
export function withoutFields<Of extends object>(object: Of, fields: FieldSet, shape: FieldShape): Of {
  return strip(object, fields, shape) as Of;
}

function strip(value: unknown, fields: FieldSet, shape: FieldShape): unknown {
  if (fields.below.size === 0 || isLeaf(value, shape)) return value;
  if (Array.isArray(value)) {
    const inner = shapeOfElements(shape);
    return value.flatMap((item) => {
      const below = fields.below.get(elementOf(item, shape));
      if (below?.isMember) return [];
      return [below === undefined ? item : strip(item, below, inner)];
    });
  }
  if (!isObject(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const below = fields.below.get(`f:${name}`);
    if (below?.isMember) continue;
    kept[name] = below === undefined ? member : strip(member, below, shapeWithin(shape, name) ?? shape);
  }
  return kept;
}
