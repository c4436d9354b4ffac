import type { Service } from '../kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from '../versions.ts';

const AFFINITY_SECONDS = 10_800;

/** kubernetes: features/kube_features.go ServiceInternalTrafficPolicy. */
const INTERNAL_TRAFFIC: Since<boolean> = [
  [0, false],
  [22, true],
];

/** Fills in what a Service leaves open; its addresses and node ports are the API server's to give. */
export function setServiceDefaults(service: Service, version: KubeVersion): void {
  service.spec ??= {};
  const { spec } = service;
  spec.sessionAffinity ||= 'None';
  spec.type ||= 'ClusterIP';
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  if (
    spec.sessionAffinity === 'ClientIP' &&
    spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined
  ) {
    spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: AFFINITY_SECONDS } };
  }
  for (const port of spec.ports ?? []) {
    port.protocol ||= 'TCP';
    if (port.targetPort === undefined || port.targetPort === 0 || port.targetPort === '')
      port.targetPort = port.port;
  }
  const isNodePort = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  const isExternal = isNodePort || (spec.type === 'ClusterIP' && (spec.externalIPs ?? []).length > 0);
  if (isExternal) spec.externalTrafficPolicy ||= 'Cluster';
  const isInternal = isNodePort || spec.type === 'ClusterIP';
  if (isInternal && inVersion(INTERNAL_TRAFFIC, version)) spec.internalTrafficPolicy ??= 'Cluster';
  if (spec.type === 'LoadBalancer') {
    spec.allocateLoadBalancerNodePorts ??= true;
    for (const ingress of service.status?.loadBalancer?.ingress ?? [])
      if (ingress.ip) ingress.ipMode ??= 'VIP';
  }
}
