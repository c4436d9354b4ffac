import type { Filter } from '../framework.ts';
import { unresolvable } from './filter.ts';

/** A pod that names its node (scheduler: plugins/nodename). */
export const nodeName: Filter = {
  name: 'NodeName',
  isLocal: true,
  prepare({ pod }) {
    const wanted = pod.spec.nodeName;
    if (!wanted) return undefined;
    const refusal = unresolvable("node(s) didn't match the requested node name");
    return ({ name }) => (wanted === name ? undefined : refusal);
  },
  mayLift: (news, { pod }) =>
    news.kind === 'NodeTaints' ||
    (news.kind === 'NodeAdded' && news.node.metadata.name === pod.spec.nodeName),
};
