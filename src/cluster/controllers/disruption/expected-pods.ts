import type { View } from '../../contract/component.ts';
import type {
  Deployment,
  OwnerReference,
  Pod,
  PodDisruptionBudget,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '../../objects/kubernetes.ts';
import { controllerOf } from '../../objects/owner-references.ts';
import { scaledValue } from '../shared/int-or-percent.ts';

/** How many pods a budget counts on, and how many of them must be healthy. */
export interface Expected {
  readonly expected: number;
  readonly desired: number;
  /** Pods without a controller, where the controllers' scales are summed up. */
  readonly hasUnmanaged: boolean;
}

/** Why it can not be said how many pods there should be. */
export interface Unknown {
  readonly error: string;
}

/** disruption.go getExpectedPodCount: percentages are rounded up. */
export function expectedPods(
  view: View,
  { spec = {} }: PodDisruptionBudget,
  pods: readonly Pod[],
): Expected | Unknown {
  const { minAvailable, maxUnavailable } = spec;
  if (maxUnavailable === undefined && typeof minAvailable !== 'string') {
    const desired = minAvailable ?? 0;
    return { expected: minAvailable === undefined ? 0 : pods.length, desired, hasUnmanaged: false };
  }
  const scale = sumOfScales(view, pods);
  if ('error' in scale) return scale;
  const { expected } = scale;
  const desired =
    maxUnavailable === undefined
      ? scaledValue(minAvailable, expected, 'up')
      : Math.max(0, expected - scaledValue(maxUnavailable, expected, 'up'));
  return { ...scale, desired };
}

function sumOfScales(view: View, pods: readonly Pod[]): Omit<Expected, 'desired'> | Unknown {
  const scales = new Map<string, number>();
  let hasUnmanaged = false;
  for (const pod of pods) {
    const owner = controllerOf(pod);
    if (!owner) {
      hasUnmanaged = true;
      continue;
    }
    if (scales.has(owner.uid)) continue;
    const found = scaleOf(view, owner, pod.metadata.namespace ?? '');
    if (found === undefined) return { error: `found no controllers for pod "${pod.metadata.name}"` };
    if ('error' in found) return found;
    scales.set(found.uid, found.scale);
  }
  return { expected: [...scales.values()].reduce((sum, scale) => sum + scale, 0), hasUnmanaged };
}

interface Scale {
  /** Of the controller whose scale it is: a Deployment stands for all its ReplicaSets. */
  readonly uid: string;
  readonly scale: number;
}

function scaleOf({ objects }: View, owner: OwnerReference, namespace: string): Scale | Unknown | undefined {
  const { kind, name, uid } = owner;
  switch (kind) {
    case 'ReplicationController': {
      const found = objects.get<ReplicationController>('replicationcontrollers', namespace, name);
      return found?.metadata.uid === uid ? { uid, scale: found.spec?.replicas ?? 1 } : undefined;
    }
    case 'ReplicaSet': {
      const found = objects.get<ReplicaSet>('replicasets.apps', namespace, name);
      if (found?.metadata.uid !== uid) return undefined;
      const above = controllerOf(found);
      const deployment =
        above?.kind === 'Deployment'
          ? objects.get<Deployment>('deployments.apps', namespace, above.name)
          : undefined;
      return deployment
        ? { uid: deployment.metadata.uid ?? '', scale: deployment.spec?.replicas ?? 1 }
        : { uid, scale: found.spec?.replicas ?? 1 };
    }
    case 'StatefulSet': {
      const found = objects.get<StatefulSet>('statefulsets.apps', namespace, name);
      return found?.metadata.uid === uid ? { uid, scale: found.spec?.replicas ?? 1 } : undefined;
    }
    case 'DaemonSet':
      return { error: 'daemonsets.apps does not implement the scale subresource' };
    case 'Job':
      return { error: 'jobs.batch does not implement the scale subresource' };
    default:
      return undefined;
  }
}
