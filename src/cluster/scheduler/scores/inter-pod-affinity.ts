import type { Pod } from '../../objects/kubernetes.ts';
import {
  type AffinityTerm,
  domainOf,
  hasAffinities,
  sumAt,
  termMatcher,
  termsOf,
  wordsOfMeant,
  wordsOfTerms,
} from '../affinity/affinity-term.ts';
import type { Cycle, Score } from '../framework.ts';
import { type Contributor, tallyOf } from '../nodes/tally.ts';

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
  scores(cycle, places) {
    const { pod, nodes, objects, profile } = cycle;
    const { preferred, preferredAnti } = termsOf(pod);
    const isIndifferent = preferred.length === 0 && preferredAnti.length === 0;
    const { ignorePreferredTermsOfExistingPods: ignoresOthers } = profile.args.InterPodAffinity ?? {};
    if (isIndifferent && (ignoresOthers || !hasAffinities(nodes))) return undefined;
    const words = [
      hardWeightOf(cycle),
      wordsOfTerms(preferred, objects),
      wordsOfTerms(preferredAnti, objects),
      wordsOfMeant(pod, objects),
    ];
    const counts = tallyOf(nodes, `preferred ${words.join(' ')}`, preferencesOf(cycle, isIndifferent));
    if (counts.size === 0) return undefined;
    const raw = places.map((place) => {
      const info = nodes[place];
      return info ? sumAt(counts, info.node) : 0;
    });
    return { raw, normalized: stretched(raw) };
  },
};

function hardWeightOf({ profile }: Cycle): number {
  return profile.args.InterPodAffinity?.hardPodAffinityWeight ?? HARD_WEIGHT;
}

/** What the pods of a node count for the domains that it stands in. */
function preferencesOf(cycle: Cycle, isIndifferent: boolean): Contributor {
  const { pod, objects } = cycle;
  const matches = termMatcher(objects);
  const { preferred, preferredAnti } = termsOf(pod);
  const hardWeight = hardWeightOf(cycle);
  return {
    ofPod(other, node, add) {
      if (isIndifferent && !other.spec.affinity) return;
      const count = (terms: readonly AffinityTerm[], target: Pod, weigh: (term: AffinityTerm) => number) => {
        for (const term of terms) {
          const domain = matches(term, target) ? domainOf(term.topologyKey, node) : undefined;
          if (domain !== undefined) add(domain, weigh(term));
        }
      };
      const theirs = termsOf(other);
      count(preferred, other, weightOf);
      count(preferredAnti, other, (term) => -weightOf(term));
      if (hardWeight > 0) count(theirs.affinity, pod, () => hardWeight);
      count(theirs.preferred, pod, weightOf);
      count(theirs.preferredAnti, pod, (term) => -weightOf(term));
    },
  };
}

function weightOf(term: AffinityTerm): number {
  return 'weight' in term && typeof term.weight === 'number' ? term.weight : 0;
}

function stretched(sums: readonly number[]): readonly number[] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const sum of sums) {
    least = Math.min(least, sum);
    most = Math.max(most, sum);
  }
  const span = most - least;
  return sums.map((sum) => (span > 0 ? Math.trunc(100 * ((sum - least) / span)) : 0));
}
