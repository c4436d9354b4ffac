import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair } from 'yaml';

export type Path = readonly PropertyKey[];

/** Whether the value at a path is meant, or the key that leads to it. */
export type Aim = 'key' | 'value';

export type Range = readonly [from: number, to: number];

/** Offsets of what stands at a path; of what is not there, of the nearest thing around it. */
export function spanAt(document: Document.Parsed, path: Path, aim: Aim): Range {
  let node: Node | null = document.contents;
  let range = rangeOf(node) ?? [0, 1];
  for (const [index, step] of path.entries()) {
    const member = memberAt(isAlias(node) ? node.resolve(document) : node, step);
    if (!member) return range;
    const { key, value } = member;
    const ofKey = rangeOf(key);
    if (ofKey && aim === 'key' && index === path.length - 1) return ofKey;
    // What begins on a line of its own: the key before it says better what is meant.
    range = (ofKey && isBlock(value) ? ofKey : rangeOf(value)) ?? ofKey ?? range;
    node = value;
  }
  return range;
}

interface Member {
  /** Absent in a list. */
  readonly key: Node | null;
  readonly value: Node | null;
}

function memberAt(collection: unknown, step: PropertyKey): Member | undefined {
  if (isMap(collection)) {
    const pair = collection.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    return pair as Pair<Node, Node | null> | undefined;
  }
  if (!isSeq(collection) || typeof step !== 'number') return undefined;
  const item: unknown = collection.items[step];
  return isNode(item) ? { key: null, value: item } : undefined;
}

function isBlock(node: Node | null): boolean {
  return (isMap(node) || isSeq(node)) && node.flow !== true;
}

function rangeOf(node: Node | null): Range | undefined {
  return node?.range ? [node.range[0], node.range[1]] : undefined;
}
