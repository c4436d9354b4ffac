import type { Pod } from '../../objects/kubernetes.ts';
import { type NodeChange, pastOf } from './node-changes.ts';
import type { NodeInfo } from './node-info.ts';
import { isTryOut } from './tally.ts';

/** What was found of each node, by its place; undefined where it is to be found yet. */
interface Column {
  upTo: number;
  readonly found: unknown[];
}

/** By the changes of nodes that followed from one another, and by what is found. */
const kept = new WeakMap<object, Map<string, Column>>();
const MOST_KEPT = 256;

/**
 * What follows from each node alone, by the node's place, found when it is asked for. `what` says everything
 * else that it depends on: where it is the same, a node that has not changed is not looked at again.
 */
export function perNode<Value>(
  nodes: readonly NodeInfo[],
  what: string,
  find: (info: NodeInfo) => Value,
): (place: number) => Value {
  // A try-out is looked at once, at the one node that it is about.
  if (isTryOut(nodes)) return (place) => find(nodeAt(nodes, place));
  const { found } = columnOf(nodes, what);
  return (place) => {
    const known = found[place];
    if (known !== undefined) return known as Value;
    const value = find(nodeAt(nodes, place));
    found[place] = value;
    return value;
  };
}

/**
 * How many pods of each node are counted, by the node's place. `what` says everything that it depends on
 * besides the pods; of a node that has changed only the pods that came and went are looked at.
 */
export function podsPerNode(
  nodes: readonly NodeInfo[],
  what: string,
  isCounted: (pod: Pod) => boolean,
): (place: number) => number {
  const count = (pods: readonly Pod[]): number => {
    let counted = 0;
    for (const pod of pods) if (isCounted(pod)) counted++;
    return counted;
  };
  const find = (place: number): number => count(nodeAt(nodes, place).pods);
  if (isTryOut(nodes)) return find;
  const { found } = columnOf(nodes, what, (before, { came, went }) => {
    return typeof before === 'number' ? before + count(came) - count(went) : undefined;
  });
  return (place) => {
    const known = found[place];
    if (typeof known === 'number') return known;
    const value = find(place);
    found[place] = value;
    return value;
  };
}

function nodeAt(nodes: readonly NodeInfo[], place: number): NodeInfo {
  const info = nodes[place];
  if (!info) throw new Error(`there is no node at place ${place} of ${nodes.length}`);
  return info;
}

function columnOf(
  nodes: readonly NodeInfo[],
  what: string,
  next: (known: unknown, change: NodeChange) => unknown = () => undefined,
): Column {
  const past = pastOf(nodes);
  const columns = kept.get(past.changes) ?? new Map<string, Column>();
  kept.set(past.changes, columns);
  const column = columns.get(what);
  const missed = column && past.changes.between(column.upTo, past.place);
  if (column && missed) {
    for (const change of missed) column.found[change.place] = next(column.found[change.place], change);
    column.upTo = past.place;
    return column;
  }
  if (columns.size >= MOST_KEPT) for (const [oldest] of columns) if (columns.delete(oldest)) break;
  const begun = { upTo: past.place, found: new Array<unknown>(nodes.length).fill(undefined) };
  columns.set(what, begun);
  return begun;
}
