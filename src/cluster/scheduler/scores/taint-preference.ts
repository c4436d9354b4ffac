import { tolerates } from '../../objects/tolerations.ts';
import type { Score } from './score.ts';

/** Fewer PreferNoSchedule taints that the pod does not tolerate (scheduler: plugins/tainttoleration). */
export const taintPreference: Score = {
  name: 'TaintToleration',
  weight: [
    [0, 1],
    [23, 3],
  ],
  scores({ pod }, infos) {
    const counts = infos.map(({ node }) => {
      const taints = (node.spec?.taints ?? []).filter(({ effect }) => effect === 'PreferNoSchedule');
      return taints.filter((taint) => !pod.spec.tolerations?.some((each) => tolerates(each, taint))).length;
    });
    const most = Math.max(...counts);
    return counts.map((count) => (most === 0 ? 100 : 100 - Math.floor((100 * count) / most)));
  },
};
