import type { Pod } from '../../objects/kubernetes.ts';
import { infoAfter, type NodeInfo, nodeInfo } from './node-info.ts';

/** What changed of a node. */
export interface NodeChange {
  /** Where it stands among all. */
  readonly place: number;
  readonly before: NodeInfo;
  readonly after: NodeInfo;
  readonly came: readonly Pod[];
  readonly went: readonly Pod[];
}

/** The changes that led from some nodes to those that followed, numbered from 0. */
export interface NodeChanges {
  /** Those from one number to before another; undefined where they are forgotten or out of order. */
  between(from: number, to: number): readonly NodeChange[] | undefined;
  append(change: NodeChange): void;
}

/** Where some nodes stand among the changes that led to them. */
export interface Past {
  readonly changes: NodeChanges;
  /** How many changes there were before. */
  readonly place: number;
}

const pasts = new WeakMap<readonly NodeInfo[], Past>();

/** The past of nodes; of nodes that followed from none it begins here. */
export function pastOf(nodes: readonly NodeInfo[]): Past {
  let past = pasts.get(nodes);
  if (!past) {
    past = { changes: createChanges(), place: 0 };
    pasts.set(nodes, past);
  }
  return past;
}

/** Notes that nodes followed from others. */
export function followOn(
  before: readonly NodeInfo[],
  after: readonly NodeInfo[],
  changes: readonly NodeChange[],
): void {
  const past = pastOf(before);
  for (const change of changes) past.changes.append(change);
  pasts.set(after, { changes: past.changes, place: past.place + changes.length });
}

/** More than any tally that is asked for now and then falls behind. */
const KEPT = 4096;

function createChanges(): NodeChanges {
  let first = 0;
  let kept: NodeChange[] = [];
  return {
    between(from, to) {
      if (from < first || to < from) return undefined;
      return from === to ? NONE : kept.slice(from - first, to - first);
    },
    append(change) {
      kept.push(change);
      if (kept.length < 2 * KEPT) return;
      kept = kept.slice(KEPT);
      first += KEPT;
    },
  };
}

const NONE: readonly NodeChange[] = [];

/** How a node becomes another. */
export function changeTo(
  place: number,
  before: NodeInfo,
  { node, pods }: Pick<NodeInfo, 'node' | 'pods'>,
): NodeChange {
  const old = new Set(before.pods);
  const came = pods.filter((pod) => !old.delete(pod));
  const went = [...old];
  const after = node === before.node ? infoAfter(before, { pods, came, went }) : nodeInfo(node, pods);
  return { place, before, after, came, went };
}
