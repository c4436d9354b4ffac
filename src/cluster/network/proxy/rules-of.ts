import type { ProxyRuleRow } from '../../contract/proxy-rows.ts';
import type { EndpointSlice, Service, ServicePort } from '../../objects/kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';
import { isAddress } from '../addresses.ts';

/**
 * ProxyTerminatingEndpoints (KEP-1669): on since 1.26. Before, a service whose endpoints all go away refuses.
 */
const FALLS_BACK: Since<boolean> = [
  [0, false],
  [26, true],
];

const PROXY_NAME = 'service.kubernetes.io/service-proxy-name';

export type ProxyRule = Omit<ProxyRuleRow, 'node' | 'servicePort'>;

export interface ForNode {
  readonly node: string;
  readonly version: KubeVersion;
}

/**
 * The rules of a node for a service, by service port (kube-proxy: serviceport.go, topology.go
 * CategorizeEndpoints). Services without an address of their own have none.
 */
export function rulesOf(
  service: Service,
  slices: readonly EndpointSlice[],
  { node, version }: ForNode,
): ReadonlyMap<string, ProxyRule> {
  const rules = new Map<string, ProxyRule>();
  if (isForeign(service)) return rules;
  const { namespace, name } = service.metadata;
  for (const port of service.spec?.ports ?? []) {
    const endpoints = endpointsFor(port, slices, node);
    const servicePort = `${namespace}/${name}${port.name ? `:${port.name}` : ''}`;
    rules.set(servicePort, ruleOf(service, port, { endpoints, fallsBack: inVersion(FALLS_BACK, version) }));
  }
  return rules;
}

/** kube-proxy: util/utils.go ShouldSkipService. */
function isForeign({ metadata, spec = {} }: Service): boolean {
  return (
    !isAddress(spec.clusterIP ?? '') ||
    spec.type === 'ExternalName' ||
    metadata.labels?.[PROXY_NAME] !== undefined
  );
}

interface Endpoints {
  readonly endpoints: readonly KnownEndpoint[];
  readonly fallsBack: boolean;
}

function ruleOf({ spec = {}, status }: Service, port: ServicePort, known: Endpoints): ProxyRule {
  const { protocol = 'TCP', nodePort } = port;
  const balancers = (status?.loadBalancer?.ingress ?? []).filter(({ ipMode = 'VIP' }) => ipMode === 'VIP');
  const externalIps = [...(spec.externalIPs ?? []), ...balancers.flatMap(({ ip }) => (ip ? [ip] : []))];
  const isExternal = nodePort !== undefined || externalIps.length > 0;
  const isInternalLocal = spec.internalTrafficPolicy === 'Local';
  const isExternalLocal = isExternal && spec.externalTrafficPolicy === 'Local';
  const seconds =
    spec.sessionAffinity === 'ClientIP' ? spec.sessionAffinityConfig?.clientIP?.timeoutSeconds : undefined;
  const usable = (endpoints: readonly KnownEndpoint[]) => usableOf(endpoints, known.fallsBack);
  return {
    protocol,
    clusterIp: spec.clusterIP ?? '',
    port: port.port,
    ...(nodePort !== undefined && { nodePort }),
    ...(externalIps.length > 0 && { externalIps }),
    ...(seconds !== undefined && { affinityMs: seconds * 1000 }),
    ...(isInternalLocal && { isInternalLocal }),
    ...(isExternalLocal && { isExternalLocal }),
    // Even with both policies Local, what comes from inside to a node's port may go anywhere.
    ...((!isInternalLocal || isExternal) && { cluster: usable(known.endpoints) }),
    ...((isInternalLocal || isExternalLocal) && {
      local: usable(known.endpoints.filter(({ isLocal }) => isLocal)),
    }),
    ...(Object.keys(usable(known.endpoints)).length > 0 && { isServed: true as const }),
  };
}

interface KnownEndpoint {
  /** `10.88.1.4:8080` */
  readonly target: string;
  readonly isLocal: boolean;
  readonly isReady: boolean;
  readonly isServing: boolean;
  readonly isTerminating: boolean;
}

/** Endpoints that are ready; if there is none, those that still serve while they terminate. */
function usableOf(endpoints: readonly KnownEndpoint[], fallsBack: boolean): Record<string, true> {
  const ready = endpoints.filter(({ isReady }) => isReady);
  const last = endpoints.filter(({ isServing, isTerminating }) => isServing && isTerminating);
  const chosen = ready.length > 0 || !fallsBack ? ready : last;
  return Object.fromEntries(chosen.map(({ target }): [string, true] => [target, true]));
}

/** kube-proxy: endpointslicecache.go addEndpoints. What a slice leaves open counts as ready and serving. */
function endpointsFor(
  { name = '', protocol = 'TCP' }: ServicePort,
  slices: readonly EndpointSlice[],
  node: string,
): readonly KnownEndpoint[] {
  return slices.flatMap(({ endpoints, ports, addressType }) => {
    const found = (ports ?? []).find(
      (one) => (one.name ?? '') === name && (one.protocol ?? 'TCP') === protocol,
    );
    if (!found?.port || (addressType !== undefined && addressType !== 'IPv4')) return [];
    return (endpoints ?? []).flatMap(({ addresses, conditions = {}, nodeName }) => {
      const [address] = addresses;
      if (address === undefined) return [];
      const { ready, serving, terminating } = conditions;
      return {
        target: `${address}:${found.port}`,
        isLocal: nodeName === node,
        isReady: ready ?? true,
        isServing: serving ?? true,
        isTerminating: terminating ?? false,
      };
    });
  });
}
