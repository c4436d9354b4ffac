import { isEqualJson, isObject, sortedKeys } from '../json.ts';
import { type FieldSet, type Path, setOf } from './field-set.ts';
import { elementOf, type FieldShape, isLeaf, shapeOfElements, shapeWithin } from './field-shape.ts';

export interface FieldChanges {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

type Change = readonly [kind: keyof FieldChanges, path: Path];

/** What is different in an object, place by place (structured-merge-diff: typed/compare.go). */
export function compareFields(before: object, after: object, shape: FieldShape): FieldChanges {
  const changes = [...differences({ before, after }, shape, [])];
  const of = (kind: keyof FieldChanges): FieldSet =>
    setOf(changes.filter(([found]) => found === kind).map(([, path]) => path));
  return { added: of('added'), modified: of('modified'), removed: of('removed') };
}

/** Absent: undefined. A `null` is there, and says nothing. */
interface Pair {
  readonly before: unknown;
  readonly after: unknown;
}

function* differences(pair: Pair, shape: FieldShape, path: Path): Generator<Change> {
  const { before, after } = pair;
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'modified';
  if (isComparedWhole(pair, shape)) {
    if (kind !== 'modified' || !isEqualJson(before, after)) yield [kind, path];
    return;
  }
  if (Array.isArray(before ?? after)) yield* inLists(pair, shape, path);
  else yield* inObjects(pair, shape, path);
  if (kind !== 'modified' && path.length > 0) yield [kind, path];
}

/** A value that is owned as a whole, or that is empty on both sides. */
function isComparedWhole({ before, after }: Pair, shape: FieldShape): boolean {
  const sides = [before, after].filter((side) => side !== undefined && side !== null);
  if (sides.some((side) => isLeaf(side, shape))) return true;
  if (sides.length === 2 && Array.isArray(before) !== Array.isArray(after)) return true;
  return sides.every((side) => isObject(side) && Object.keys(side).length === 0) || sides.every(isEmptyList);
}

function isEmptyList(side: unknown): boolean {
  return Array.isArray(side) && side.length === 0;
}

function* inLists({ before, after }: Pair, shape: FieldShape, path: Path): Generator<Change> {
  const [old, now] = [byElement(before, shape), byElement(after, shape)];
  const inner = shapeOfElements(shape);
  for (const element of new Set([...old.keys(), ...now.keys()]))
    yield* differences({ before: old.get(element), after: now.get(element) }, inner, [...path, element]);
}

function* inObjects({ before, after }: Pair, shape: FieldShape, path: Path): Generator<Change> {
  const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  for (const name of sortedKeys({ ...old, ...now })) {
    const pair = { before: old[name], after: now[name] };
    if (pair.before === pair.after) continue;
    yield* differences(pair, shapeWithin(shape, name) ?? shape, [...path, `f:${name}`]);
  }
}

function byElement(list: unknown, shape: FieldShape): Map<string, unknown> {
  return new Map(Array.isArray(list) ? list.map((item) => [elementOf(item, shape), item] as const) : []);
}
