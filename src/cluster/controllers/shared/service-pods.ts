import type { Change } from '../../contract/api-event.ts';
import type { View } from '../../contract/component.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import { derived } from '../../objects/derived.ts';
import { filteredByEach } from '../../objects/derived-list.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { ObjectReference, Pod, Service } from '../../objects/kubernetes.ts';
import { type Labels, matchesLabels, requirementsOfLabels } from '../../objects/label-selector.ts';
import { isTerminal } from '../../objects/pod-phase.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';
import { isReady } from './pod-state.ts';

/**
 * Whether pods that have come to their end are left out whatever their restart policy (1.22:
 * ShouldPodBeInEndpoints).
 */
const LEAVES_OUT_ENDED: Since<boolean> = [
  [0, false],
  [22, true],
];

/**
 * The revision of the pod in its reference is recorded in 1.20 and gone in 1.36 (endpoints and slices alike).
 */
const TELLS_REVISION: Since<boolean> = [
  [0, true],
  [22, false],
];

/** Whether a controller finds the endpoints of a service: others are made by hand, or are names only. */
export function isKeptByController({ spec }: Service): boolean {
  return Object.keys(spec?.selector ?? {}).length > 0 && spec?.type !== 'ExternalName';
}

export function isHeadless({ spec }: Service): boolean {
  return spec?.clusterIP === 'None';
}

const HEADLESS = 'service.kubernetes.io/headless';

/** The labels that Endpoints and slices have from their service, and the mark of a headless one. */
export function labelsFrom(service: Service): Readonly<Record<string, string>> {
  const { [HEADLESS]: _, ...labels } = service.metadata.labels ?? {};
  return { ...labels, ...(isHeadless(service) && { [HEADLESS]: '' }) };
}

/** All pods that a service selects, in the order of their names. */
export function podsOfService({ objects }: View, { metadata, spec }: Service): readonly Pod[] {
  return podsSelected(spec?.selector ?? EVERYTHING)(objects.list<Pod>('pods', metadata.namespace));
}

const EVERYTHING: Labels = {};

const podsSelected = derived((selector: Labels) => {
  const requirements = requirementsOfLabels(selector);
  return filteredByEach((pod: Pod) => matchesLabels(requirements, pod.metadata.labels));
});

/** A pod can be reached from when it has an address to its end (endpoint/util: ShouldPodBeInEndpoints). */
export function isReachable(pod: Pod, version: KubeVersion): boolean {
  return Boolean(pod.status?.podIP) && !hasEnded(pod, version);
}

function hasEnded(pod: Pod, version: KubeVersion): boolean {
  if (inVersion(LEAVES_OUT_ENDED, version) || pod.spec.restartPolicy === 'Never') return isTerminal(pod);
  return pod.spec.restartPolicy === 'OnFailure' && pod.status?.phase === 'Succeeded';
}

/**
 * The keys of the services to which a change of a pod is news: it came or went, moved between selectors, or
 * its endpoint reads differently now (endpoint/util: GetPodServicesToUpdate, podEndpointsChanged).
 */
export function* servicesConcerned(
  { object, before, type }: Change,
  objects: ObjectReader,
  keyOf: (service: Service) => string,
): Generator<string> {
  const isSame = before !== undefined && isEqualJson(before.metadata.labels, object.metadata.labels);
  if (type === 'MODIFIED' && isSame && isEqualJson(factsOf(before as Pod), factsOf(object as Pod))) return;
  for (const service of objects.list<Service>('services', object.metadata.namespace)) {
    if (!isKeptByController(service)) continue;
    const requirements = requirementsOfLabels(service.spec?.selector ?? {});
    const isConcerned = [object, before].some(
      (pod) => pod && matchesLabels(requirements, pod.metadata.labels),
    );
    if (isConcerned) yield keyOf(service);
  }
}

/** What an endpoint tells of its pod. */
const factsOf = derived((pod: Pod): readonly unknown[] => {
  const { hostname, subdomain, nodeName } = pod.spec;
  const isGoing = pod.metadata.deletionTimestamp !== undefined;
  return [isGoing, isReady(pod), isTerminal(pod), pod.status?.podIP, nodeName, hostname, subdomain];
});

/** The pod behind an endpoint. */
export function podReference({ metadata }: Pod, version: KubeVersion): ObjectReference {
  const { namespace = '', name = '', uid = '', resourceVersion } = metadata;
  const revision = inVersion(TELLS_REVISION, version) && resourceVersion !== undefined;
  return { kind: 'Pod', namespace, name, uid, ...(revision && { resourceVersion }) };
}

/** The name under which DNS finds the pod in its service (endpoint/util: ShouldSetHostname). */
export function hostnameIn({ metadata }: Service, pod: Pod): string | undefined {
  const { hostname, subdomain } = pod.spec;
  return hostname && subdomain === metadata.name ? hostname : undefined;
}

/** Where a service stands in etcd: the key of the work on its endpoints. */
export function serviceKey({ metadata: { namespace = '', name = '' } }: Service): string {
  return storageKey({ resource: 'services', namespace, name });
}
