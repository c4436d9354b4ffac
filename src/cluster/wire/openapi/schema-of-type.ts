import { anyName } from '../../clients/kubectl/verbs/explain/explain-schema.ts';
import {
  type FieldSchema,
  type Scalar,
  type TypeSchema,
  typeNamed,
  type ValueType,
} from '../../objects/schema/read-schema-table.ts';

/** In which of its two forms a document is written. */
export type Dialect = 2 | 3;

/** A schema, and the names of the types that it refers to. */
export interface Described {
  readonly schema: object;
  readonly refers: readonly string[];
}

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';

/** Packages that do not lie among the API's own (k8s.io/kubernetes: api/openapi-spec). */
const PACKAGES: Readonly<Record<string, string>> = {
  'apiextensions.v1': 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1',
  'apiregistration.v1': 'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1',
  'meta.v1': META,
  version: 'io.k8s.apimachinery.pkg',
};

/** What a type is called in the documents: `io.k8s.api.core.v1.Pod` of `core.v1.Pod`. */
export function modelName(type: string): string {
  const dot = type.lastIndexOf('.');
  const [pkg, name] = [type.slice(0, dot), type.slice(dot + 1)];
  return `${PACKAGES[pkg] ?? `io.k8s.api.${pkg}`}.${name}`;
}

export function reference(model: string, dialect: Dialect): { readonly $ref: string } {
  return { $ref: `${dialect === 2 ? '#/definitions/' : '#/components/schemas/'}${model}` };
}

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
const INT_OR_STRING = 'io.k8s.apimachinery.pkg.util.intstr.IntOrString';
const RAW = 'io.k8s.apimachinery.pkg.runtime.RawExtension';
const EXTENSIONS = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1';

/** What has a name of its own though it is a single value, or any. */
export function plainModels(dialect: Dialect): Readonly<Record<string, object>> {
  const oneOf = (...types: readonly string[]): object =>
    dialect === 2 ? { type: 'string' } : { oneOf: types.map((type) => ({ type })) };
  return {
    [QUANTITY]: oneOf('string', 'number'),
    [INT_OR_STRING]: { ...oneOf('integer', 'string'), format: 'int-or-string' },
    [`${META}.Time`]: { type: 'string', format: 'date-time' },
    [`${META}.MicroTime`]: { type: 'string', format: 'date-time' },
    [`${META}.FieldsV1`]: { type: 'object' },
    [RAW]: { type: 'object' },
    ...Object.fromEntries(
      ['JSON', 'JSONSchemaPropsOrArray', 'JSONSchemaPropsOrBool', 'JSONSchemaPropsOrStringArray'].map(
        (name) => [`${EXTENSIONS}.${name}`, {}],
      ),
    ),
  };
}

const SCALARS: Readonly<Record<Scalar, object>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  double: { type: 'number', format: 'double' },
  bytes: { type: 'string', format: 'byte' },
  quantity: { model: QUANTITY },
  time: { model: `${META}.Time` },
  microtime: { model: `${META}.MicroTime` },
  intorstring: { model: INT_OR_STRING },
};

/** The schema of a type of Kubernetes, without the prose. */
export function schemaOfType(type: TypeSchema, dialect: Dialect): Described {
  const refers = new Set<string>();
  const properties: Record<string, object> = {};
  for (const field of type.fields.values()) properties[field.name] = propertyOf(field, dialect, refers);
  const required = [...type.fields.values()].filter(({ isRequired }) => isRequired).map(({ name }) => name);
  const schema = {
    type: 'object',
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required: required.sort() }),
    ...(type.isAtomic && { 'x-kubernetes-map-type': 'atomic' }),
  };
  return { schema, refers: [...refers] };
}

function propertyOf(field: FieldSchema, dialect: Dialect, refers: Set<string>): object {
  const { mergeKey, patchStrategies, listType, listKeys, isAtomic } = field;
  const base = valueSchema(field.value, { dialect, refers, field: field.name });
  const more = {
    ...(listType && { 'x-kubernetes-list-type': listType }),
    ...(listKeys.length > 0 && { 'x-kubernetes-list-map-keys': listKeys }),
    ...(mergeKey && { 'x-kubernetes-patch-merge-key': mergeKey }),
    ...(patchStrategies.length > 0 && { 'x-kubernetes-patch-strategy': patchStrategies.join(',') }),
    ...(isAtomic && { 'x-kubernetes-map-type': 'atomic' }),
  };
  if (!('$ref' in base) || Object.keys(more).length === 0) return { ...base, ...more };
  // Beside a reference nothing else is read.
  return dialect === 3 ? { allOf: [base], ...more } : { ...base, ...more };
}

interface Within {
  readonly dialect: Dialect;
  readonly refers: Set<string>;
  readonly field: string;
}

function valueSchema(value: ValueType, within: Within): object {
  const { dialect, refers, field } = within;
  switch (value.form) {
    case 'list':
      return { type: 'array', items: valueSchema(value.of, within) };
    case 'map':
      return { type: 'object', additionalProperties: valueSchema(value.of, within) };
    case 'object':
      if (typeNamed(value.type) === undefined) return { type: 'object' };
      refers.add(value.type);
      return reference(modelName(value.type), dialect);
    case 'any':
      return reference(anyModel(field), dialect);
    case 'scalar': {
      const scalar = SCALARS[value.scalar];
      return 'model' in scalar ? reference(String(scalar.model), dialect) : scalar;
    }
  }
}

/** The name of what may be anything, by the field that holds it. */
function anyModel(field: string): string {
  const name = anyName(field);
  if (name === 'FieldsV1') return `${META}.FieldsV1`;
  if (name === 'RawExtension' || name === 'Object') return RAW;
  return `${EXTENSIONS}.${name}`;
}
