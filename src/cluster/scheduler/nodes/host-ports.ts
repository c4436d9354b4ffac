import { derived } from '../../objects/derived.ts';
import type { ContainerPort, Pod, PodSpec } from '../../objects/kubernetes.ts';

/** The ports of its node that a pod holds. */
export function hostPortsOf({ spec }: Pick<Pod, 'spec'>): readonly ContainerPort[] {
  return portsOfSpec(spec);
}

const portsOfSpec = derived(({ containers, initContainers = [] }: PodSpec): readonly ContainerPort[] => {
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
  return [...sidecars, ...containers].flatMap(({ ports = [] }) => ports.filter(({ hostPort }) => hostPort));
});
