import type { View } from '../../contract/component.ts';
import type { DiscoveryEndpointPort, Endpoint, Node, Pod, Service } from '../../objects/kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';
import { isReady } from '../shared/pod-state.ts';
import { hostnameIn, isReachable, podReference } from '../shared/service-pods.ts';
import { targetPortOf } from '../shared/target-port.ts';

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
export function hasEndpoint(pod: Pod, { spec }: Service, version: KubeVersion): boolean {
  const isGoing = pod.metadata.deletionTimestamp !== undefined;
  const staysIn = spec?.publishNotReadyAddresses || inVersion(TELLS_TERMINATING, version);
  return isReachable(pod, version) && (!isGoing || Boolean(staysIn));
}

/** What a slice tells of a pod (endpointslice: utils.go podToEndpoint). */
export function endpointOf(view: View, service: Service, pod: Pod): Endpoint {
  const { version } = view.settings;
  const hostname = hostnameIn(service, pod);
  return {
    addresses: [pod.status?.podIP ?? ''],
    conditions: conditionsOf(service, pod, version),
    ...(hostname !== undefined && { hostname }),
    targetRef: podReference(pod, version),
    ...placeOf(view, pod),
  };
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
function placeOf({ objects }: View, { spec: { nodeName } }: Pod): Partial<Endpoint> {
  if (nodeName === undefined) return {};
  const zone = objects.get<Node>('nodes', undefined, nodeName)?.metadata.labels?.[ZONE];
  return { nodeName, ...(zone !== undefined && { zone }) };
}

/** The ports of a service as a pod has them; those that it has not are left out. */
export function portsOf(service: Service, pod: Pod, version: KubeVersion): readonly DiscoveryEndpointPort[] {
  return (service.spec?.ports ?? []).flatMap((wanted) => {
    const port = targetPortOf(pod, wanted, version);
    if (port === undefined) return [];
    const { name = '', protocol = 'TCP', appProtocol } = wanted;
    return [{ name, protocol, port, ...(appProtocol !== undefined && { appProtocol }) }];
  });
}
