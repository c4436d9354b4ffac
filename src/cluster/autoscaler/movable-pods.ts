import type { View } from '../contract/component.ts';
import type { Pod, PodDisruptionBudget } from '../objects/kubernetes.ts';
import { selects } from '../objects/label-selector.ts';
import { isMirrorPod } from '../objects/mirror-pod.ts';
import { controllerOf } from '../objects/owner-references.ts';

const SAFE_TO_EVICT = 'cluster-autoscaler.kubernetes.io/safe-to-evict';
const SAFE_VOLUMES = 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes';

/** Pods that go with their node: nobody has to make room for them elsewhere. */
export function goesWithNode(pod: Pod): boolean {
  return controllerOf(pod)?.kind === 'DaemonSet' || isMirrorPod(pod);
}

/**
 * The pods that have to move before a node may go; undefined where one of them may not (cluster-autoscaler:
 * simulator/drainability/rules).
 */
export function podsToMove(view: View, pods: readonly Pod[]): readonly Pod[] | undefined {
  const moving = pods.filter((pod) => !goesWithNode(pod) && !pod.metadata.deletionTimestamp);
  return moving.every((pod) => isMovable(view, pod)) ? moving : undefined;
}

function isMovable({ objects }: View, pod: Pod): boolean {
  const { namespace = '', annotations = {} } = pod.metadata;
  const budgets = objects
    .list<PodDisruptionBudget>('poddisruptionbudgets.policy', namespace)
    .filter(({ spec }) => selects(spec?.selector, pod.metadata.labels));
  if (budgets.some(({ status }) => (status?.disruptionsAllowed ?? 0) < 1)) return false;
  const said = annotations[SAFE_TO_EVICT];
  if (said !== undefined) return said === 'true';
  if (controllerOf(pod) === undefined) return false;
  if (namespace === 'kube-system' && budgets.length === 0) return false;
  return localVolumes(pod).every((name) => (annotations[SAFE_VOLUMES] ?? '').split(',').includes(name));
}

/** What lies in these would be lost (--skip-nodes-with-local-storage); memory is not taken for storage. */
function localVolumes({ spec }: Pod): readonly string[] {
  return (spec.volumes ?? [])
    .filter(({ hostPath, emptyDir }) => hostPath || (emptyDir && emptyDir.medium !== 'Memory'))
    .map(({ name }) => name);
}
