import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { scenarioJsonSchema } from '../../src/scenario/language/schema/scenario-schema.ts';
import { type Examples, exampleKey, examplesOf, shapeKey } from './examples.ts';
import { below, headOf, type Node, resolved, type Section, sectionsOf, titleOf } from './sections.ts';
import { meaningOf, typeText, valueOfDefault, withoutDefault } from './words.ts';

/** Scenarios whose keys are shown as examples: those that come with the program, and those written for it. */
function exampleFiles(root: URL): readonly string[] {
  const bundled = readdirSync(new URL('scenarios', root), { withFileTypes: true })
    .filter((each) => each.isDirectory())
    .map(({ name }) => `scenarios/${name}/scenario.yaml`);
  const written = readdirSync(new URL('docs/language', root))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `docs/language/${name}`);
  return [...bundled.sort(), ...written.sort()];
}

export interface Reference {
  readonly schema: Node;
  readonly sections: readonly Section[];
  readonly examples: Examples;
}

/** `root`: the project's folder. */
export function readReference(root: URL): Reference {
  const schema = scenarioJsonSchema() as Node;
  const documents = exampleFiles(root).map((file): unknown =>
    parse(readFileSync(new URL(file, root), 'utf8')),
  );
  return { schema, sections: sectionsOf(schema), examples: examplesOf(schema, documents) };
}

/** The schema for editors: each key says what it means, what it is by default, and what it looks like. */
export function publishedSchema({ schema, examples }: Reference): object {
  const told = (node: Node, title: string): Node => {
    const inner = node.properties && {
      properties: Object.fromEntries(
        Object.entries(node.properties).map(([key, each]) => [key, keyOf(each, title, key)]),
      ),
    };
    const many = (list: readonly Node[] | undefined): readonly Node[] | undefined =>
      list?.map((each) => told(each, title));
    const [first] = below({ node, title });
    const { items, additionalProperties, anyOf, oneOf } = node;
    return {
      ...node,
      ...inner,
      ...(items && first && { items: told(items, first.title) }),
      ...(typeof additionalProperties === 'object' &&
        first && { additionalProperties: told(additionalProperties, first.title) }),
      ...(anyOf && { anyOf: many(anyOf) ?? [] }),
      ...(oneOf && { oneOf: many(oneOf) ?? [] }),
    };
  };
  const keyOf = (node: Node, section: string, key: string): Node => {
    const meaning = meaningOf(schema, key, node);
    const otherwise = meaning === undefined ? undefined : withoutDefault(meaning).otherwise;
    const byDefault = otherwise === undefined ? undefined : valueOfDefault(otherwise);
    const example = examples.get(exampleKey(section, key));
    return {
      title: titleOf(section, key),
      ...told(node, titleOf(section, key)),
      ...(meaning !== undefined && { description: meaning }),
      ...(byDefault !== undefined && { default: byDefault }),
      ...(example && example.text.length <= LONGEST && { examples: [example.value] }),
    } as Node;
  };
  const { $defs = {}, ...whole } = schema;
  return {
    ...told(whole, 'scenario'),
    $defs: Object.fromEntries(
      Object.entries($defs).map(([id, node]) => [id, told(node, resolvedTitle(schema, id))]),
    ),
  };
}

function resolvedTitle(schema: Node, id: string): string {
  return resolved(schema, { node: { $ref: `#/$defs/${id}` }, title: id }).title;
}

/** What is longer shows nothing at a glance. */
const LONGEST = 120;

const HEAD = `# The language of scenarios

Every key that a \`scenario.yaml\` may have, made from the schema that checks it (\`node scripts/run.mjs
scripts/publish-schema.ts\`); the examples are taken from scenarios that load. [writing-scenarios.md](writing-scenarios.md)
tells how to write one. \`kubereel init\` puts a line at the top of a scenario by which editors check and explain it:
\`# yaml-language-server: $schema=…/scenario.schema.json\`.

`;

/** The page of the documentation. */
export function referencePage(reference: Reference): string {
  const { sections } = reference;
  const list = sections.map(({ title }) => `[${title}](#${anchorOf(title)})`).join(' · ');
  return `${HEAD}${list}\n${SCALARS}${sections.map((section) => sectionText(section, reference)).join('')}`;
}

const SCALARS = `
## Words for types

| type | what it is |
|---|---|
| duration | virtual time in Go's notation: \`35s\`, \`1m30s\`, \`850ms\` |
| quantity | as Kubernetes writes it: \`2\`, \`500m\`, \`4Gi\` |
| localized | a text, or one per language: \`{ en: …, ko: … }\` |
| text | a part that it must hold, or \`{ contains, lacks, matches, equals }\` |
| count | a whole number, or \`{ gt, gte, lt, lte, between }\` |
`;

function anchorOf(title: string): string {
  return title.toLowerCase().replace(/[^\w-]/g, '');
}

/** Each of the shapes that may stand at a place, with the keys that it has besides the first. */
function shapesText({ title, shapes = [] }: Section, { schema, examples }: Reference): string {
  if (shapes.length === 0) return '';
  const lines = shapes.map((shape) => {
    const { properties = {}, required = [] } = shape;
    const head = headOf(shape);
    const node = properties[head] ?? {};
    const others = Object.keys(properties)
      .filter((key) => key !== head)
      .map((key) => (required.includes(key) ? `\`${key}\`` : `(\`${key}\`)`));
    const example = examples.get(exampleKey(title, shapeKey(shape)))?.text ?? '';
    const what = `\`${head}:\` ${typeText(schema, node, titleOf(title, head))}`;
    return `| ${cell(what)} | ${others.join(', ')} | ${cell(meaningOf(schema, head, node) ?? '')} | ${code(`{ ${example} }`)} |`;
  });
  return `| ${title} | with | what happens | example |\n|---|---|---|---|\n${lines.join('\n')}\n\n`;
}

function sectionText(section: Section, reference: Reference): string {
  const { title, description, rows } = section;
  const { schema, examples } = reference;
  const lines = rows.map(({ key, node, isRequired }) => {
    const { text, otherwise = isRequired ? 'required' : '' } = withoutDefault(
      meaningOf(schema, key, node) ?? '',
    );
    const type = typeText(schema, node, titleOf(title, key)).replace(/keys of ([^\s,]+)/g, (_, of: string) =>
      linkTo(of, reference),
    );
    const example = examples.get(exampleKey(title, key))?.text ?? '';
    const shown = example.length > LONGEST ? `${example.slice(0, LONGEST)}…` : example;
    return `| \`${key}\` | ${cell(type)} | ${cell(otherwise)} | ${cell(text)} | ${shown === '' ? '' : code(shown)} |`;
  });
  const told = description === undefined || title === 'scenario' ? '' : `${description}\n\n`;
  return `\n## ${title}\n\n${told}${shapesText(section, reference)}| key | type | default | meaning | example |\n|---|---|---|---|---|\n${lines.join('\n')}\n`;
}

function linkTo(title: string, { sections }: Reference): string {
  return sections.some((each) => each.title === title) ? `[${title}](#${anchorOf(title)})` : 'keys';
}

function cell(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}

function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  return `${fence}${cell(text)}${fence}`;
}

/** Keys of which nobody says what they mean, or of which there is no example. */
export function gapsIn({ schema, sections, examples }: Reference): readonly string[] {
  return sections.flatMap(({ title, rows, shapes = [] }) => [
    ...shapes
      .filter((shape) => !examples.has(exampleKey(title, shapeKey(shape))))
      .map((shape) => `${title} ${shapeKey(shape)} has no example`),
    ...rows.flatMap(({ key, node }) => [
      ...(meaningOf(schema, key, node) === undefined ? [`${title} ${key} has no meaning`] : []),
      ...(examples.has(exampleKey(title, key)) ? [] : [`${title} ${key} has no example`]),
    ]),
  ]);
}
