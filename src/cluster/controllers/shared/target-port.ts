import type { Pod, ServicePort } from '../../objects/kubernetes.ts';
import { isSidecar } from '../../objects/pod-resources.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';

/** SidecarContainers: on since 1.29; until then the ports of init containers have no part in services. */
const ASKS_SIDECARS: Since<boolean> = [
  [0, false],
  [29, true],
];

/**
 * The port of a pod that a service's port leads to: a named one is the pod's own matter (podutil.FindPort).
 */
export function targetPortOf(pod: Pod, port: ServicePort, version: KubeVersion): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target;
  const sidecars = inVersion(ASKS_SIDECARS, version) ? (pod.spec.initContainers ?? []).filter(isSidecar) : [];
  for (const { ports = [] } of [...pod.spec.containers, ...sidecars]) {
    const found = ports.find(
      ({ name, protocol = 'TCP' }) => name === target && protocol === (port.protocol ?? 'TCP'),
    );
    if (found) return found.containerPort;
  }
  return undefined;
}
