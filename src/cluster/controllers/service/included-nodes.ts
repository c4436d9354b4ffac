import type { Node } from '../../objects/kubernetes.ts';

/**
 * Whether load balancers may send to a node: one can be labelled out (cloud-provider: controller.go
 * nodeIncludedPredicate; what Go's ParseBool takes for false lets it in).
 */
export function isIncluded({ metadata }: Node): boolean {
  const label = metadata.labels?.['node.kubernetes.io/exclude-from-external-load-balancers'];
  return label === undefined || /^(?:0|f|F|false|False|FALSE)$/.test(label);
}
