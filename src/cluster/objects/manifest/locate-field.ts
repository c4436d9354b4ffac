import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Pair,
} from 'yaml';
import type { ShapePath } from '../shape/check-shape.ts';
import type { TextPosition } from './manifest.ts';

/**
 * Where the field at a path is written: the key of a member, the beginning of an item. A field that comes by
 * a merge key or that is not there is answered with the nearest thing around it.
 */
export function locateField(
  document: Document,
  path: ShapePath,
  lines: LineCounter,
): TextPosition | undefined {
  let node: unknown = document.contents;
  let found = offsetOf(node);
  for (const step of path) {
    const value: unknown = isAlias(node) ? node.resolve(document) : node;
    const [next, place]: readonly [unknown, unknown] = memberOf(value, step);
    if (place === undefined) break;
    found = offsetOf(place) ?? found;
    node = next;
  }
  if (found === undefined) return undefined;
  const { line, col } = lines.linePos(found);
  return { line, column: col };
}

function memberOf(node: unknown, step: string | number): readonly [node: unknown, place: unknown] {
  if (isMap(node)) {
    const pair: Pair | undefined = node.items.find(
      (item) => isPair(item) && keyText(item.key) === String(step),
    );
    return pair === undefined ? [undefined, undefined] : [pair.value, pair.key];
  }
  if (isSeq(node) && typeof step === 'number') return [node.items[step], node.items[step]];
  return [undefined, undefined];
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}
