import { matchesTerm } from '../../objects/node-selection.ts';
import type { Score } from './score.ts';

/**
 * Preferred node affinity: the sum of the weights that match, against the highest (scheduler:
 * plugins/nodeaffinity).
 */
export const nodePreference: Score = {
  name: 'NodeAffinity',
  weight: [
    [0, 1],
    [23, 2],
  ],
  scores({ pod }, infos) {
    const terms = pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    if (terms.length === 0) return undefined;
    const sums = infos.map(({ node }) =>
      terms.reduce((sum, { preference, weight }) => sum + (matchesTerm(preference, node) ? weight : 0), 0),
    );
    const most = Math.max(...sums);
    return sums.map((sum) => (most === 0 ? 0 : Math.floor((100 * sum) / most)));
  },
};
