import { type Filter, unresolvable } from './filter.ts';

/** A pod that names its node (scheduler: plugins/nodename). */
export const nodeName: Filter = {
  name: 'NodeName',
  refuse(pod, { name }) {
    const wanted = pod.spec.nodeName;
    return !wanted || wanted === name
      ? undefined
      : unresolvable("node(s) didn't match the requested node name");
  },
};
