import { compareText } from '../../objects/json.ts';
import { requestsOf } from '../resource-amounts.ts';
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
};

/** cpu, memory and ephemeral-storage are looked at first, extended resources after them. */
const FIRST = ['cpu', 'memory', 'ephemeral-storage'];

function byFitOrder([a]: [string, number], [b]: [string, number]): number {
  const place = (name: string): number => FIRST.indexOf(name) + 1 || FIRST.length + 1;
  return place(a) - place(b) || compareText(a, b);
}
