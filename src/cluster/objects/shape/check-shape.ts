import { sortedKeys } from '../json.ts';
import { typeOfKind } from '../schema/find-field.ts';
import { type FieldSchema, type TypeSchema, typeNamed, type ValueType } from '../schema/read-schema-table.ts';
import { GROUP_ORDER } from '../schema/resource-names.ts';
import { listResources, splitApiVersion } from '../schema/resources.ts';
import { goTypeName } from './go-type-names.ts';
import { nearMiss } from './near-miss.ts';
import { jsonTypeOf, scalarProblem } from './scalar-problem.ts';

/** A place in a manifest where its shape is not that of its kind. */
export interface ShapeProblem {
  readonly code: 'unknownKind' | 'undefinedKind' | 'unknownField' | 'wrongType' | 'malformedValue';
  /** Field names and list indexes from the object down: `['spec', 'containers', 0, 'imagee']`. */
  readonly path: ShapePath;
  /** The API server's own words for this problem alone. */
  readonly message: string;
  /** What to do about it, in ours. */
  readonly hint?: string;
}

export type ShapePath = readonly (string | number)[];

/**
 * Everything in an object that the API server's strict decoder would refuse, in the order in which it reads:
 * keys sorted, as clients send them (sigs.k8s.io/json: UnmarshalStrict). Missing fields are not its business,
 * but validation's.
 */
export function checkShape(
  object: unknown,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
): readonly ShapeProblem[] {
  const type = typeOfKind(apiVersion, kind);
  if (type === undefined) return [unknownKind(apiVersion, kind)];
  const problems: ShapeProblem[] = [];
  checkValue(object, { form: 'object', type: type.name }, { path: [], problems });
  return problems;
}

interface Place {
  readonly path: ShapePath;
  readonly problems: ShapeProblem[];
  /** The field that holds the value, with the type that has the field; absent at the root. */
  readonly holder?: { readonly type: TypeSchema; readonly field: FieldSchema };
}

function checkValue(value: unknown, expected: ValueType, place: Place): void {
  if (value === null || value === undefined) return;
  if (expected.form === 'any') {
    checkEither(value, expected.ofObjects, place);
    return;
  }
  if (expected.form === 'scalar') {
    checkScalar(value, expected, place);
    return;
  }
  const isList = Array.isArray(value);
  if (expected.form === 'list' ? !isList : isList || typeof value !== 'object') {
    report(wrongType(value, expected, place), place);
    return;
  }
  if (expected.form === 'list') {
    for (const [index, item] of (value as unknown[]).entries()) {
      checkValue(item, expected.of, { ...place, path: [...place.path, index] });
    }
    return;
  }
  checkMembers(value as Record<string, unknown>, expected, place);
}

/** Lists and texts may be anything, where an object is of a type. */
function checkEither(value: unknown, type: string | undefined, place: Place): void {
  if (type === undefined || typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) checkValue(value, { form: 'object', type }, place);
  else
    value.forEach((item, index) => {
      checkEither(item, type, { ...place, path: [...place.path, index] });
    });
}

function checkMembers(
  object: Record<string, unknown>,
  expected: Extract<ValueType, { form: 'map' | 'object' }>,
  place: Place,
): void {
  const type = expected.form === 'object' ? typeNamed(expected.type) : undefined;
  for (const key of sortedKeys(object)) {
    const path = [...place.path, key];
    if (expected.form === 'map') {
      checkValue(object[key], expected.of, { ...place, path });
      continue;
    }
    const field = type?.fields.get(key);
    if (type === undefined) continue;
    if (field === undefined) report(unknownField(key, type, path), place);
    else checkValue(object[key], field.value, { path, problems: place.problems, holder: { type, field } });
  }
}

function checkScalar(value: unknown, expected: Extract<ValueType, { form: 'scalar' }>, place: Place): void {
  const problem = scalarProblem(value, expected.scalar);
  if (problem === undefined) return;
  if ('refusal' in problem) {
    report({ code: 'malformedValue', path: place.path, message: problem.refusal }, place);
  } else {
    report(wrongType(value, expected, place, problem.found), place);
  }
}

function report(problem: ShapeProblem, { problems }: Place): void {
  problems.push(problem);
}

function unknownKind(apiVersion: string, kind: string): ShapeProblem {
  const kinds = listResources().map((resource) => resource.kind);
  const sameKind = listResources().find((resource) => resource.kind === kind);
  const near = nearMiss(kind, kinds);
  const meant = near === undefined ? undefined : `did you mean kind "${near}"?`;
  const hint = sameKind === undefined ? meant : `${kind} is in apiVersion "${sameKind.apiVersion}"`;
  const message = `no matches for kind "${kind}" in version "${apiVersion}"`;
  const { group } = splitApiVersion(apiVersion);
  // Groups that are extended have a dot.
  if (group.includes('.') && !GROUP_ORDER.includes(group)) {
    const defined = 'it is there only where a CustomResourceDefinition defines it';
    return { code: 'undefinedKind', path: ['kind'], message, hint: hint ?? defined };
  }
  return { code: 'unknownKind', path: ['kind'], message, ...(hint === undefined ? {} : { hint }) };
}

function unknownField(key: string, type: TypeSchema, path: ShapePath): ShapeProblem {
  const near = nearMiss(key, type.fields.keys());
  const hint = near === undefined ? undefined : `did you mean "${near}"?`;
  const message = `unknown field "${formatShapePath(path)}"`;
  return { code: 'unknownField', path, message, ...(hint === undefined ? {} : { hint }) };
}

function wrongType(
  value: unknown,
  expected: ValueType,
  place: Place,
  found = jsonTypeOf(value),
): ShapeProblem {
  const { path, holder } = place;
  const names = path.filter((step) => typeof step === 'string');
  const where = holder && `${shortName(holder.type)}.${namesDownTo(holder.field, names).join('.')}`;
  const typeName = holder ? goTypeName(holder.type.name, holder.field, expected) : 'map[string]interface {}';
  const target = where === undefined ? 'Go value' : `Go struct field ${where}`;
  const hint = typeHint(value, expected);
  return {
    code: 'wrongType',
    path,
    message: `json: cannot unmarshal ${found} into ${target} of type ${typeName}`,
    ...(hint === undefined ? {} : { hint }),
  };
}

/** The decoder names the way of fields, so the keys of a map after the last field are left out. */
function namesDownTo(field: FieldSchema, names: readonly string[]): readonly string[] {
  return names.slice(0, names.lastIndexOf(field.name) + 1);
}

function typeHint(value: unknown, expected: ValueType): string | undefined {
  if (expected.form === 'list') return 'this is a list: begin its items with "- "';
  if (expected.form === 'map' || expected.form === 'object')
    return 'this is an object: give it fields of its own';
  if (expected.form !== 'scalar') return undefined;
  if (expected.scalar === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return 'YAML reads this as another type: put it in quotes';
  }
  const wantsNumber = expected.scalar === 'int32' || expected.scalar === 'int64';
  if (wantsNumber && typeof value === 'string' && /^-?\d+$/.test(value))
    return 'write the number without quotes';
  return expected.scalar === 'boolean' ? 'write true or false, without quotes' : undefined;
}

function shortName(type: TypeSchema): string {
  return type.name.slice(type.name.lastIndexOf('.') + 1);
}

/** `spec.containers[0].imagee`, as Kubernetes writes places in its messages. */
export function formatShapePath(path: ShapePath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}
