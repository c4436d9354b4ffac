import { tolerates } from '../../objects/tolerations.ts';
import type { Filter } from '../framework.ts';
import { unresolvable } from './filter.ts';

const TAINT = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' } as const;

/** A cordoned node (scheduler: plugins/nodeunschedulable). */
export const nodeUnschedulable: Filter = {
  name: 'NodeUnschedulable',
  isLocal: true,
  prepare({ pod }) {
    if (pod.spec.tolerations?.some((toleration) => tolerates(toleration, TAINT))) return undefined;
    const refusal = unresolvable('node(s) were unschedulable');
    return ({ node }) => (node.spec?.unschedulable ? refusal : undefined);
  },
  mayLift(news) {
    if (news.kind === 'NodeAdded') return !news.node.spec?.unschedulable;
    return (
      news.kind === 'NodeTaints' && Boolean(news.before.spec?.unschedulable) && !news.node.spec?.unschedulable
    );
  },
};
