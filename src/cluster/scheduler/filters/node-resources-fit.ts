import { compareText } from '../../objects/json.ts';
import type { Node, Pod } from '../../objects/kubernetes.ts';
import { numbersOfList, requestsOf } from '../resource-amounts.ts';
import type { Filter } from './filter.ts';

/** Kubernetes' default for a node that says nothing (kubelet: maxPods). */
const DEFAULT_PODS = 110;

/**
 * Enough left of every resource (scheduler: plugins/noderesources/fit.go). A request beyond all that the node
 * has can't be met by removing pods either.
 */
export const nodeResourcesFit: Filter = {
  name: 'NodeResourcesFit',
  prepare({ pod }) {
    const wanted = Object.entries(requestsOf(pod)).sort(byFitOrder);
    return ({ allocatable, requested, pods }) => {
      const reasons: string[] = [];
      let beyond = false;
      if (pods.length + 1 > (allocatable['pods'] ?? DEFAULT_PODS)) reasons.push('Too many pods');
      for (const [name, amount] of wanted) {
        const has = allocatable[name] ?? 0;
        if (amount === 0 || amount + (requested[name] ?? 0) <= has) continue;
        reasons.push(`Insufficient ${name}`);
        beyond ||= amount > has;
      }
      return reasons.length > 0 ? { reasons, unresolvable: beyond } : undefined;
    };
  },
  mayLift(news, pod) {
    if (news.kind === 'NodeAdded') return fitsAlone(pod, news.node);
    if (news.kind === 'NodeAllocatable') return fitsAlone(pod, news.node) && hasMore(pod, news);
    return news.kind === 'PodDeleted' || news.kind === 'PodScaledDown' || news.kind === 'NodeTaints';
  },
};

/** Whether a node without any pods would have enough. */
function fitsAlone(pod: Pod, node: Node): boolean {
  const has = numbersOfList(node.status?.allocatable);
  return Object.entries(requestsOf(pod)).every(([name, amount]) => amount <= (has[name] ?? 0));
}

function hasMore(pod: Pod, { node, before }: { readonly node: Node; readonly before: Node }): boolean {
  const now = numbersOfList(node.status?.allocatable);
  const had = numbersOfList(before.status?.allocatable);
  return ['pods', ...Object.keys(requestsOf(pod))].some((name) => (now[name] ?? 0) > (had[name] ?? 0));
}

/** cpu, memory and ephemeral-storage are looked at first, extended resources after them. */
const FIRST = ['cpu', 'memory', 'ephemeral-storage'];

function byFitOrder([a]: [string, number], [b]: [string, number]): number {
  const place = (name: string): number => FIRST.indexOf(name) + 1 || FIRST.length + 1;
  return place(a) - place(b) || compareText(a, b);
}
