import type {
  FieldSchema,
  Scalar,
  TypeSchema,
  ValueType,
} from '../../../../objects/schema/read-schema-table.ts';
import { inVersion, type KubeVersion, type Since } from '../../../../objects/versions.ts';
import { fail } from '../../failure.ts';
import { type Explained, fieldsInOrder, OPENAPI_TYPES, objectIn } from './explained.ts';

/** OpenAPI v3 gives two of them a name. */
const SCALAR_WORDS: Readonly<Record<Scalar, string>> = {
  ...OPENAPI_TYPES,
  quantity: 'Quantity',
  intorstring: 'IntOrString',
};

/** How many empty lines stand behind the field that is asked for: since 1.30 its values would stand there. */
const LINES_BEHIND_FIELD: Since<number> = [
  [0, 1],
  [30, 2],
];

/**
 * The fields as kubectl lays them out since it reads OpenAPI v3 (kubectl:
 * explain/v2/templates/plaintext.tmpl). It begins to print before it looks for the field.
 */
export function explainSchema(
  { resource, type, path, isRecursive }: Explained,
  version: KubeVersion,
  out: (text: string) => void,
): void {
  const { group, kind } = resource;
  const ofGroup = group === '' ? '' : `GROUP:      ${group}\n`;
  out(`${ofGroup}KIND:       ${kind}\nVERSION:    ${resource.version}\n\n`);
  const field = fieldAt(type, path);
  const inside = path.length === 0 ? type : field && objectIn(field.value);
  if (field !== undefined) {
    const space = '\n'.repeat(inVersion(LINES_BEHIND_FIELD, version));
    out(`FIELD: ${field.name} <${typeWord(field)}>\n${space}`);
  }
  const fields = inside === undefined ? '' : listFields(inside, { isRecursive, level: 1, above: [] });
  out(`DESCRIPTION:\n    <empty>\n${fields === '' ? '' : `FIELDS:\n${fields}`}\n`);
}

function fieldAt(type: TypeSchema, path: readonly string[]): FieldSchema | undefined {
  let inside: TypeSchema | undefined = type;
  let field: FieldSchema | undefined;
  for (const name of path) {
    field = inside?.fields.get(name);
    if (field === undefined) return fail(`field "${path.at(-1)}" does not exist`);
    inside = objectIn(field.value);
  }
  return field;
}

interface Listing {
  readonly isRecursive: boolean;
  readonly level: number;
  /** The types that this one is inside of: none is shown inside of itself. */
  readonly above: readonly string[];
}

function listFields(type: TypeSchema, { isRecursive, level, above }: Listing): string {
  if (above.includes(type.name)) return '';
  const indent = '  '.repeat(level);
  return fieldsInOrder(type)
    .map((field) => {
      const line = `${indent}${field.name}\t<${typeWord(field)}>${field.isRequired ? ' -required-' : ''}\n`;
      if (!isRecursive) return `${line}${indent}  <no description>\n\n`;
      const inside = objectIn(field.value);
      if (inside === undefined) return line;
      return line + listFields(inside, { isRecursive, level: level + 1, above: [...above, type.name] });
    })
    .join('');
}

/** Types that JSON may hold in any form have names too, by the field that holds them. */
const ANY_NAMES: Readonly<Record<string, string>> = {
  fieldsV1: 'FieldsV1',
  data: 'RawExtension',
  parameters: 'RawExtension',
  additionalItems: 'JSONSchemaPropsOrBool',
  additionalProperties: 'JSONSchemaPropsOrBool',
  dependencies: 'JSONSchemaPropsOrStringArray',
  items: 'JSONSchemaPropsOrArray',
  default: 'JSON',
  enum: 'JSON',
  example: 'JSON',
};

/** What a value is called that may have any form. */
export function anyName(field: string): string {
  return ANY_NAMES[field] ?? 'Object';
}

function typeWord({ name, value }: FieldSchema): string {
  return wordOf(value, name);
}

function wordOf(value: ValueType, field: string): string {
  switch (value.form) {
    case 'list':
      return `[]${wordOf(value.of, field)}`;
    case 'map':
      return `map[string]${wordOf(value.of, field)}`;
    case 'scalar':
      return SCALAR_WORDS[value.scalar];
    case 'object':
      return value.type.slice(value.type.lastIndexOf('.') + 1);
    case 'any':
      return anyName(field);
  }
}
