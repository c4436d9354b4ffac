import type { Refused } from '../../contract/response.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Service, ServiceSpec } from '../../objects/kubernetes.ts';
import { needsHealthPort } from '../../objects/validation/check-service.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { Call } from '../call.ts';
import { type Birth, birthOf } from '../naming/birth.ts';
import { internalError } from '../refusal.ts';
import { drawClusterIp, drawNodePort, refuseTaken, type Taken, takenBy } from './service-addresses.ts';

/**
 * Services (kubernetes: registry/core/service/storage): the server gives them addresses and ports of nodes.
 */
export function prepareService(draft: KubeObject, call: Call): Refused | undefined {
  return allocate(draft as Service, call, takenBy(call.store.list<Service>('services')));
}

/** What the server gave before stays unless the client changes it, even if it left it out. */
export function prepareServiceUpdate(draft: KubeObject, stored: KubeObject, call: Call): Refused | undefined {
  const service = draft as Service;
  const before = (stored as Service).spec ?? {};
  service.spec ??= {};
  keepAllocated(service.spec, before);
  dropWhatTypeLacks(service.spec, before);
  const others = call.store
    .list<Service>('services')
    .filter(({ metadata }) => metadata.uid !== stored.metadata.uid);
  return allocate(service, call, takenBy(others));
}

/** ipFamilies and ipFamilyPolicy are shown since dual-stack is on by default. */
const TELLS_FAMILIES: Since<boolean> = [
  [0, false],
  [21, true],
];

function allocate(service: Service, call: Call, taken: Taken): Refused | undefined {
  service.spec ??= {};
  const { spec } = service;
  const birth = birthOf(call, service);
  if (spec.type !== 'ExternalName') {
    if (inVersion(TELLS_FAMILIES, call.settings.version)) setFamilies(spec);
    const refusal = refuseTaken(service, call.resource, taken) ?? giveClusterIp(spec, call, { birth, taken });
    if (refusal) return refusal;
  }
  const refusal = needsNodePorts(spec) ? giveNodePorts(spec, call, { birth, taken }) : undefined;
  if (refusal || !needsHealthPort(spec) || spec.healthCheckNodePort) return refusal;
  const given = new Map((spec.ports ?? []).map(({ port, nodePort = 0 }) => [port, nodePort]));
  const port = drawNodePort(call, [...birth, 'health'], { taken, given });
  if (port === undefined) return internalError('failed to allocate a nodePort: range is full');
  spec.healthCheckNodePort = port;
  return undefined;
}

/** A headless service without a selector is for both families, whether or not the cluster has both. */
function setFamilies(spec: ServiceSpec): void {
  const isForAny = spec.clusterIP === 'None' && Object.keys(spec.selector ?? {}).length === 0;
  spec.ipFamilyPolicy ??= isForAny ? 'RequireDualStack' : 'SingleStack';
  spec.ipFamilies ??= ['IPv4'];
  if (isForAny && spec.ipFamilyPolicy !== 'SingleStack' && spec.ipFamilies.length === 1) {
    spec.ipFamilies = [...spec.ipFamilies, spec.ipFamilies[0] === 'IPv4' ? 'IPv6' : 'IPv4'];
  }
}

interface Allocation {
  readonly birth: Birth;
  readonly taken: Taken;
}

function giveClusterIp(spec: ServiceSpec, call: Call, { birth, taken }: Allocation): Refused | undefined {
  if (!spec.clusterIP) {
    const address = drawClusterIp(call, birth, taken);
    if (address === undefined) return internalError('failed to allocate a serviceIP: range is full');
    spec.clusterIP = address;
  }
  spec.clusterIPs ??= [spec.clusterIP];
  return undefined;
}

/** Ports that differ in their protocol alone share a port of the nodes. */
function giveNodePorts(spec: ServiceSpec, call: Call, { birth, taken }: Allocation): Refused | undefined {
  const given = new Map<number, number>();
  for (const { port, nodePort } of spec.ports ?? []) if (nodePort) given.set(port, nodePort);
  for (const servicePort of spec.ports ?? []) {
    if (servicePort.nodePort) continue;
    const nodePort =
      given.get(servicePort.port) ?? drawNodePort(call, [...birth, servicePort.port], { taken, given });
    if (nodePort === undefined) return internalError('failed to allocate a nodePort: range is full');
    servicePort.nodePort = nodePort;
    given.set(servicePort.port, nodePort);
  }
  return undefined;
}

function keepAllocated(spec: ServiceSpec, before: ServiceSpec): void {
  if (spec.type === 'ExternalName' || before.type === 'ExternalName') return;
  if (before.clusterIP) spec.clusterIP ||= before.clusterIP;
  // Whoever changes the one address means the list of it too.
  const isAsked = spec.clusterIP !== before.clusterIP && isEqualJson(spec.clusterIPs, before.clusterIPs);
  if (isAsked && spec.clusterIP) spec.clusterIPs = [spec.clusterIP];
  if (before.clusterIPs && spec.clusterIP === before.clusterIP) spec.clusterIPs ??= before.clusterIPs;
  if (before.ipFamilies) spec.ipFamilies ??= before.ipFamilies;
  if (before.ipFamilyPolicy) spec.ipFamilyPolicy ??= before.ipFamilyPolicy;
  if (needsHealthPort(spec) && needsHealthPort(before) && before.healthCheckNodePort)
    spec.healthCheckNodePort ||= before.healthCheckNodePort;
  if (!needsNodePorts(spec) || !needsNodePorts(before)) return;
  const wanted = new Set((spec.ports ?? []).map(({ nodePort }) => nodePort));
  for (const port of spec.ports ?? []) {
    const old = before.ports?.find(({ name }) => name === port.name)?.nodePort;
    if (!port.nodePort && old && !wanted.has(old)) port.nodePort = old;
  }
}

/** Of what the server gave, what the new type has no use for, if the client did not touch it. */
function dropWhatTypeLacks(spec: ServiceSpec, before: ServiceSpec): void {
  if (spec.type === 'ExternalName' && before.type !== 'ExternalName' && spec.clusterIP === before.clusterIP) {
    delete spec.clusterIP;
    delete spec.clusterIPs;
    delete spec.ipFamilies;
    delete spec.ipFamilyPolicy;
  }
  if (needsNodePorts(before) && !needsNodePorts(spec)) {
    const old = new Set((before.ports ?? []).map(({ nodePort }) => nodePort));
    for (const port of spec.ports ?? []) if (old.has(port.nodePort)) delete port.nodePort;
  }
  if (before.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    delete spec.allocateLoadBalancerNodePorts;
    if (spec.loadBalancerClass === before.loadBalancerClass) delete spec.loadBalancerClass;
  }
  if (!needsHealthPort(spec) && spec.healthCheckNodePort === before.healthCheckNodePort)
    delete spec.healthCheckNodePort;
  const isExternal = needsNodePorts(spec) || (spec.externalIPs ?? []).length > 0;
  if (!isExternal && spec.externalTrafficPolicy === before.externalTrafficPolicy)
    delete spec.externalTrafficPolicy;
}

function needsNodePorts({ type, allocateLoadBalancerNodePorts }: ServiceSpec): boolean {
  return type === 'NodePort' || (type === 'LoadBalancer' && allocateLoadBalancerNodePorts !== false);
}
