import { stringify } from 'yaml';
import { type At, alternatives, below, headOf, type Node, shapesOf, titleOf } from './sections.ts';

/** What stands at keys of scenarios that are known to be right, by section and key: the shortest of it. */
export type Examples = ReadonlyMap<string, Example>;

export interface Example {
  readonly value: unknown;
  /** As it is written in one line. */
  readonly text: string;
}

/** Sections in which the same keys mean the same: an example in one of them is one for all. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^(?:state|condition|always|never|eventually|step\.expect(?:\[\])?(?:\.(?:always|never))?)$/, 'state'],
  [/^(?:printed|count|text|logs|figures\.(?:answeredShare|versionShares\.NAME|latency\.\w+))$/, 'printed'],
  [/^(?:cluster\.nodes\[\]|cluster\.nodeGroups\[\]|step\.join)(\.taints\[\])?$/, 'node$1'],
  [/^include\[\]$/, 'include'],
  [/^(?:resource|step\.capture\.NAME\.resource)$/, 'resource'],
];

export function exampleKey(section: string, key: string): string {
  const family = FAMILIES.find(([titles]) => titles.test(section));
  return `${family ? section.replace(...family) : section} ${key}`;
}

/** The examples that documents give of the keys of a schema. */
export function examplesOf(root: Node, documents: readonly unknown[]): Examples {
  const found = new Map<string, Example>();
  for (const document of documents)
    for (const { section, key, value } of keysIn(root, { node: root, title: 'scenario' }, document))
      note(found, exampleKey(section, key), key, value);
  return found;
}

interface Found {
  readonly section: string;
  readonly key: string;
  readonly value: unknown;
}

/** Each key that stands in a value, with the section that it is of. */
function* keysIn(root: Node, at: At, value: unknown): Generator<Found, void, void> {
  for (const each of alternatives(root, at)) {
    if (!fits(root, each.node, value)) continue;
    const { properties } = each.node;
    if (isObject(value) && shapesOf(root, each.title).includes(each.node))
      yield { section: each.title, key: shapeKey(each.node), value };
    if (isObject(value) && properties) yield* ownKeys(root, each, value);
    else if (typeof value === 'object' && value !== null)
      for (const inner of below(each))
        for (const item of Object.values(value)) yield* keysIn(root, inner, item);
  }
}

function* ownKeys(
  root: Node,
  { node: { properties = {} }, title }: At,
  value: Readonly<Record<string, unknown>>,
): Generator<Found, void, void> {
  for (const [key, node] of Object.entries(properties)) {
    if (!Object.hasOwn(value, key)) continue;
    yield { section: title, key, value: value[key] };
    yield* keysIn(root, { node, title: titleOf(title, key) }, value[key]);
  }
}

/** Under which an example of one of many shapes is kept. */
export function shapeKey(node: Node): string {
  return `as ${headOf(node)} ${JSON.stringify(node.properties?.[headOf(node)])}`;
}

function note(found: Map<string, Example>, place: string, key: string, value: unknown): void {
  const text = lineOf(key.startsWith('as ') ? (value as object) : { [key]: value });
  const before = found.get(place);
  if (!before || text.length < before.text.length) found.set(place, { value, text });
}

/** YAML in one line, as people write it. */
function lineOf(value: object): string {
  const text = stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true });
  return text
    .trim()
    .replace(/^\{ ([\s\S]*) \}$/, '$1')
    .replace(/\s*\n\s*/g, ' ');
}

/** Whether a value has the shape that is wanted, as far as its keys tell. */
function fits(root: Node, node: Node, value: unknown): boolean {
  if (node.const !== undefined) return node.const === value;
  if (node.enum) return node.enum.includes(value);
  if (Array.isArray(value)) return node.type === 'array';
  if (!isObject(value)) return node.type !== 'object' && node.type !== 'array';
  if (node.type !== 'object') return false;
  const { properties, required = [], additionalProperties } = node;
  if (!required.every((key) => Object.hasOwn(value, key))) return false;
  if (!properties || (additionalProperties !== false && additionalProperties !== undefined)) return true;
  return Object.entries(value).every(([key, inner]) => {
    const own = properties[key];
    return (
      own !== undefined &&
      alternatives(root, { node: own, title: '' }).some((each) => fits(root, each.node, inner))
    );
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
