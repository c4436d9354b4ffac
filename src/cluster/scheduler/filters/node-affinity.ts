import type { NodeSelector, NodeSelectorRequirement, Pod } from '../../objects/kubernetes.ts';
import { allowsNode, matchesNodeSelector } from '../../objects/node-selection.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { Filter, Profile } from '../framework.ts';
import { unresolvable } from './filter.ts';

/** scheduler: plugins/nodeaffinity; 1.20's wording is that of its recording. */
const NO_MATCH: Since<string> = [
  [0, "node(s) didn't match Pod's node affinity"],
  [21, "node(s) didn't match Pod's node affinity/selector"],
];

const ENFORCED = "node(s) didn't match scheduler-enforced node affinity";

/** nodeSelector and the required part of node affinity, and what the profile demands besides. */
export const nodeAffinity: Filter = {
  name: 'NodeAffinity',
  isLocal: true,
  prepare({ pod, profile, version }) {
    const enforced = enforcedBy(profile);
    if (!pod.spec.nodeSelector && !requiredOf(pod) && !enforced) return undefined;
    const refusal = unresolvable(inVersion(NO_MATCH, version));
    const outside = unresolvable(ENFORCED);
    return ({ node }) => {
      if (enforced && !matchesNodeSelector(enforced, node)) return outside;
      return allowsNode(pod, node) ? undefined : refusal;
    };
  },
  mayLift(news, { pod, profile }) {
    const enforced = enforcedBy(profile);
    if ('node' in news && enforced && !matchesNodeSelector(enforced, news.node)) return false;
    if (news.kind === 'NodeAdded') return allowsNode(pod, news.node);
    if (news.kind === 'NodeLabels') return !allowsNode(pod, news.before) && allowsNode(pod, news.node);
    return news.kind === 'NodeTaints';
  },
  narrow({ pod }) {
    return namesWanted(pod);
  },
  problemOf({ pod }) {
    return namesWanted(pod)?.size === 0 ? 'pod affinity terms conflict' : undefined;
  },
};

function requiredOf({ spec }: Pod): NodeSelector | undefined {
  return spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
}

function enforcedBy({ args }: Profile): NodeSelector | undefined {
  return args.NodeAffinity?.addedAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
}

/** The only nodes that come into question, where every alternative names some. */
function namesWanted(pod: Pod): ReadonlySet<string> | undefined {
  const { nodeSelectorTerms = [] } = requiredOf(pod) ?? {};
  if (nodeSelectorTerms.length === 0) return undefined;
  const names = nodeSelectorTerms.map(({ matchFields = [] }) => namesMeant(matchFields));
  return names.every((each) => each !== undefined) ? new Set(names.flat()) : undefined;
}

/** A term that names nodes, as those of DaemonSets' pods do; all its requirements must hold. */
function namesMeant(fields: readonly NodeSelectorRequirement[]): readonly string[] | undefined {
  const lists = fields
    .filter(({ key, operator }) => key === 'metadata.name' && operator === 'In')
    .map(({ values = [] }) => values);
  const [first, ...others] = lists;
  return first?.filter((name) => others.every((list) => list.includes(name)));
}
