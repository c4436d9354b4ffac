import type { Container, Pod } from '../../objects/kubernetes.ts';
import { isSidecar } from '../../objects/pod-resources.ts';
import { milliValue } from '../../objects/quantity.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';

/** kubernetes: pull 112272 (about 1.26) says whose request it is. */
const MISSING: Since<(resource: string, container: string, pod: string) => string> = [
  [0, (resource) => `missing request for ${resource}`],
  [
    26,
    (resource, container, pod) => `missing request for ${resource} in container ${container} of Pod ${pod}`,
  ],
];

/** kubernetes: features/kube_features.go PodLevelResources. */
const HAS_POD_LEVEL: Since<boolean> = [
  [0, false],
  [34, true],
];

interface Asked {
  readonly resource: string;
  /** Of this container alone. */
  readonly container?: string;
  readonly version: KubeVersion;
}

/**
 * Thousandths that each pod requests, or why that cannot be said (replica_calculator.go calculateRequests).
 */
export function requestsOf(
  pods: readonly Pod[],
  asked: Asked,
): { readonly requests: ReadonlyMap<string, number> } | { readonly problem: string } {
  const requests = new Map<string, number>();
  for (const pod of pods) {
    const request = requestOf(pod, asked);
    if (typeof request === 'string') return { problem: request };
    requests.set(pod.metadata.name ?? '', request);
  }
  return { requests };
}

function requestOf({ metadata, spec }: Pod, { resource, container, version }: Asked): number | string {
  const { name: pod = '' } = metadata;
  const ofPod = spec.resources?.requests;
  if (container === undefined && ofPod && inVersion(HAS_POD_LEVEL, version)) {
    const request = ofPod[resource];
    return request === undefined
      ? `missing pod-level request for ${resource} in Pod ${pod}`
      : milliValue(request);
  }
  const all: readonly Container[] = [...spec.containers, ...(spec.initContainers ?? []).filter(isSidecar)];
  const meant = container === undefined ? all : all.filter(({ name }) => name === container);
  if (meant.length === 0) return `container ${container} not found in Pod ${pod}`;
  let sum = 0;
  for (const { name, resources } of meant) {
    const request = resources?.requests?.[resource];
    if (request === undefined) return inVersion(MISSING, version)(resource, name, pod);
    sum += milliValue(request);
  }
  return sum;
}
