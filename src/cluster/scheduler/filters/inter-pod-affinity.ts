import type { Node, Pod } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import {
  type AffinityTerm,
  type DomainCounts,
  domainCounts,
  type TermMatcher,
  termMatcher,
  termsOf,
} from '../affinity/affinity-term.ts';
import type { NodeInfo } from '../node-info.ts';
import type { News } from '../queue/news.ts';
import { type Filter, unresolvable, unschedulable } from './filter.ts';

/** What stood beside the exact reason (1.20's is that of its recording). */
const BESIDE: Since<readonly string[]> = [
  [0, ["node(s) didn't match pod affinity/anti-affinity"]],
  [21, ["node(s) didn't match pod affinity/anti-affinity rules"]],
  [22, []],
];

/** Pods that must be, or must not be, where certain others are (scheduler: plugins/interpodaffinity). */
export const interPodAffinity: Filter = {
  name: 'InterPodAffinity',
  prepare({ pod, nodes, objects, version }) {
    const matches = termMatcher(objects);
    const { affinity, antiAffinity } = termsOf(pod);
    const disliking = dislikingPods(pod, nodes, matches);
    if (affinity.length === 0 && antiAffinity.length === 0 && disliking.isEmpty) return undefined;
    const liked = domainCounts();
    const disliked = domainCounts();
    for (const { node, pods } of nodes) {
      for (const other of pods) {
        if (isMeantByAll(affinity, other, matches)) addAll(liked, affinity, node);
        addAll(
          disliked,
          antiAffinity.filter((term) => matches(term, other)),
          node,
        );
      }
    }
    const isFirst = liked.isEmpty && isMeantByAll(affinity, pod, matches);
    const beside = inVersion(BESIDE, version);
    return ({ node }) => {
      if (!allowsAffinity(affinity, node, liked, isFirst)) {
        return unresolvable(...beside, "node(s) didn't match pod affinity rules");
      }
      if (antiAffinity.some(({ topologyKey }) => disliked.get(topologyKey, node) > 0)) {
        return unschedulable(...beside, "node(s) didn't match pod anti-affinity rules");
      }
      if (disliking.sum(node) > 0) {
        return unschedulable(...beside, "node(s) didn't satisfy existing pods anti-affinity rules");
      }
      return undefined;
    };
  },
  mayLift: (news, pod, objects) =>
    'pod' in news ? isLiftedByPod(news, pod, termMatcher(objects)) : isLiftedByNode(news, pod),
};

function isLiftedByPod(news: Extract<News, { readonly pod: Pod }>, pod: Pod, matches: TermMatcher): boolean {
  const { affinity, antiAffinity } = termsOf(pod);
  switch (news.kind) {
    case 'PodAdded':
      return isMeantByAll(affinity, news.pod, matches);
    case 'PodDeleted':
      return (
        isMeantByAll(antiAffinity, news.pod, matches) ||
        isMeantByAll(termsOf(news.pod).antiAffinity, pod, matches)
      );
    case 'PodLabels':
      return (
        (!isMeantByAll(affinity, news.before, matches) && isMeantByAll(affinity, news.pod, matches)) ||
        (isMeantByAll(antiAffinity, news.before, matches) && !isMeantByAll(antiAffinity, news.pod, matches))
      );
    default:
      return false;
  }
}

function isLiftedByNode(news: News, pod: Pod): boolean {
  if (!('node' in news)) return false;
  const { affinity, antiAffinity } = termsOf(pod);
  const now = news.node.metadata.labels ?? {};
  if (news.kind === 'NodeAdded') {
    return antiAffinity.length > 0 || affinity.some(({ topologyKey }) => now[topologyKey] !== undefined);
  }
  if (news.kind !== 'NodeLabels') return news.kind === 'NodeTaints';
  const old = news.before.metadata.labels ?? {};
  const moved = ({ topologyKey: key }: AffinityTerm): boolean => now[key] !== old[key];
  return (
    affinity.some((term) => moved(term) && now[term.topologyKey] !== undefined) ||
    antiAffinity.some((term) => moved(term) && old[term.topologyKey] !== undefined)
  );
}

/** Where pods are that can't stand this one. */
function dislikingPods(pod: Pod, nodes: readonly NodeInfo[], matches: TermMatcher): DomainCounts {
  const counts = domainCounts();
  for (const { node, pods } of nodes) {
    for (const other of pods) {
      addAll(
        counts,
        termsOf(other).antiAffinity.filter((term) => matches(term, pod)),
        node,
      );
    }
  }
  return counts;
}

function isMeantByAll(terms: readonly AffinityTerm[], pod: Pod, matches: TermMatcher): boolean {
  return terms.length > 0 && terms.every((term) => matches(term, pod));
}

function addAll(counts: DomainCounts, terms: readonly AffinityTerm[], node: Node): void {
  for (const { topologyKey } of terms) counts.add(topologyKey, node, 1);
}

/**
 * The first pod of a group that wants to be together may go anywhere that has the domains
 * (satisfyPodAffinity).
 */
function allowsAffinity(
  terms: readonly AffinityTerm[],
  node: Node,
  liked: DomainCounts,
  isFirst: boolean,
): boolean {
  if (terms.some(({ topologyKey }) => node.metadata.labels?.[topologyKey] === undefined)) return false;
  return isFirst || terms.every(({ topologyKey }) => liked.get(topologyKey, node) > 0);
}
