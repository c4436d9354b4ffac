import type { View } from '../../contract/component.ts';
import { derived } from '../../objects/derived.ts';
import { derivedOfEach } from '../../objects/derived-list.ts';
import type { DiscoveryEndpointPort, Endpoint, Node, Pod, Service } from '../../objects/kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';
import { isReady } from '../shared/pod-state.ts';
import { hostnameIn, isReachable, podReference } from '../shared/service-pods.ts';
import { portsText } from '../shared/slices.ts';
import { targetPortOf } from '../shared/target-port.ts';
import { asksForZones } from './zone-hints.ts';

/**
 * EndpointSliceTerminatingCondition: alpha in 1.20, on since 1.22; before, a pod that goes away has no
 * endpoint.
 */
const TELLS_TERMINATING: Since<boolean> = [
  [0, false],
  [22, true],
];

const ZONE = 'topology.kubernetes.io/zone';

/** Whether a pod is in the slices of its service. */
function hasEndpoint(pod: Pod, { spec }: Service, version: KubeVersion): boolean {
  const isGoing = pod.metadata.deletionTimestamp !== undefined;
  const staysIn = spec?.publishNotReadyAddresses || inVersion(TELLS_TERMINATING, version);
  return isReachable(pod, version) && (!isGoing || Boolean(staysIn));
}

/** What a slice tells of a pod (endpointslice: utils.go podToEndpoint). */
function endpointOf(service: Service, pod: Pod, { version, zone }: Circumstances): Endpoint {
  const hostname = hostnameIn(service, pod);
  const conditions = conditionsOf(service, pod, version);
  const hints = conditions.ready ? hintsOf(service, pod, { version, zone }) : undefined;
  return {
    addresses: [pod.status?.podIP ?? ''],
    conditions,
    ...(hints && { hints }),
    ...(hostname !== undefined && { hostname }),
    targetRef: podReference(pod, version),
    ...placeOf(pod, zone),
  };
}

/** ServiceTrafficDistribution: beta and on in 1.31. */
const HEEDS_DISTRIBUTION: Since<boolean> = [
  [0, false],
  [31, true],
];

const CLOSE: readonly (string | undefined)[] = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];

/** Who should use an endpoint: those of its zone, or of its node (endpointslice: trafficdist.go). */
function hintsOf(service: Service, pod: Pod, { version, zone }: Circumstances): Endpoint['hints'] {
  const distribution = asksForZones(service, version) ? undefined : service.spec?.trafficDistribution;
  if (!CLOSE.includes(distribution) || !inVersion(HEEDS_DISTRIBUTION, version)) return undefined;
  const { nodeName } = pod.spec;
  const forNodes =
    distribution === 'PreferSameNode' && nodeName !== undefined ? [{ name: nodeName }] : undefined;
  if (zone === undefined && !forNodes) return undefined;
  return { ...(forNodes && { forNodes }), ...(zone !== undefined && { forZones: [{ name: zone }] }) };
}

/** A pod in the slices of a service. */
export interface Member {
  readonly ports: readonly DiscoveryEndpointPort[];
  /** The ports as a text, by which pods find their slices. */
  readonly portsText: string;
  readonly endpoint: Endpoint;
}

interface Circumstances {
  readonly version: KubeVersion;
  /** Of the pod's node. */
  readonly zone: string | undefined;
}

/** What the pods of a service have in its slices; undefined for those that have no endpoint. */
export function membersOf(
  { objects, settings: { version } }: View,
  service: Service,
  pods: readonly Pod[],
): readonly (Member | undefined)[] {
  const zones = zonesOf(objects.list<Node>('nodes'));
  const known = membersKnown(service);
  // Nodes report far more often than they move.
  if (known.version !== version || known.zones !== zones.text) {
    known.version = version;
    known.zones = zones.text;
    known.find = derivedOfEach((pod) =>
      hasEndpoint(pod, service, version)
        ? memberOf(service, pod, { version, zone: zones.of.get(pod.spec.nodeName ?? '') })
        : undefined,
    );
  }
  return known.find(pods);
}

interface Known {
  version: KubeVersion | undefined;
  zones: string | undefined;
  find: (pods: readonly Pod[]) => readonly (Member | undefined)[];
}

const membersKnown = derived(
  (_: Service): Known => ({ version: undefined, zones: undefined, find: () => [] }),
);

/** The zones of those nodes that have one, and the same as a text. */
const zonesOf = derived((nodes: readonly Node[]) => {
  const zones = nodes.flatMap(({ metadata: { name = '', labels } }): [string, string][] => {
    const zone = labels?.[ZONE];
    return zone === undefined ? [] : [[name, zone]];
  });
  return { of: new Map(zones), text: JSON.stringify(zones) };
});

function memberOf(service: Service, pod: Pod, circumstances: Circumstances): Member {
  const ports = portsOf(service, pod, circumstances.version);
  return { ports, portsText: portsText(ports), endpoint: endpointOf(service, pod, circumstances) };
}

function conditionsOf({ spec }: Service, pod: Pod, version: KubeVersion): Endpoint['conditions'] & object {
  const serving = isReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const publishes = spec?.publishNotReadyAddresses ?? false;
  return inVersion(TELLS_TERMINATING, version)
    ? { ready: publishes || (serving && !terminating), serving, terminating }
    : { ready: publishes || serving };
}

/**
 * In v1beta1 of 1.20 a map `topology` tells the same; as all of a former version, it is kept in the shape of
 * v1, which reads its host name as nodeName (discovery/v1beta1: conversion.go).
 */
function placeOf({ spec: { nodeName } }: Pod, zone: string | undefined): Partial<Endpoint> {
  if (nodeName === undefined) return {};
  return { nodeName, ...(zone !== undefined && { zone }) };
}

/** The ports of a service as a pod has them; those that it has not are left out. */
function portsOf(service: Service, pod: Pod, version: KubeVersion): readonly DiscoveryEndpointPort[] {
  return (service.spec?.ports ?? []).flatMap((wanted) => {
    const port = targetPortOf(pod, wanted, version);
    if (port === undefined) return [];
    const { name = '', protocol = 'TCP', appProtocol } = wanted;
    return [{ name, protocol, port, ...(appProtocol !== undefined && { appProtocol }) }];
  });
}
