import { sortedKeys } from '../json.ts';
import { dumpQuantity } from './dump-quantity.ts';
import { type GoFieldLayout, goLayoutOf } from './read-go-layout.ts';

/**
 * A value of the API as Kubernetes prints its Go structure before hashing it: each field with its name and
 * type, absent ones too, maps in the order of their keys, and without a method of any type being asked
 * (k8s.io/utils: dump.ForHash; go-spew: `%#v`). What is empty is nil, as it is once etcd has held it.
 *
 * @param type as Go's reflection prints it: `v1.PodTemplateSpec`.
 * @param minor the minor version of Kubernetes whose structure it is.
 */
export function dumpGoValue(value: unknown, type: string, minor: number): string {
  return `(${type})${bare(value ?? undefined, type, minor)}`;
}

/** Without the type before it: elements, keys, and what a pointer leads to, whose type has been said. */
function bare(value: unknown, type: string, minor: number): string {
  const leaf = LEAVES[type];
  if (leaf !== undefined) return leaf(value);
  if (type.startsWith('*')) return value === undefined ? NIL : bare(value, type.slice(1), minor);
  if (type.startsWith('[]')) return dumpSlice(value, type.slice(2), minor);
  if (type.startsWith('map[')) return dumpMap(value, type, minor);
  const layout = goLayoutOf(type, minor);
  if (layout === undefined) return dumpScalar(value, type);
  if ('is' in layout) return bare(value, layout.is, minor);
  const fields = layout.fields.map((field) => dumpField(value, field, minor));
  return `{${fields.join(' ')}}`;
}

const NIL = '<nil>';

function dumpField(holder: unknown, { name, type, json }: GoFieldLayout, minor: number): string {
  const members = (holder ?? {}) as Record<string, unknown>;
  return `${name}:${dumpGoValue(json === undefined ? holder : members[json], type, minor)}`;
}

function dumpSlice(value: unknown, of: string, minor: number): string {
  if (!Array.isArray(value) || value.length === 0) return NIL;
  return `[${value.map((item: unknown) => bare(item ?? undefined, of, minor)).join(' ')}]`;
}

function dumpMap(value: unknown, type: string, minor: number): string {
  const members = (value ?? {}) as Record<string, unknown>;
  const keys = sortedKeys(members);
  if (keys.length === 0) return NIL;
  const of = type.slice(type.indexOf(']') + 1);
  return `map[${keys.map((key) => `${key}:${bare(members[key], of, minor)}`).join(' ')}]`;
}

function dumpScalar(value: unknown, type: string): string {
  if (value !== undefined) return String(value);
  if (type === 'string') return '';
  return type === 'bool' ? 'false' : '0';
}

/** Those whose JSON is a text or a number, whatever Go makes of it. */
const LEAVES: Readonly<Record<string, (value: unknown) => string>> = {
  'resource.Quantity': (value) => dumpQuantity(String(value ?? '0')),
  'intstr.IntOrString': (value) =>
    typeof value === 'string'
      ? `{Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string)${value}}`
      : `{Type:(intstr.Type)0 IntVal:(int32)${Number(value ?? 0)} StrVal:(string)}`,
  // A template has no times and no managed fields that a server would keep.
  'v1.Time': () => '{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}',
  'v1.FieldsV1': () => '{Raw:([]uint8)<nil>}',
};
