import { tolerates } from '../../objects/tolerations.ts';
import type { Score } from '../framework.ts';
import type { NodeInfo } from '../nodes/node-info.ts';
import { perNode } from '../nodes/per-node.ts';
import { shareOfMost } from './score.ts';

/** Fewer PreferNoSchedule taints that the pod does not tolerate (scheduler: plugins/tainttoleration). */
export const taintPreference: Score = {
  name: 'TaintToleration',
  weight: [
    [0, 1],
    [23, 3],
  ],
  scores({ pod, nodes }, places) {
    const untolerated = ({ node }: NodeInfo): number => {
      if (!node.spec?.taints) return 0;
      const taints = node.spec.taints.filter(({ effect }) => effect === 'PreferNoSchedule');
      return taints.filter((taint) => !pod.spec.tolerations?.some((each) => tolerates(each, taint))).length;
    };
    const words = `prefers others ${JSON.stringify(pod.spec.tolerations)}`;
    const raw = places.map(perNode(nodes, words, untolerated));
    return { raw, normalized: shareOfMost(raw, true) };
  },
};
