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
}

export interface Row {
  readonly key: string;
  readonly node: Node;
  readonly isRequired: boolean;
}

/** What a shape is called; those that are another one but for a key are told there. */
const SAME: Readonly<Record<string, string>> = { 'branch-step': 'step' };

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
  return [...found].map(([title, { description, rows }]) => ({
    title,
    ...(description !== undefined && { description }),
    rows: [...rows.values()],
  }));
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
