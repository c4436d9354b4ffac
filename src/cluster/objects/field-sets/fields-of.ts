import { isObject, sortedKeys } from '../json.ts';
import { type FieldSet, type Path, setOf } from './field-set.ts';
import { elementOf, type FieldShape, isLeaf, shapeOfElements, shapeWithin } from './field-shape.ts';

/** All that an object says (structured-merge-diff: typed/tofieldset.go). */
export function fieldsOf(object: object, shape: FieldShape): FieldSet {
  return setOf(placesIn(object, shape, []));
}

function* placesIn(value: unknown, shape: FieldShape, path: Path): Generator<Path> {
  if (isLeaf(value, shape)) {
    if (path.length > 0) yield path;
  } else if (Array.isArray(value)) {
    for (const item of value) {
      const place = [...path, elementOf(item, shape)];
      yield* placesIn(item, shapeOfElements(shape), place);
      yield place;
    }
  } else if (isObject(value)) {
    for (const name of sortedKeys(value)) {
      const place = [...path, `f:${name}`];
      const inner = value[name];
      yield* placesIn(inner, shapeWithin(shape, name) ?? shape, place);
      const isEmpty = inner === null || (isObject(inner) && Object.keys(inner).length === 0);
      if (isEmpty || shape.value.form !== 'object') yield place;
    }
  }
}
