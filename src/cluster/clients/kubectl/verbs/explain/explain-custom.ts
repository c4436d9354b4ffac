import { schemaOfItems, schemaOfMember } from '../../../../objects/custom/walk-schema.ts';
import { isObject, sortedKeys } from '../../../../objects/json.ts';
import type { JSONSchemaProps } from '../../../../objects/kubernetes.ts';
import type { Resource } from '../../../../objects/schema/resources.ts';
import { fail } from '../../failure.ts';

type Schema = JSONSchemaProps;

export interface ExplainedCustom {
  readonly resource: Resource;
  readonly schema: Schema;
  readonly path: readonly string[];
  readonly isRecursive: boolean;
}

/** What every object has; the server adds it to what it publishes of a definition. */
const OF_EVERY_OBJECT: Readonly<Record<string, Schema>> = {
  apiVersion: { type: 'string' },
  kind: { type: 'string' },
  metadata: { type: 'object', title: 'ObjectMeta' },
};

/** The fields that a definition declares, as kubectl lays them out (kubectl: plaintext.tmpl). */
export function explainCustom(
  { resource, schema, path, isRecursive }: ExplainedCustom,
  out: (text: string) => void,
): void {
  const root: Schema = { ...schema, properties: { ...OF_EVERY_OBJECT, ...schema.properties } };
  root.properties = { ...root.properties, metadata: OF_EVERY_OBJECT['metadata'] as Schema };
  out(`GROUP:      ${resource.group}\nKIND:       ${resource.kind}\nVERSION:    ${resource.version}\n\n`);
  const found = path.reduce<Schema | undefined>(
    (at, name) => at && schemaOfMember(objectIn(at) ?? {}, name),
    root,
  );
  const name = path.at(-1);
  if (found === undefined) fail(`field "${name}" does not exist`);
  else {
    if (name !== undefined) out(`FIELD: ${name} <${wordOf(found)}>\n\n`);
    const said = found.description ? wrapped(found.description, 4) : '    <empty>\n';
    const inside = objectIn(found);
    const fields = inside ? listFields(inside, 1, isRecursive) : '';
    out(`\nDESCRIPTION:\n${said}${enumLine(found, 4)}${fields === '' ? '' : `FIELDS:\n${fields}`}\n`);
  }
}

/** Lists and maps are explained by what is in them. */
function objectIn(schema: Schema): Schema | undefined {
  const items = schemaOfItems(schema);
  if (items) return objectIn(items);
  const { additionalProperties, properties } = schema;
  if (properties === undefined && isObject(additionalProperties))
    return objectIn(additionalProperties as Schema);
  return properties && schema;
}

function listFields(schema: Schema, level: number, isRecursive: boolean): string {
  const indent = '  '.repeat(level);
  return sortedKeys(schema.properties ?? {})
    .map((name) => {
      const field = schema.properties?.[name] ?? {};
      const isRequired = schema.required?.includes(name) ?? false;
      const line = `${indent}${name}\t<${wordOf(field)}>${isRequired ? ' -required-' : ''}\n`;
      const inside = objectIn(field);
      const values = enumLine(field, level * 2);
      if (isRecursive) return `${line}${values}${inside ? listFields(inside, level + 1, true) : ''}`;
      const said = wrapped(field.description ?? '<no description>', level * 2 + 2);
      return `${line}${values}${said}\n`;
    })
    .join('');
}

function enumLine({ enum: values }: Schema, indent: number): string {
  return values?.length ? `${' '.repeat(indent)}enum: ${values.map(String).join(', ')}\n` : '';
}

function wordOf(schema: Schema): string {
  if (schema.title === 'ObjectMeta') return 'ObjectMeta';
  if (schema['x-kubernetes-int-or-string']) return 'IntOrString';
  if (schema.type === 'array') return `[]${wordOf(schemaOfItems(schema) ?? {})}`;
  const { additionalProperties, properties } = schema;
  if (properties === undefined && isObject(additionalProperties))
    return `map[string]${wordOf(additionalProperties as Schema)}`;
  return schema.type === 'object' || schema.type === undefined ? 'Object' : schema.type;
}

const WIDTH = 80;

function wrapped(text: string, indent: number): string {
  const pad = ' '.repeat(indent);
  return text
    .trim()
    .split('\n')
    .map((paragraph) => {
      const lines: string[] = [];
      let line = '';
      for (const word of paragraph.split(' ')) {
        if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
          lines.push(line);
          line = word;
        } else line = line === '' ? word : `${line} ${word}`;
      }
      return [...lines, line].map((each) => `${pad}${each}\n`).join('');
    })
    .join('');
}
