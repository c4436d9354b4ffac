import type { KubeObject } from '../../objects/kube-object.ts';
import type { PodSpec } from '../../objects/kubernetes.ts';

/** Where each kind keeps the pod that it is or makes (kubectl: polymorphichelpers updatePodSpecForObject). */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  ReplicationController: ['spec', 'template', 'spec'],
  Deployment: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

/** The object with another pod spec; undefined for kinds without pods. */
export function withPodSpec(object: KubeObject, change: (spec: PodSpec) => PodSpec): KubeObject | undefined {
  const path = PATHS[object.kind];
  return path && (changedAt(object, path, change as (value: unknown) => unknown) as KubeObject);
}

function changedAt(value: unknown, path: readonly string[], change: (value: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  const object = (value ?? {}) as Record<string, unknown>;
  return { ...object, [step]: changedAt(object[step], rest, change) };
}
