import type { Pod } from '../../objects/kubernetes.ts';
import { type LabelRequirements, matchesLabels } from '../../objects/label-selector.ts';

/** Which pods are counted: those of a namespace that a selector means; undefined means none. */
export interface Counted {
  readonly selector: LabelRequirements | undefined;
  readonly namespace: string;
}

/** Whether a pod is counted; a terminating one is as good as gone. */
export function counting({ selector, namespace }: Counted): (pod: Pod) => boolean {
  if (!selector || selector.length === 0) return () => false;
  return ({ metadata }) =>
    metadata.deletionTimestamp === undefined &&
    metadata.namespace === namespace &&
    matchesLabels(selector, metadata.labels);
}
