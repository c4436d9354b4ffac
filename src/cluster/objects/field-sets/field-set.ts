/**
 * A set of places in an object, as a tree of path elements: `f:name` a field or a map's entry, `k:{…}` the
 * element of a list with these keys, `v:…` the element of a set (structured-merge-diff: fieldpath).
 */
export interface FieldSet {
  /** Whether the place itself belongs to the set, whatever is below it. */
  readonly isMember: boolean;
  readonly below: ReadonlyMap<string, FieldSet>;
}

export type Path = readonly string[];

export const NO_FIELDS: FieldSet = { isMember: false, below: new Map() };

export function isEmptySet({ isMember, below }: FieldSet): boolean {
  return !isMember && below.size === 0;
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  const below = new Map(a.below);
  for (const [element, set] of b.below) {
    const known = below.get(element);
    below.set(element, known === undefined ? set : union(known, set));
  }
  return { isMember: a.isMember || b.isMember, below };
}

/** Without the members of another set. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, (set, element) => difference(set, b.below.get(element) ?? NO_FIELDS), !b.isMember);
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, (set, element) => intersection(set, b.below.get(element) ?? NO_FIELDS), b.isMember);
}

/** Without the members of another set, and without all that is below one. */
export function withoutBelow(a: FieldSet, b: FieldSet): FieldSet {
  if (b.isMember) return NO_FIELDS;
  return combine(a, (set, element) => withoutBelow(set, b.below.get(element) ?? NO_FIELDS), true);
}

/** The set, and all that its members lie in. */
export function withAncestors(set: FieldSet): FieldSet {
  const below = new Map([...set.below].map(([element, inner]) => [element, withAncestors(inner)]));
  return { isMember: set.isMember || below.size > 0, below };
}

export function isEqualSet(a: FieldSet, b: FieldSet): boolean {
  if (a.isMember !== b.isMember || a.below.size !== b.below.size) return false;
  return [...a.below].every(([element, set]) => {
    const other = b.below.get(element);
    return other !== undefined && isEqualSet(set, other);
  });
}

/** The set of some places. */
export function setOf(paths: Iterable<Path>): FieldSet {
  const root = draft();
  for (const path of paths) {
    let at = root;
    for (const element of path) {
      let next = at.below.get(element);
      if (next === undefined) {
        next = draft();
        at.below.set(element, next);
      }
      at = next;
    }
    at.isMember = true;
  }
  return root;
}

/** The places that belong to a set, a parent before what is below it. */
export function* membersOf({ isMember, below }: FieldSet, path: Path = []): Generator<Path> {
  if (isMember) yield path;
  for (const [element, set] of below) yield* membersOf(set, [...path, element]);
}

interface Draft extends FieldSet {
  isMember: boolean;
  readonly below: Map<string, Draft>;
}

function draft(): Draft {
  return { isMember: false, below: new Map() };
}

function combine(
  { isMember, below }: FieldSet,
  inner: (set: FieldSet, element: string) => FieldSet,
  keepsMember: boolean,
): FieldSet {
  const kept = new Map<string, FieldSet>();
  for (const [element, set] of below) {
    const left = inner(set, element);
    if (!isEmptySet(left)) kept.set(element, left);
  }
  return { isMember: isMember && keepsMember, below: kept };
}
