import { isObject } from '../json.ts';
import type { KubeObject } from '../kube-object.ts';
import { typeOfKind } from '../schema/find-field.ts';
import { type TypeSchema, typeNamed, type ValueType } from '../schema/read-schema-table.ts';

/**
 * An object as Go holds what it has decoded: a field that must be there is, and says nothing where nothing
 * was said of it; an element that is null is one that says nothing. All that looks at it behind may rely on
 * that.
 */
export function fillRequired(object: KubeObject): KubeObject {
  const type = typeOfKind(object.apiVersion, object.kind);
  return type === undefined ? object : (fillMembers(object, type) as KubeObject);
}

/** Structs, not pointers to them, wherever they stand. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(['metadata', 'spec']);

/** Required fields that Go holds by pointer: validation tells nothing from what says nothing. */
const POINTERS: ReadonlySet<string> = new Set(['selector', 'pathType', 'sideEffects', 'parentRef']);

function fillMembers(object: object, type: TypeSchema): object {
  const filled: Record<string, unknown> = { ...object };
  for (const { name, value, isRequired } of type.fields.values()) {
    const said = filled[name];
    const isWanted =
      (isRequired && !POINTERS.has(name)) || (ALWAYS_THERE.has(name) && value.form === 'object');
    if (said !== undefined && said !== null) filled[name] = fillValue(said, value);
    else if (isWanted) {
      const nothing = nothingOf(value);
      if (nothing !== undefined) filled[name] = nothing;
    }
  }
  return filled;
}

/** What is of another form than its type is somebody else's to refuse. */
function fillValue(said: unknown, value: ValueType): unknown {
  if (value.form === 'list' && Array.isArray(said))
    return said.map((item: unknown) =>
      item === null ? (nothingOf(value.of) ?? item) : fillValue(item, value.of),
    );
  if (value.form === 'map' && isObject(said))
    return Object.fromEntries(
      Object.entries(said).map(([name, member]) => [name, fillMember(member, value.of)]),
    );
  const type = value.form === 'object' ? typeNamed(value.type) : undefined;
  return type && isObject(said) ? fillMembers(said, type) : said;
}

function fillMember(member: unknown, value: ValueType): unknown {
  return member === null ? (nothingOf(value) ?? member) : fillValue(member, value);
}

const NOTHINGS: Readonly<Record<string, unknown>> = {
  string: '',
  boolean: false,
  int32: 0,
  int64: 0,
  double: 0,
  intorstring: 0,
};

/** Undefined for times, amounts and what may be anything: they can be missing. */
function nothingOf(value: ValueType): unknown {
  switch (value.form) {
    case 'list':
      return [];
    case 'map':
      return {};
    case 'scalar':
      return NOTHINGS[value.scalar];
    case 'object': {
      const type = typeNamed(value.type);
      return type ? fillMembers({}, type) : {};
    }
    case 'any':
      return undefined;
  }
}
