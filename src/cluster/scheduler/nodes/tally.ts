import type { Node, Pod } from '../../objects/kubernetes.ts';
import { changeTo, type NodeChange, pastOf } from './node-changes.ts';
import type { NodeInfo } from './node-info.ts';

/** Sums by domain over all nodes. */
export interface Tally {
  /** Undefined where nothing has been added to the domain. */
  get(domain: string): number | undefined;
  /** How many domains there are. */
  readonly size: number;
  amounts(): Iterable<number>;
}

/** What is summed up: what each node adds to which domains, and what each pod on it does. */
export interface Contributor {
  /** An amount of 0 makes the domain known. */
  ofNode?(node: Node, add: Add): void;
  ofPod?(pod: Pod, node: Node, add: Add): void;
}

export type Add = (domain: string, amount: number) => void;

interface Sum {
  /** How many contributions there are: without any the domain is none. */
  count: number;
  amount: number;
}

type Sums = ReadonlyMap<string, Sum>;

/** Sums, and the number of changes that they are brought forward by. */
interface Running {
  upTo: number;
  readonly sums: Map<string, Sum>;
}

/** By the changes of nodes that followed from one another, and by what is summed up. */
const kept = new WeakMap<object, Map<string, Running>>();
const MOST_KEPT = 1024;

interface TryOut {
  readonly of: readonly NodeInfo[];
  readonly instead: readonly NodeChange[];
}

const tryOuts = new WeakMap<readonly NodeInfo[], TryOut>();

/** The nodes as they would be if some of them, by their places, were others. */
export function tryOut(
  nodes: readonly NodeInfo[],
  instead: ReadonlyMap<number, Pick<NodeInfo, 'node' | 'pods'>>,
): readonly NodeInfo[] {
  const tried = nodes.slice();
  const changes: NodeChange[] = [];
  for (const [place, info] of instead) {
    const before = nodes[place];
    if (!before) continue;
    const change = changeTo(place, before, info);
    changes.push(change);
    tried[place] = change.after;
  }
  tryOuts.set(tried, { of: nodes, instead: changes });
  return tried;
}

export function isTryOut(nodes: readonly NodeInfo[]): boolean {
  return tryOuts.has(nodes);
}

/**
 * The sums over nodes. `what` says everything that the contributions depend on besides the node: where it is
 * the same, only what has changed is counted again. The tally holds until the next of the same `what` over
 * nodes that followed.
 */
export function tallyOf(nodes: readonly NodeInfo[], what: string, contributor: Contributor): Tally {
  const tried = tryOuts.get(nodes);
  if (!tried) return tally(sumsOver(nodes, what, contributor));
  const base = sumsOver(tried.of, what, contributor);
  const moved = new Map<string, Sum>();
  for (const change of tried.instead) count(moved, change, contributor);
  return tally(moved.size === 0 ? base : added(base, moved));
}

function sumsOver(nodes: readonly NodeInfo[], what: string, contributor: Contributor): Sums {
  const past = pastOf(nodes);
  const tallies = kept.get(past.changes) ?? new Map<string, Running>();
  kept.set(past.changes, tallies);
  const running = tallies.get(what);
  const missed = running && past.changes.between(running.upTo, past.place);
  if (running && missed) {
    for (const change of missed) count(running.sums, change, contributor);
    running.upTo = past.place;
    return running.sums;
  }
  const sums = new Map<string, Sum>();
  const put = adderTo(sums, 1);
  for (const info of nodes) addWhole(info, contributor, put);
  // What was begun longest ago goes first.
  if (tallies.size >= MOST_KEPT) for (const [oldest] of tallies) if (tallies.delete(oldest)) break;
  tallies.set(what, { upTo: past.place, sums });
  return sums;
}

function addWhole({ node, pods }: NodeInfo, { ofNode, ofPod }: Contributor, add: Add): void {
  ofNode?.(node, add);
  if (ofPod) for (const pod of pods) ofPod(pod, node, add);
}

function count(sums: Map<string, Sum>, change: NodeChange, contributor: Contributor): void {
  const put = adderTo(sums, 1);
  const take = adderTo(sums, -1);
  const { before, after, came, went } = change;
  if (before.node !== after.node) {
    addWhole(after, contributor, put);
    addWhole(before, contributor, take);
    return;
  }
  const { ofPod } = contributor;
  if (!ofPod) return;
  for (const pod of came) ofPod(pod, after.node, put);
  for (const pod of went) ofPod(pod, before.node, take);
}

function adderTo(sums: Map<string, Sum>, sign: 1 | -1): Add {
  return (domain, amount) => {
    const sum = sums.get(domain);
    if (!sum) sums.set(domain, { count: sign, amount: sign * amount });
    else {
      sum.count += sign;
      sum.amount += sign * amount;
      if (sum.count === 0 && sum.amount === 0) sums.delete(domain);
    }
  };
}

function added(base: Sums, moved: Sums): Sums {
  const sums = new Map(base);
  for (const [domain, more] of moved) {
    const known = sums.get(domain) ?? { count: 0, amount: 0 };
    const sum = { count: known.count + more.count, amount: known.amount + more.amount };
    if (sum.count === 0) sums.delete(domain);
    else sums.set(domain, sum);
  }
  return sums;
}

function tally(sums: Sums): Tally {
  return {
    get: (domain) => sums.get(domain)?.amount,
    get size() {
      return sums.size;
    },
    *amounts() {
      for (const { amount } of sums.values()) yield amount;
    },
  };
}
