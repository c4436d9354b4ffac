import type { Node, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, Pod } from './kubernetes.ts';

/**
 * Whether a pod's nodeSelector and required node affinity allow a node (component-helpers:
 * scheduling/corev1/nodeaffinity GetRequiredNodeAffinity). The scheduler asks, and the kubelet asks again.
 */
export function allowsNode(pod: Pod, node: Node): boolean {
  const labels = node.metadata.labels ?? {};
  for (const [key, value] of Object.entries(pod.spec.nodeSelector ?? {})) {
    if (labels[key] !== value) return false;
  }
  const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return required === undefined || matchesNodeSelector(required, node);
}

/** Terms are alternatives; a term without requirements matches nothing. */
export function matchesNodeSelector(selector: NodeSelector, node: Node): boolean {
  return selector.nodeSelectorTerms.some((term) => matchesTerm(term, node));
}

export function matchesTerm(term: NodeSelectorTerm, node: Node): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  const labels = node.metadata.labels ?? {};
  const fields: Record<string, string> = { 'metadata.name': node.metadata.name ?? '' };
  return (
    matchExpressions.every((requirement) => matches(requirement, labels[requirement.key])) &&
    matchFields.every((requirement) => matches(requirement, fields[requirement.key]))
  );
}

function matches({ operator, values = [] }: NodeSelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return isWhole(value) && Number(value) > Number(values[0]);
    case 'Lt':
      return isWhole(value) && Number(value) < Number(values[0]);
    default:
      return false;
  }
}

function isWhole(value: string | undefined): boolean {
  return value !== undefined && /^-?\d+$/.test(value);
}
