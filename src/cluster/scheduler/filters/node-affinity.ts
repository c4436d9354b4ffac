import { allowsNode } from '../../objects/node-selection.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { type Filter, unresolvable } from './filter.ts';

/** scheduler: plugins/nodeaffinity; 1.20's wording is that of its recording. */
const NO_MATCH: Since<string> = [
  [0, "node(s) didn't match Pod's node affinity"],
  [21, "node(s) didn't match Pod's node affinity/selector"],
];

/** nodeSelector and the required part of node affinity. */
export const nodeAffinity: Filter = {
  name: 'NodeAffinity',
  refuse: (pod, { node }, version) =>
    allowsNode(pod, node) ? undefined : unresolvable(inVersion(NO_MATCH, version)),
};
