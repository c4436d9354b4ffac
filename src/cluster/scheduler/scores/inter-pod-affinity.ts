import { domainCounts, termMatcher, termsOf, type WeightedTerm } from '../affinity/affinity-term.ts';
import type { Score } from './score.ts';

/** What a required term of a pod that is there already counts (HardPodAffinityWeight's default). */
const HARD_WEIGHT = 1;

/**
 * Where the pods are that this one prefers, and that prefer this one, less those that are disliked, stretched
 * to 0 to 100 (scheduler: plugins/interpodaffinity/scoring.go).
 */
export const interPodPreference: Score = {
  name: 'InterPodAffinity',
  weight: [
    [0, 1],
    [23, 2],
  ],
  scores({ pod, nodes, objects }, infos) {
    const matches = termMatcher(objects);
    const { preferred, preferredAnti } = termsOf(pod);
    const isIndifferent = preferred.length === 0 && preferredAnti.length === 0;
    const counts = domainCounts();
    for (const { node, pods } of nodes) {
      for (const other of pods) {
        if (isIndifferent && !other.spec.affinity) continue;
        const add = (terms: readonly WeightedTerm[], target: typeof pod, sign: 1 | -1): void => {
          for (const term of terms) {
            if (matches(term, target)) counts.add(term.topologyKey, node, sign * term.weight);
          }
        };
        const theirs = termsOf(other);
        add(preferred, other, 1);
        add(preferredAnti, other, -1);
        add(
          theirs.affinity.map((term) => ({ ...term, weight: HARD_WEIGHT })),
          pod,
          1,
        );
        add(theirs.preferred, pod, 1);
        add(theirs.preferredAnti, pod, -1);
      }
    }
    if (counts.isEmpty) return undefined;
    const sums = infos.map(({ node }) => counts.sum(node));
    const least = Math.min(...sums);
    const span = Math.max(...sums) - least;
    return sums.map((sum) => (span > 0 ? Math.trunc(100 * ((sum - least) / span)) : 0));
  },
};
