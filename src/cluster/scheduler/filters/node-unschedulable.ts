import { tolerates } from '../../objects/tolerations.ts';
import { type Filter, unresolvable } from './filter.ts';

const TAINT = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' } as const;

/** A cordoned node (scheduler: plugins/nodeunschedulable). */
export const nodeUnschedulable: Filter = {
  name: 'NodeUnschedulable',
  refuse(pod, { node }) {
    if (!node.spec?.unschedulable) return undefined;
    const tolerated = pod.spec.tolerations?.some((toleration) => tolerates(toleration, TAINT));
    return tolerated ? undefined : unresolvable('node(s) were unschedulable');
  },
};
