import type { Container, ContainerStatus, Pod } from '../../../objects/kubernetes.ts';

export const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

/** Those that run, those that start it, in the order in which kubectl names them. */
export function allContainers({ spec }: Pod): readonly Container[] {
  return [...spec.containers, ...(spec.initContainers ?? [])];
}

/** `a, b, setup (init)` (kubectl: podcmd.go AllContainerNames). */
export function containerNames({ spec }: Pod): string {
  const ephemeral = (spec.ephemeralContainers ?? []).map(({ name }) => `${name} (ephem)`);
  const init = (spec.initContainers ?? []).map(({ name }) => `${name} (init)`);
  return [...spec.containers.map(({ name }) => name), ...ephemeral, ...init].join(', ');
}

export function hasContainer(pod: Pod, name: string): boolean {
  return containerNamed(pod, name) !== undefined;
}

/** As the pod has it, also one that was added to it later. */
export function containerNamed(pod: Pod, name: string): Container | undefined {
  const ephemeral = pod.spec.ephemeralContainers ?? [];
  return [...allContainers(pod), ...ephemeral].find((container) => container.name === name);
}

/** What the kubelet last said of a container. */
export function statusOfContainer({ status }: Pod, name: string): ContainerStatus | undefined {
  const all = [
    ...(status?.containerStatuses ?? []),
    ...(status?.initContainerStatuses ?? []),
    ...(status?.ephemeralContainerStatuses ?? []),
  ];
  return all.find((container) => container.name === name);
}

/** `containerd://0123…` → `0123…`, the key of the container's row. */
export function containerKey(containerID: string): string {
  return containerID.slice(containerID.indexOf('://') + '://'.length);
}
