import type { Node } from '../../objects/kubernetes.ts';
import { type LabelRequirements, matchesLabels } from '../../objects/label-selector.ts';
import type { Cycle, Filter } from '../framework.ts';
import { type Tally, tallyOf } from '../nodes/tally.ts';
import type { News } from '../queue/news.ts';
import { counting } from '../spread/counting.ts';
import {
  constraintsOf,
  countsNode,
  hasAllKeys,
  type SpreadConstraint,
  wordsOf,
} from '../spread/spread-constraint.ts';
import { unresolvable, unschedulable } from './filter.ts';

const NO_MATCH = "node(s) didn't match pod topology spread constraints";

/**
 * A node whose domain would have too many more of the pods than the one with the fewest (scheduler:
 * plugins/podtopologyspread/filtering.go).
 */
export const podTopologySpread: Filter = {
  name: 'PodTopologySpread',
  prepare(cycle) {
    const constraints = constraintsOf(cycle, 'DoNotSchedule');
    if (constraints.length === 0) return undefined;
    const limits = constraints.map((constraint) => limitOf(constraint, constraints, cycle));
    return ({ node }) => {
      for (const { topologyKey, counts, most } of limits) {
        const domain = node.metadata.labels?.[topologyKey];
        if (domain === undefined) return unresolvable(`${NO_MATCH} (missing required label)`);
        if ((counts.get(domain) ?? 0) > most) return unschedulable(NO_MATCH);
      }
      return undefined;
    };
  },
  mayLift(news, waiting) {
    const { pod } = waiting;
    const constraints = constraintsOf(waiting, 'DoNotSchedule');
    if ('pod' in news) {
      return (
        news.pod.metadata.namespace === pod.metadata.namespace &&
        constraints.some(({ selector }) => selector && isMeant(selector, news))
      );
    }
    return (
      'node' in news &&
      news.kind !== 'NodeAllocatable' &&
      (hasAllKeys(news.node, constraints) || ('before' in news && hasAllKeys(news.before, constraints)))
    );
  },
};

type PodNews = Extract<News, { readonly pod: unknown }>;

/** A change of labels is of interest where it takes a pod in, or out. */
function isMeant(selector: LabelRequirements, news: PodNews): boolean {
  const isNow = matchesLabels(selector, news.pod.metadata.labels);
  return 'before' in news ? isNow !== matchesLabels(selector, news.before.metadata.labels) : isNow;
}

interface Limit {
  readonly topologyKey: string;
  readonly counts: Tally;
  /** How many a domain may have before the pod comes. */
  readonly most: number;
}

function limitOf(
  constraint: SpreadConstraint,
  all: readonly SpreadConstraint[],
  { pod, nodes }: Cycle,
): Limit {
  const { topologyKey, selector, maxSkew, minDomains } = constraint;
  const isCounted = counting({ selector, namespace: pod.metadata.namespace ?? '' });
  const comes = (node: Node): boolean => hasAllKeys(node, all) && countsNode(constraint, pod, node);
  const domainOf = ({ metadata }: Node): string => metadata.labels?.[topologyKey] ?? '';
  const counts = tallyOf(nodes, `kept apart ${wordsOf(all, constraint, pod)}`, {
    ofNode: (node, add) => (comes(node) ? add(domainOf(node), 0) : undefined),
    ofPod: (other, node, add) => (isCounted(other) && comes(node) ? add(domainOf(node), 1) : undefined),
  });
  const own = selector && matchesLabels(selector, pod.metadata.labels) ? 1 : 0;
  const fewest = counts.size < minDomains ? 0 : Math.min(...counts.amounts());
  return { topologyKey, counts, most: fewest + maxSkew - own };
}
