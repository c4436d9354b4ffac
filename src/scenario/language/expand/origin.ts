import { isObject } from '../../../cluster/objects/json.ts';
import type { Place, Span } from '../diagnostic.ts';
import type { YamlSource } from '../read-yaml.ts';
import type { Aim, Path } from '../span-at.ts';

/** Where a part of a document was written, though the document was put together from several files. */
export interface Origin {
  readonly source: YamlSource;
  readonly path: Path;
  /** The includes that lead to that file, the nearest first. */
  readonly via: readonly Place[];
  /** It is not as it is written: placeholders in it were filled in. */
  readonly isFilled?: true;
  /** Of those members that stand elsewhere, or were filled in. */
  readonly members?: ReadonlyMap<PropertyKey, Origin>;
}

/** A value, and where it was written. */
export interface Written {
  readonly value: unknown;
  readonly origin: Origin;
}

/** What stands under a key; undefined where there is no such key. */
export function memberOf({ value, origin }: Written, key: PropertyKey): Written | undefined {
  if (!(isObject(value) || Array.isArray(value)) || !Object.hasOwn(value, key)) return undefined;
  return { value: (value as Record<PropertyKey, unknown>)[key], origin: originOf(origin, key) };
}

/** The origin of a member. */
export function originOf(origin: Origin, key: PropertyKey): Origin {
  const own = origin.members?.get(key);
  if (own) return own;
  const { source, path, via, isFilled } = origin;
  return isFilled ? origin : { source, path: [...path, key], via };
}

/** The elements of a list, or nothing where it is none. */
export function elementsOf(written: Written | undefined): readonly Written[] {
  if (!written || !Array.isArray(written.value)) return [];
  return written.value.map((value, index) => ({ value, origin: originOf(written.origin, index) }));
}

/** A list of what was written in several places. */
export function listOf(elements: readonly Written[], origin: Origin): Written {
  const { source, path, via } = origin;
  return {
    value: elements.map(({ value }) => value),
    origin: { source, path, via, members: new Map(elements.map((each, index) => [index, each.origin])) },
  };
}

/** The same with other members. */
export function withMembers({ value, origin }: Written, members: ReadonlyMap<string, Written>): Written {
  if (members.size === 0) return { value, origin };
  const values = Object.fromEntries([...members].map(([key, member]) => [key, member.value]));
  const origins = [...members].map(([key, member]) => [key, member.origin] as const);
  return {
    value: { ...(value as object), ...values },
    origin: { ...origin, members: new Map([...(origin.members ?? []), ...origins]) },
  };
}

/** A document that is read as if it were written in one file; its places are in those that it came from. */
export function sourceOf({ value, origin }: Written): YamlSource {
  return {
    file: origin.source.file,
    value,
    spanOf(path, aim) {
      const { at, rest } = nearest(origin, path);
      return spanIn(at, rest, aim);
    },
    spanOfPart(path, part) {
      const { at, rest } = nearest(origin, path);
      if (at.isFilled) return spanIn(at, rest);
      return located(at, at.source.spanOfPart([...at.path, ...rest], part));
    },
  };
}

/** Where something stands that was written somewhere. */
export function spanOfOrigin(origin: Origin, aim?: Aim): Span {
  return spanIn(origin, [], aim);
}

function nearest(origin: Origin, path: Path): { readonly at: Origin; readonly rest: Path } {
  let at = origin;
  for (const [index, key] of path.entries()) {
    const member = at.members?.get(key);
    if (!member) return { at, rest: path.slice(index) };
    at = member;
  }
  return { at, rest: [] };
}

function spanIn(at: Origin, rest: Path, aim?: Aim): Span {
  const path = at.isFilled ? at.path : [...at.path, ...rest];
  return located(at, at.source.spanOf(path, aim));
}

function located({ source, via }: Origin, span: Span): Span {
  return via.length === 0 ? span : { ...span, file: source.file, via };
}
