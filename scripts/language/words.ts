import { alternatives, type Node, resolved } from './sections.ts';

/** What keys mean that mean the same everywhere. */
const EVERYWHERE: Readonly<Record<string, string>> = {
  kind: 'The kind, as manifests write it.',
  apiVersion: 'The group and version, where several kinds have the name.',
  name: 'Its name.',
  namespace: "Its namespace. Default: that of kubectl's context.",
  pod: 'The name of a pod.',
  key: 'The key.',
  value: 'The value.',
  effect: 'What the taint does to pods that do not tolerate it.',
  taints: 'Pods that do not tolerate them stay away.',
  max: 'No more than these.',
  gt: 'More than this.',
  gte: 'This or more.',
  lt: 'Less than this.',
  lte: 'This or less.',
  between: 'From the first to the second, both included.',
  equals: 'It is exactly this.',
  not: 'It is not like this.',
  oneOf: 'It is one of these.',
  contains: 'It holds this text, or each of these.',
  lacks: 'It holds none of these texts.',
  matches: 'A regular expression of JavaScript, bare or as /…/ with the flags i, m and s.',
  type: 'Its type.',
  reason: 'Its reason.',
  message: 'Its message.',
  pull: 'How pulling it goes.',
  entrypoint: 'What is started, unless the pod says otherwise.',
  cmd: 'The arguments of that.',
  env: 'Variables that it sets.',
  workingDir: 'Where it is started.',
  directories: 'Folders that are there.',
  allow: 'The request is allowed.',
  listens: 'The ports that it opens.',
  logs: 'What it writes by itself.',
  onSignal: 'What it does about signals, by their names without SIG.',
  protocol: 'What is spoken there.',
  accessLogStream: 'Where that line goes. Default stdout.',
  default: 'Where nothing else says so.',
  method: 'Of the request. Default: any.',
  fromRequests: 'From so many requests on, counted from 0.',
  untilRequests: 'Up to so many requests.',
  body: 'What is answered.',
  headers: 'Headers by name.',
  grpc: 'What the health service of gRPC says.',
  stream: 'Where it goes. Default stdout.',
  text: 'What is written.',
  code: 'The exit code.',
  stderr: 'What it writes to standard error.',
  anyOf: 'Variables, one of which is enough.',
  as: 'What it is called.',
  node: 'The name of a node.',
  label: 'The key of a label of the pod.',
  p50: 'Of half of the answers.',
  p90: 'Of nine of ten answers.',
  p99: 'Of ninety-nine of a hundred answers.',
};

const DEFAULT = /\s*\bDefault:? (.+?)\.(?=\s|$)/;

/** What a key means; undefined where nobody says so. */
export function meaningOf(root: Node, key: string, node: Node): string | undefined {
  const { description } = resolved(root, { node, title: '' }).node;
  return node.description ?? description ?? EVERYWHERE[key];
}

/** The meaning without its default, and that. */
export function withoutDefault(meaning: string): { readonly text: string; readonly otherwise?: string } {
  const found = DEFAULT.exec(meaning)?.[1];
  return found === undefined ? { text: meaning } : { text: meaning.replace(DEFAULT, ''), otherwise: found };
}

/** A default as a value; undefined for one that is told in words. */
export function valueOfDefault(otherwise: string): unknown {
  if (/^(?:true|false|\d+(?:\.\d+)?)$/.test(otherwise)) return JSON.parse(otherwise);
  return /^[\w./:-]+$/.test(otherwise) && !/^(?:its|the|here|min|none|outside)$/.test(otherwise)
    ? otherwise
    : undefined;
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
};

/** What may stand there, in a few words. */
export function typeText(root: Node, node: Node, title: string): string {
  const words = alternatives(root, { node, title }).map((each) => wordOf(root, each.node, each.title));
  const own = node.$ref?.replace('#/$defs/', '');
  // A shape without keys of its own is known by its name.
  if (own !== undefined && ['duration', 'quantity', 'localized', 'text', 'count'].includes(own)) return own;
  return [...new Set(words)].join(' or ');
}

function wordOf(root: Node, node: Node, title: string): string {
  if (node.const !== undefined) return String(node.const);
  if (node.enum) return node.enum.map(String).join(', ');
  if (node.properties) return `keys of ${title}`;
  if (node.items) return `list of ${typeText(root, node.items, `${title}[]`)}`;
  if (node.type === 'array') return 'list';
  if (node.type === 'object') {
    const { additionalProperties: inner } = node;
    return typeof inner === 'object' ? `${typeText(root, inner, `${title}.NAME`)}, by name` : 'keys';
  }
  const types = [node.type ?? ''].flat().map((type) => NAMES[type] ?? 'anything');
  return types.join(' or ');
}
