import type { Node, Pod } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import {
  type AffinityTerm,
  domainOf,
  hasAffinities,
  sumAt,
  type TermMatcher,
  termMatcher,
  termsOf,
  wordsOfMeant,
  wordsOfTerms,
} from '../affinity/affinity-term.ts';
import type { Cycle, Filter } from '../framework.ts';
import { type Add, type Tally, tallyOf } from '../nodes/tally.ts';
import type { News } from '../queue/news.ts';
import { unresolvable, unschedulable } from './filter.ts';

/** What stood beside the exact reason (1.20's is that of its recording). */
const BESIDE: Since<readonly string[]> = [
  [0, ["node(s) didn't match pod affinity/anti-affinity"]],
  [21, ["node(s) didn't match pod affinity/anti-affinity rules"]],
  [22, []],
];

/** Pods that must be, or must not be, where certain others are (scheduler: plugins/interpodaffinity). */
export const interPodAffinity: Filter = {
  name: 'InterPodAffinity',
  prepare(cycle) {
    const { pod, nodes, objects, version } = cycle;
    const matches = termMatcher(objects);
    const { affinity, antiAffinity } = termsOf(pod);
    const disliking = dislikingPods(cycle, matches);
    if (affinity.length === 0 && antiAffinity.length === 0 && !disliking) return undefined;
    const liked = tallyOf(nodes, `liked ${wordsOfTerms(affinity, objects)}`, {
      ofPod(other, node, add) {
        if (isMeantByAll(affinity, other, matches)) addAll(affinity, node, add);
      },
    });
    const disliked = tallyOf(nodes, `disliked ${wordsOfTerms(antiAffinity, objects)}`, {
      ofPod(other, node, add) {
        for (const term of antiAffinity) if (matches(term, other)) addAll([term], node, add);
      },
    });
    const isFirst = liked.size === 0 && isMeantByAll(affinity, pod, matches);
    const beside = inVersion(BESIDE, version);
    return ({ node }) => {
      if (!allowsAffinity(affinity, node, liked, isFirst)) {
        return unresolvable(...beside, "node(s) didn't match pod affinity rules");
      }
      if (antiAffinity.some(({ topologyKey }) => countAt(disliked, topologyKey, node) > 0)) {
        return unschedulable(...beside, "node(s) didn't match pod anti-affinity rules");
      }
      if (disliking && sumAt(disliking, node) > 0) {
        return unschedulable(...beside, "node(s) didn't satisfy existing pods anti-affinity rules");
      }
      return undefined;
    };
  },
  mayLift: (news, { pod, objects }) =>
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

/** Where pods are that can't stand this one; undefined where there are none. */
function dislikingPods({ pod, nodes, objects }: Cycle, matches: TermMatcher): Tally | undefined {
  if (!hasAffinities(nodes)) return undefined;
  const words = wordsOfMeant(pod, objects);
  const counts = tallyOf(nodes, `disliking ${words}`, {
    ofPod(other, node, add) {
      for (const term of termsOf(other).antiAffinity) if (matches(term, pod)) addAll([term], node, add);
    },
  });
  return counts.size > 0 ? counts : undefined;
}

function isMeantByAll(terms: readonly AffinityTerm[], pod: Pod, matches: TermMatcher): boolean {
  return terms.length > 0 && terms.every((term) => matches(term, pod));
}

function addAll(terms: readonly AffinityTerm[], node: Node, add: Add): void {
  for (const { topologyKey } of terms) {
    const domain = domainOf(topologyKey, node);
    if (domain !== undefined) add(domain, 1);
  }
}

function countAt(counts: Tally, topologyKey: string, node: Node): number {
  return counts.get(domainOf(topologyKey, node) ?? '') ?? 0;
}

/**
 * The first pod of a group that wants to be together may go anywhere that has the domains
 * (satisfyPodAffinity).
 */
function allowsAffinity(terms: readonly AffinityTerm[], node: Node, liked: Tally, isFirst: boolean): boolean {
  if (terms.some(({ topologyKey }) => node.metadata.labels?.[topologyKey] === undefined)) return false;
  return isFirst || terms.every(({ topologyKey }) => countAt(liked, topologyKey, node) > 0);
}
