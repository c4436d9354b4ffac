import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node, visit } from 'yaml';
import type { DiagnosticCode } from './diagnostic.ts';

export interface PlainProblem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
  readonly range: readonly [number, number];
}

/** A scenario, aliases written out, has fewer values than this, and is less deep. */
const MAX_VALUES = 100_000;
const MAX_DEPTH = 64;

/**
 * A document as plain JSON, aliases written out. The library's own conversion would also do, but it takes
 * 1.20 for 1.2 and says not where an alias multiplies.
 */
export function plainValue(document: Document.Parsed): {
  readonly value?: unknown;
  readonly problem?: PlainProblem;
} {
  const begun = { count: 0, depth: 0, alias: undefined, targets: undefined, problem: undefined };
  const walk: Walk = { document, ...begun };
  const value = plain(document.contents, walk, []);
  return walk.problem ? { problem: walk.problem } : { value };
}

interface Walk {
  readonly document: Document.Parsed;
  count: number;
  depth: number;
  /** The outermost alias that is being written out. */
  alias: Node | undefined;
  /** What each alias stands for, once there is one. */
  targets: ReadonlyMap<Alias, Node> | undefined;
  problem: PlainProblem | undefined;
}

/**
 * The library looks for the anchor of each alias from the beginning of the document: with thousands of them,
 * that takes seconds.
 */
function targetsIn(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Alias(_, alias) {
      const target = anchors.get(alias.source);
      if (target) targets.set(alias, target);
    },
    Value(_, node) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

function targetOf(alias: Alias, walk: Walk): Node | undefined {
  walk.targets ??= targetsIn(walk.document);
  return walk.targets.get(alias);
}

/** Numbers that are names: as they were written, they keep their last zero. */
const AS_WRITTEN: ReadonlySet<string> = new Set(['cluster.version', 'seed']);

function plain(node: Node | null, walk: Walk, path: readonly string[]): unknown {
  walk.count++;
  if (node === null || walk.problem || !isWithinBounds(node, walk)) return null;
  if (isScalar(node)) return plainScalar(node, walk, path);
  walk.depth++;
  const value = plainCollection(node, walk, path);
  walk.depth--;
  return value;
}

function plainCollection(node: Node, walk: Walk, path: readonly string[]): unknown {
  if (isAlias(node)) {
    const outer = walk.alias;
    walk.alias ??= node;
    const target = targetOf(node, walk);
    if (!target) {
      const message = `the alias *${node.source} names an anchor that is not there`;
      walk.problem ??= {
        code: 'yaml-syntax',
        message,
        hint: `set &${node.source} before it`,
        range: rangeOf(node),
      };
    }
    const value = plain(target ?? null, walk, path);
    walk.alias = outer;
    return value;
  }
  if (isSeq<Node | null>(node)) return node.items.map((item) => plain(item, walk, [...path, '-']));
  if (!isMap<Node, Node | null>(node)) return null;
  // Object.fromEntries makes properties of its own: `__proto__` is a key like any other.
  return Object.fromEntries(
    node.items.map(({ key, value }) => {
      const name = keyText(key, walk);
      return [name, plain(value, walk, [...path, name])];
    }),
  );
}

function plainScalar(
  node: { readonly value: unknown; readonly source?: string } & Node,
  walk: Walk,
  path: readonly string[],
): unknown {
  const { value, source } = node;
  if (typeof value !== 'number') return typeof value === 'bigint' ? String(value) : value;
  if (source !== undefined && AS_WRITTEN.has(path.join('.'))) return source;
  if (Number.isFinite(value)) return value;
  walk.problem = {
    code: 'wrong-value',
    message: `${source} is no number that JSON has`,
    range: rangeOf(node),
  };
  return null;
}

function keyText(key: Node | null, walk: Walk): string {
  const target = isAlias(key) ? targetOf(key, walk) : key;
  if (isScalar(target) && target.value !== null) return String(target.value);
  walk.problem ??= {
    code: 'wrong-type',
    message: 'a key must be a word',
    hint: 'put text that begins with "{", "[" or "?" in quotes',
    range: rangeOf(key ?? walk.document.contents),
  };
  return '';
}

function isWithinBounds(node: Node, walk: Walk): boolean {
  if (walk.count <= MAX_VALUES && walk.depth < MAX_DEPTH) return true;
  const range = rangeOf(walk.alias ?? node);
  if (walk.alias) {
    const message = 'this alias contains itself, or multiplies beyond all measure';
    walk.problem = { code: 'alias-bomb', message, hint: 'write out what is meant', range };
  } else if (walk.depth >= MAX_DEPTH) {
    walk.problem = { code: 'too-deep', message: `this is nested more than ${MAX_DEPTH} levels deep`, range };
  } else {
    walk.problem = {
      code: 'too-large',
      message: `there are more than ${MAX_VALUES} values up to here`,
      range,
    };
  }
  return false;
}

function rangeOf(node: Node | null): readonly [number, number] {
  return node?.range ? [node.range[0], node.range[1]] : [0, 1];
}
