import type { KubeObject } from '../kube-object.ts';
import { typeOfKind } from '../schema/find-field.ts';
import { normalizeObject } from '../schema/normalize-object.ts';
import { type TypeSchema, typeNamed } from '../schema/read-schema-table.ts';
import type { KubeVersion } from '../versions.ts';

/**
 * An object of a kind before anybody has said anything: what Go writes of an empty one. What is in it has
 * been there before the first field was set.
 */
export function newObject({ apiVersion, kind }: KubeObject, version: KubeVersion): object {
  const empty = normalizeObject({ apiVersion, kind, metadata: {} }, version);
  const type = typeOfKind(apiVersion, kind);
  return type === undefined ? empty : withRequired(empty, type);
}

/** Lists and parts that must be given are written as `null` until they are. */
function withRequired(object: object, type: TypeSchema): object {
  const known = object as Record<string, unknown>;
  const filled: Record<string, unknown> = {};
  for (const { name, value, isRequired } of type.fields.values()) {
    const inner = value.form === 'object' ? typeNamed(value.type) : undefined;
    const member = known[name];
    if (member !== undefined && member !== null && inner !== undefined)
      filled[name] = withRequired(member as object, inner);
    else if (member !== undefined) filled[name] = member;
    else if (isRequired && value.form !== 'scalar') filled[name] = null;
  }
  return filled;
}
