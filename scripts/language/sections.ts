/** A part of a JSON Schema. */
export interface Node {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly description?: string;
  readonly $defs?: Readonly<Record<string, Node>>;
}

/** Keys that stand together in one place of a scenario. */
export interface Section {
  /** `scenario`, `cluster.nodes[]`, or what a shape is called that stands in several places. */
  readonly title: string;
  readonly description?: string;
  readonly rows: readonly Row[];
  /** Where what stands there is one of many, by its first key: each of them. */
  readonly shapes?: readonly Node[];
}

export interface Row {
  readonly key: string;
  readonly node: Node;
  readonly isRequired: boolean;
}

/** What a shape is called; those that are another one but for a key are told there. */
const SAME: Readonly<Record<string, string>> = { 'plain-step': 'step' };

/** One of these, or a list of them. */
const LISTED: ReadonlySet<string> = new Set(['include[]', 'step.expect[]']);

/** A configuration that is Kubernetes' own is explained by Kubernetes. */
const FOREIGN: ReadonlySet<string> = new Set(['cluster.scheduler']);

/** A place in the schema, and what a section there would be called. */
export interface At {
  readonly node: Node;
  readonly title: string;
}

export function resolved(root: Node, { node, title }: At): At {
  if (node.$ref === undefined) return { node, title };
  const id = node.$ref.replace('#/$defs/', '');
  const known = SAME[id] ?? id;
  return { node: root.$defs?.[known] ?? {}, title: known };
}

/** Whatever may stand at a place. */
export function alternatives(root: Node, at: At): readonly At[] {
  const { node, title } = resolved(root, at);
  const many = node.anyOf ?? node.oneOf;
  if (!many) return [{ node, title }];
  return many.flatMap((each) => alternatives(root, { node: each, title }));
}

/** Where what is below a place stands: the elements of a list, the values of names. */
export function below({ node, title }: At): readonly At[] {
  if (node.items) return [{ node: node.items, title: LISTED.has(`${title}[]`) ? title : `${title}[]` }];
  const { additionalProperties } = node;
  return typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0
    ? [{ node: additionalProperties, title: `${title}.NAME` }]
    : [];
}

/** All sections of a schema, each once, in the order in which one meets them. */
export function sectionsOf(root: Node): readonly Section[] {
  const found: Found = new Map();
  visit(root, { node: root, title: 'scenario' }, found);
  return [...found].map(([title, { description, rows }]) => {
    const shapes = shapesOf(root, title);
    const heads = new Set(shapes.map(headOf));
    return {
      title,
      ...(description !== undefined && { description }),
      rows: [...rows.values()].filter(({ key }) => !heads.has(key)).map((row) => merged(row, shapes)),
      ...(shapes.length > 0 && { shapes }),
    };
  });
}

/** From so many on, what may stand at a place is told shape by shape. */
const MANY_SHAPES = 10;

/** The shapes of a definition that are told apart by their first keys; none where it has but a few. */
export function shapesOf(root: Node, title: string): readonly Node[] {
  const { anyOf = [] } = root.$defs?.[title] ?? {};
  return anyOf.length >= MANY_SHAPES && anyOf.every(({ properties }) => properties) ? anyOf : [];
}

/** The key that says which it is: the first that it must have. */
export function headOf({ required: [head = ''] = [] }: Node): string {
  return head;
}

/** A key as all the shapes have it: it may mean something of its own in each. */
function merged(row: Row, shapes: readonly Node[]): Row {
  const having = shapes.filter(({ properties }) => properties?.[row.key]);
  const nodes = having.flatMap(({ properties }) => properties?.[row.key] ?? []);
  const [first] = nodes;
  if (!first) return row;
  const types = distinct(nodes.map(({ description: _, ...type }) => type));
  const all = [...new Set(nodes.flatMap(({ description }) => description ?? []))];
  // Each has a default of its own.
  const told =
    all.length < 2 ? all.join('') : all.map((each) => each.replace(DEFAULT, ' ($1)')).join(' Or: ');
  const node = {
    ...(types.length > 1 ? { anyOf: types } : types[0]),
    ...(told !== '' && { description: told }),
  };
  const isRequired = having.every(({ required }) => required?.includes(row.key));
  return { key: row.key, node, isRequired: isRequired && having.length === shapes.length };
}

/** `Whose. Default: everybody's.` */
const DEFAULT = /\.? Default: (.+?)\.?$/;

function distinct(nodes: readonly Node[]): readonly Node[] {
  return [...new Map(nodes.map((node) => [JSON.stringify(node), node])).values()];
}

type Found = Map<string, { description?: string; rows: Map<string, Row> }>;

function visit(root: Node, at: At, found: Found): void {
  for (const each of alternatives(root, at)) {
    for (const inner of below(each)) visit(root, inner, found);
    if (each.node.properties && !FOREIGN.has(each.title)) visitKeys(root, each, found);
  }
}

/** What is one of several shapes has the keys of all of them. */
function visitKeys(root: Node, { node, title }: At, found: Found): void {
  const { properties = {}, required = [], description } = node;
  const section = found.get(title) ?? { rows: new Map<string, Row>() };
  const fresh = Object.entries(properties).filter(([key]) => !section.rows.has(key));
  found.set(title, { ...section, ...(description !== undefined && { description }) });
  for (const [key, each] of fresh)
    section.rows.set(key, { key, node: each, isRequired: required.includes(key) });
  for (const [key, each] of fresh) visit(root, { node: each, title: titleOf(title, key) }, found);
}

export function titleOf(section: string, key: string): string {
  return section === 'scenario' ? key : `${section}.${key}`;
}
