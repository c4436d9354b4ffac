import { matchesTerm } from '../../objects/node-selection.ts';
import type { Score } from '../framework.ts';
import type { NodeInfo } from '../nodes/node-info.ts';
import { perNode } from '../nodes/per-node.ts';
import { shareOfMost } from './score.ts';

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
  scores({ pod, nodes, profile }, places) {
    const { addedAffinity } = profile.args.NodeAffinity ?? {};
    const terms = [
      ...(addedAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []),
      ...(pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []),
    ];
    if (terms.length === 0) return undefined;
    const weigh = ({ node }: NodeInfo): number =>
      terms.reduce((sum, { preference, weight }) => sum + (matchesTerm(preference, node) ? weight : 0), 0);
    const raw = places.map(perNode(nodes, `preferred ${JSON.stringify(terms)}`, weigh));
    return { raw, normalized: shareOfMost(raw, false) };
  },
};
