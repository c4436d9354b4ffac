import { isObject, type Json, sortedKeys } from '../../../../objects/json.ts';
import { goType } from '../go/go-text.ts';
import { filterList } from './filter-list.ts';
import { JsonpathError, type JsonpathNode } from './jsonpath-node.ts';
import { sliceList } from './slice-list.ts';
import type { Found, Walked } from './walked.ts';

interface Evaluation {
  readonly nodes: readonly JsonpathNode[];
  readonly allowMissingKeys: boolean;
  /** A `range` was met, and its loop has not begun. */
  opening: number;
  /** Loops that run. */
  depth: number;
  /** `end`s that were met and have not ended their loop. */
  closing: number;
  /** Where the last loop ended. */
  lastEnd: number;
}

/**
 * What each piece of a template finds in an object, in the order of the output, one entry a piece and a turn
 * of its loops. Mirrors client-go: util/jsonpath/jsonpath.go; where that walks a map in Go's random order,
 * ours is by key.
 */
export function evaluateJsonpath(
  nodes: readonly JsonpathNode[],
  object: Json,
  allowMissingKeys: boolean,
): readonly Found[] {
  const evaluation = { nodes, allowMissingKeys, opening: 0, depth: 0, closing: 0, lastEnd: -1 };
  return evaluateFrom(evaluation, object, 0);
}

function evaluateFrom(evaluation: Evaluation, object: Json | undefined, start: number): Found[] {
  const results: Found[] = [];
  for (let i = start; i < evaluation.nodes.length; i += 1) {
    const { found, error } = walk(evaluation, [object], evaluation.nodes[i]);
    if (error !== undefined) throw new JsonpathError(error);
    if (evaluation.closing > 0 && evaluation.closing <= evaluation.depth) {
      evaluation.closing -= 1;
      evaluation.lastEnd = i;
      break;
    }
    if (evaluation.opening === 0) {
      results.push(found);
      continue;
    }
    evaluation.opening -= 1;
    evaluation.depth += 1;
    results.push(...found.flatMap((value) => evaluateFrom(evaluation, value, i + 1)));
    // A loop over nothing is walked once without an object, to find its end.
    if (found.length === 0) evaluateFrom(evaluation, undefined, i + 1);
    evaluation.depth -= 1;
    if (evaluation.lastEnd > i) i = evaluation.lastEnd;
  }
  return results;
}

function walk(evaluation: Evaluation, input: Found, node: JsonpathNode | undefined): Walked {
  switch (node?.type) {
    case undefined:
      return { found: input };
    case 'list':
      return walkList(evaluation, input, node.nodes);
    case 'text':
      return { found: [node.text] };
    case 'number':
    case 'boolean':
      return { found: input.map(() => node.value) };
    case 'identifier':
      return walkIdentifier(evaluation, input, node.name);
    case 'field':
      return walkField(evaluation, input, node.name);
    case 'slice':
      return sliceAll(input, node);
    case 'union':
      return walkUnion(evaluation, input, node.branches);
    case 'wildcard':
      return { found: input.flatMap(childrenOf) };
    case 'recursive':
      return { found: input.flatMap(descendantsOf) };
    case 'filter':
      return filterList(input, node, (values, side) => walk(evaluation, values, side));
  }
}

function walkList(evaluation: Evaluation, input: Found, nodes: readonly JsonpathNode[]): Walked {
  let walked: Walked = { found: input };
  for (const node of nodes) {
    walked = walk(evaluation, walked.found, node);
    if (walked.error !== undefined) break;
  }
  return walked;
}

function walkIdentifier(evaluation: Evaluation, input: Found, name: string): Walked {
  if (name === 'range') {
    evaluation.opening += 1;
    return { found: input };
  }
  if (name !== 'end') return { found: input, error: `unrecognized identifier ${name}` };
  if (evaluation.depth === 0) return { found: [], error: 'not in range, nothing to end' };
  evaluation.closing += 1;
  return { found: [] };
}

function walkField({ allowMissingKeys }: Evaluation, input: Found, name: string): Walked {
  const found = input.flatMap((value) => {
    const child = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    return child === undefined ? [] : [child];
  });
  const isMissing = input.length > 0 && found.length === 0 && !allowMissingKeys;
  return isMissing ? { found, error: `${name} is not found` } : { found };
}

function walkUnion(evaluation: Evaluation, input: Found, branches: readonly JsonpathNode[]): Walked {
  const found: (Json | undefined)[] = [];
  for (const branch of branches) {
    const walked = walk(evaluation, input, branch);
    if (walked.error !== undefined) return { found: input, error: walked.error };
    found.push(...walked.found);
  }
  return { found };
}

function sliceAll(input: Found, node: Extract<JsonpathNode, { type: 'slice' }>): Walked {
  const found: Json[] = [];
  for (const value of input) {
    if (value === null || value === undefined) continue;
    if (!Array.isArray(value)) return { found: input, error: `${goType(value)} is not array or slice` };
    const sliced = sliceList(value, node);
    if (typeof sliced === 'string') return { found: input, error: sliced };
    found.push(...sliced.items);
    // Asked for nothing, Go forgets the lists that come after.
    if (sliced.isEmptyRange) break;
  }
  return { found };
}

function childrenOf(value: Json | undefined): Json[] {
  if (Array.isArray(value)) return [...value];
  return isObject(value) ? sortedKeys(value).map((key) => value[key] ?? null) : [];
}

/** Every map, list and text below a value, itself first; Go takes a text for a list of bytes. */
function descendantsOf(value: Json | undefined): Json[] {
  if (typeof value === 'string' && value !== '') return [value];
  const children = childrenOf(value);
  return value === undefined || children.length === 0 ? [] : [value, ...children.flatMap(descendantsOf)];
}
