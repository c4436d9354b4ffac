import {
  type FieldSchema,
  type TypeSchema,
  typeNamed,
  type ValueType,
} from '../../../../objects/schema/read-schema-table.ts';
import { fail } from '../../failure.ts';
import { type Explained, fieldsInOrder, OPENAPI_TYPES, objectIn } from './explained.ts';

/**
 * The fields as kubectl lays them out when it reads OpenAPI v2, as it did until 1.26 (kubectl:
 * explain/model_printer.go).
 */
export function explainModel({ resource, type, path, isRecursive }: Explained): string {
  const head = `KIND:     ${resource.kind}\nVERSION:  ${resource.apiVersion}\n\n`;
  const description = 'DESCRIPTION:\n     <empty>\n';
  const field = fieldAt(type, path);
  const inside = field === undefined ? type : objectIn(field.value);
  const named = field === undefined ? '' : `${field.name} <${wordOf(field.value)}>\n\n`;
  if (inside === undefined) {
    const isNamed = field !== undefined && innermost(field.value).form === 'scalar';
    return `${head}${isNamed ? `FIELD:    ${named}` : ''}${description}`;
  }
  const fields = isRecursive ? listRecursively(inside, '   ', []) : listFields(inside);
  return `${head}${named === '' ? '' : `RESOURCE: ${named}`}${description}\nFIELDS:\n${fields}`;
}

function fieldAt(type: TypeSchema, path: readonly string[]): FieldSchema | undefined {
  let inside: TypeSchema | undefined = type;
  let field: FieldSchema | undefined;
  for (const name of path) {
    // Below a scalar there is nothing to be looked up, and the scalar is what is shown.
    if (inside === undefined) return field;
    field = inside.fields.get(name);
    if (field === undefined) return fail(`field "${name}" does not exist`);
    inside = objectIn(field.value);
  }
  return field;
}

function listFields(type: TypeSchema): string {
  return fieldsInOrder(type)
    .map(
      ({ name, value, isRequired }) => `   ${name}\t<${wordOf(value)}>${isRequired ? ' -required-' : ''}\n\n`,
    )
    .join('');
}

function listRecursively(type: TypeSchema, indent: string, above: readonly string[]): string {
  return fieldsInOrder(type)
    .map(({ name, value }) => {
      const inside = objectIn(value);
      const line = `${indent}${name}\t<${wordOf(value)}>\n`;
      if (inside === undefined || above.includes(inside.name)) return line;
      return line + listRecursively(inside, `${indent}   `, [...above, inside.name]);
    })
    .join('');
}

function innermost(value: ValueType): ValueType {
  return value.form === 'list' || value.form === 'map' ? innermost(value.of) : value;
}

function wordOf(value: ValueType): string {
  switch (value.form) {
    case 'list':
      return `[]${wordOf(value.of)}`;
    case 'map':
      return `map[string]${wordOf(value.of)}`;
    case 'scalar':
      return OPENAPI_TYPES[value.scalar];
    case 'object':
      return typeNamed(value.type) === undefined ? '' : 'Object';
    case 'any':
      return '';
  }
}
