import { derived } from '../../objects/derived.ts';
import { derivedOfEach, sortedByEach } from '../../objects/derived-list.ts';
import { compareText } from '../../objects/json.ts';
import type {
  EndpointAddress,
  EndpointPort,
  EndpointSubset,
  Pod,
  Service,
  ServicePort,
} from '../../objects/kubernetes.ts';
import type { KubeVersion } from '../../objects/versions.ts';
import { isReady } from '../shared/pod-state.ts';
import { hostnameIn, isHeadless, isReachable, podReference } from '../shared/service-pods.ts';
import { targetPortOf } from '../shared/target-port.ts';

/**
 * The addresses of a service's pods, together where their ports are the same, and sorted (api/v1/endpoints:
 * RepackSubsets). A pod that goes away is left out at once, unless all addresses are published.
 */
export function subsetsOf(
  service: Service,
  pods: readonly Pod[],
  version: KubeVersion,
): readonly EndpointSubset[] {
  const groups = new Map<string, Group>();
  for (const member of membersOf(service)(version)(pods)) {
    if (!member.isIn || member.ports === undefined) continue;
    let group = groups.get(member.text);
    if (!group) {
      group = { ports: member.ports, ready: [], notReady: [] };
      groups.set(member.text, group);
    }
    (member.isReady ? group.ready : group.notReady).push(member.address);
  }
  return [...groups].sort(([a], [b]) => compareText(a, b)).map(([, group]) => subsetOf(group));
}

/** A pod in the Endpoints of a service. */
interface Member {
  readonly isIn: boolean;
  /** Undefined for a pod that has none of the service's ports. */
  readonly ports: readonly EndpointPort[] | undefined;
  /** The ports as a text, by which addresses find each other. */
  readonly text: string;
  readonly address: EndpointAddress;
  readonly isReady: boolean;
}

/** In the order of their addresses. Nearly all pods are as they were at the last look. */
const membersOf = derived((service: Service) =>
  derived((version: KubeVersion) => {
    const members = derivedOfEach((pod: Pod) => memberOf(service, pod, version));
    const inOrder = sortedByEach((a: Member, b: Member) => compareAddresses(a.address, b.address));
    return (pods: readonly Pod[]) => inOrder(members(pods));
  }),
);

function memberOf(service: Service, pod: Pod, version: KubeVersion): Member {
  const publishes = service.spec?.publishNotReadyAddresses ?? false;
  const isGoing = pod.metadata.deletionTimestamp !== undefined;
  const ports = portsOf(service, pod, version);
  return {
    isIn: isReachable(pod, version) && (publishes || !isGoing),
    ports,
    text: JSON.stringify(ports ?? []),
    address: addressOf(service, pod, version),
    isReady: publishes || isReady(pod),
  };
}

interface Group {
  readonly ports: readonly EndpointPort[];
  readonly ready: EndpointAddress[];
  readonly notReady: EndpointAddress[];
}

function subsetOf({ ports, ready, notReady }: Group): EndpointSubset {
  return {
    ...(ready.length > 0 && { addresses: ready }),
    ...(notReady.length > 0 && { notReadyAddresses: notReady }),
    ...(ports.length > 0 && { ports: [...ports] }),
  };
}

/** As texts, so that 10.0.0.10 comes before 10.0.0.9 (recorded in g of 1.20). */
function compareAddresses(a: EndpointAddress, b: EndpointAddress): number {
  return compareText(a.ip, b.ip) || compareText(a.targetRef?.uid ?? '', b.targetRef?.uid ?? '');
}

/** Undefined for a pod that has none of the service's ports; a headless service may have no ports at all. */
function portsOf(service: Service, pod: Pod, version: KubeVersion): readonly EndpointPort[] | undefined {
  const wanted = service.spec?.ports ?? [];
  if (wanted.length === 0) return isHeadless(service) ? [] : undefined;
  const ports = wanted.flatMap((port) => {
    const number = targetPortOf(pod, port, version);
    return number === undefined ? [] : [portOf(port, number)];
  });
  return ports.length > 0 ? ports : undefined;
}

function portOf({ name, protocol = 'TCP', appProtocol }: ServicePort, port: number): EndpointPort {
  return { ...(name && { name }), port, protocol, ...(appProtocol !== undefined && { appProtocol }) };
}

function addressOf(service: Service, pod: Pod, version: KubeVersion): EndpointAddress {
  const hostname = hostnameIn(service, pod);
  const { nodeName } = pod.spec;
  return {
    ip: pod.status?.podIP ?? '',
    ...(hostname !== undefined && { hostname }),
    ...(nodeName !== undefined && { nodeName }),
    targetRef: podReference(pod, version),
  };
}
