import {
  type FieldSchema,
  type TypeSchema,
  typeNamed,
  typeNameOfKind,
  type ValueType,
} from './read-schema-table.ts';
import { FORMER_VERSIONS } from './resource-names.ts';

/** The schema of a kind's objects; undefined for kinds that no stable API of Kubernetes has. */
export function typeOfKind(apiVersion: string, kind: string): TypeSchema | undefined {
  const name = typeNameOfKind(apiVersion, kind);
  if (name !== undefined) return typeNamed(name);
  const former = FORMER_VERSIONS.find((entry) => entry.apiVersion === apiVersion && entry.kind === kind);
  return former && typeOfKind(former.now, kind);
}

/**
 * The field at a path below a type: `['spec', 'containers', 'ports']`. Elements of lists and entries of maps
 * are passed through, so a path may name their index or key or leave it out: `['spec', 'containers', 0,
 * 'ports']`.
 */
export function findField(type: TypeSchema, path: readonly (string | number)[]): FieldSchema | undefined {
  const [first, ...rest] = path.filter((step) => typeof step === 'string');
  const field = first === undefined ? undefined : type.fields.get(first);
  if (field === undefined || rest.length === 0) return field;
  const inside = innermost(field.value, rest);
  return inside && findField(inside.type, inside.rest);
}

/** The object type inside lists and maps; one step of the path may be a map's key. */
function innermost(
  value: ValueType,
  rest: readonly string[],
): { readonly type: TypeSchema; readonly rest: readonly string[] } | undefined {
  if (value.form === 'list') return innermost(value.of, rest);
  if (value.form === 'map') return innermost(value.of, rest.slice(1));
  const type = value.form === 'object' ? typeNamed(value.type) : undefined;
  return type && { type, rest };
}
