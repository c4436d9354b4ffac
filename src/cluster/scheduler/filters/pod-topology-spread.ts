import type { Pod } from '../../objects/kubernetes.ts';
import { type LabelRequirements, matchesLabels } from '../../objects/label-selector.ts';
import type { NodeInfo } from '../node-info.ts';
import type { News } from '../queue/news.ts';
import {
  constraintsOf,
  countMatching,
  countsNode,
  hasAllKeys,
  type SpreadConstraint,
} from '../spread/spread-constraint.ts';
import { type Filter, unresolvable, unschedulable } from './filter.ts';

const NO_MATCH = "node(s) didn't match pod topology spread constraints";

/**
 * A node whose domain would have too many more of the pods than the one with the fewest (scheduler:
 * plugins/podtopologyspread/filtering.go).
 */
export const podTopologySpread: Filter = {
  name: 'PodTopologySpread',
  prepare({ pod, nodes }) {
    const constraints = constraintsOf(pod, 'DoNotSchedule');
    if (constraints.length === 0) return undefined;
    const eligible = nodes.filter(({ node }) => hasAllKeys(node, constraints));
    const limits = constraints.map((constraint) => limitOf(constraint, pod, eligible));
    return ({ node }) => {
      for (const { topologyKey, counts, most } of limits) {
        const domain = node.metadata.labels?.[topologyKey];
        if (domain === undefined) return unresolvable(`${NO_MATCH} (missing required label)`);
        if ((counts.get(domain) ?? 0) > most) return unschedulable(NO_MATCH);
      }
      return undefined;
    };
  },
  mayLift(news, pod) {
    const constraints = constraintsOf(pod, 'DoNotSchedule');
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

type PodNews = Extract<News, { readonly pod: Pod }>;

/** A change of labels is of interest where it takes a pod in, or out. */
function isMeant(selector: LabelRequirements, news: PodNews): boolean {
  const isNow = matchesLabels(selector, news.pod.metadata.labels);
  return 'before' in news ? isNow !== matchesLabels(selector, news.before.metadata.labels) : isNow;
}

interface Limit {
  readonly topologyKey: string;
  readonly counts: ReadonlyMap<string, number>;
  /** How many a domain may have before the pod comes. */
  readonly most: number;
}

function limitOf(constraint: SpreadConstraint, pod: Pod, eligible: readonly NodeInfo[]): Limit {
  const { topologyKey, selector, maxSkew, minDomains } = constraint;
  const counts = new Map<string, number>();
  for (const info of eligible) {
    if (!countsNode(constraint, pod, info.node)) continue;
    const domain = info.node.metadata.labels?.[topologyKey] ?? '';
    counts.set(domain, (counts.get(domain) ?? 0) + countMatching(info, constraint, pod.metadata.namespace));
  }
  const fewest = counts.size < minDomains ? 0 : Math.min(...counts.values());
  const own = selector && matchesLabels(selector, pod.metadata.labels) ? 1 : 0;
  return { topologyKey, counts, most: fewest + maxSkew - own };
}
