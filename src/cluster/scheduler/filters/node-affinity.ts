import type { NodeSelectorRequirement } from '../../objects/kubernetes.ts';
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
  prepare({ pod, version }) {
    const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
    if (!pod.spec.nodeSelector && !required) return undefined;
    const refusal = unresolvable(inVersion(NO_MATCH, version));
    return ({ node }) => (allowsNode(pod, node) ? undefined : refusal);
  },
  mayLift(news, pod) {
    if (news.kind === 'NodeAdded') return allowsNode(pod, news.node);
    if (news.kind === 'NodeLabels') return !allowsNode(pod, news.before) && allowsNode(pod, news.node);
    return news.kind === 'NodeTaints';
  },
  narrow(pod) {
    const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
    if (!required || required.nodeSelectorTerms.length === 0) return undefined;
    const names = required.nodeSelectorTerms.map(({ matchFields = [] }) => namesMeant(matchFields));
    return names.every((each) => each !== undefined) ? new Set(names.flat()) : undefined;
  },
};

/** A term that names nodes, as those of DaemonSets' pods do; all its requirements must hold. */
function namesMeant(fields: readonly NodeSelectorRequirement[]): readonly string[] | undefined {
  const lists = fields
    .filter(({ key, operator }) => key === 'metadata.name' && operator === 'In')
    .map(({ values = [] }) => values);
  const [first, ...others] = lists;
  return first?.filter((name) => others.every((list) => list.includes(name)));
}
