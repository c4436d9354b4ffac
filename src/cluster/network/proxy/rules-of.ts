import type { ProxyRuleRow } from '../../contract/proxy-rows.ts';
import { derived } from '../../objects/derived.ts';
import { derivedOfEach } from '../../objects/derived-list.ts';
import type { Endpoint, EndpointSlice, Service, ServicePort } from '../../objects/kubernetes.ts';
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
  /** Where the node is, if that is known. */
  readonly zone?: string | undefined;
}

/**
 * The rules of a node for a service, by service port (kube-proxy: serviceport.go, topology.go
 * CategorizeEndpoints). Services without an address of their own have none.
 */
export function rulesOf(
  service: Service,
  slices: readonly EndpointSlice[],
  forNode: ForNode,
): ReadonlyMap<string, ProxyRule> {
  const { node, version } = forNode;
  if (isForeign(service)) return new Map();
  const known = rulesFound(service);
  const isSame = (one: Found) =>
    one.version === version &&
    (one.node === undefined || one.node === node) &&
    one.slices.length === slices.length &&
    one.slices.every((slice, index) => slice === slices[index]);
  const found = known.find(isSame);
  if (found) return found.rules;
  const rules = rulesFor(service, slices, forNode);
  const isOfNode = slices.some(hasHints) || [...rules.values()].some(({ local }) => local !== undefined);
  if (known.length >= KEPT) known.shift();
  known.push({ slices, version, rules, node: isOfNode ? node : undefined });
  return rules;
}

const hasHints = derived(({ endpoints }: EndpointSlice): boolean =>
  (endpoints ?? []).some(({ hints }) => hints !== undefined),
);

/** The rules that slices led to; those that keep no traffic on its node are the same on all of them. */
interface Found {
  readonly slices: readonly EndpointSlice[];
  readonly version: KubeVersion;
  readonly node: string | undefined;
  readonly rules: ReadonlyMap<string, ProxyRule>;
}

// Nodes see the slices a little one after another, and each looks more than once.
const KEPT = 4;
const rulesFound = derived((_service: Service): Found[] => []);

function rulesFor(
  service: Service,
  slices: readonly EndpointSlice[],
  forNode: ForNode,
): ReadonlyMap<string, ProxyRule> {
  const { node, version } = forNode;
  const zone = slices.some(hasHints) ? forNode.zone : undefined;
  const rules = new Map<string, ProxyRule>();
  const { namespace, name } = service.metadata;
  for (const port of service.spec?.ports ?? []) {
    const endpoints = slices.flatMap((slice) => endpointsIn(slice)(portKey(port)));
    const servicePort = `${namespace}/${name}${port.name ? `:${port.name}` : ''}`;
    rules.set(
      servicePort,
      ruleOf(service, port, { endpoints, node, zone, fallsBack: inVersion(FALLS_BACK, version) }),
    );
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
  readonly node: string;
  readonly zone: string | undefined;
  readonly fallsBack: boolean;
}

function ruleOf({ spec = {}, status }: Service, port: ServicePort, known: Endpoints): ProxyRule {
  const { protocol = 'TCP', nodePort } = port;
  const balancers = (status?.loadBalancer?.ingress ?? []).filter(({ ipMode = 'VIP' }) => ipMode === 'VIP');
  const balanced = balancers.flatMap(({ ip }) => (ip ? [ip] : []));
  const externalIps = [...(spec.externalIPs ?? []), ...balanced];
  const sources = spec.loadBalancerSourceRanges ?? [];
  const isExternal = nodePort !== undefined || externalIps.length > 0;
  const isInternalLocal = spec.internalTrafficPolicy === 'Local';
  const isExternalLocal = isExternal && spec.externalTrafficPolicy === 'Local';
  const seconds =
    spec.sessionAffinity === 'ClientIP' ? spec.sessionAffinityConfig?.clientIP?.timeoutSeconds : undefined;
  const { endpoints, node, zone, fallsBack } = known;
  const usable = usableOf(closeTo(endpoints, { node, zone }), fallsBack);
  const onNode = () => endpoints.filter(({ nodeName }) => nodeName === node);
  return {
    protocol,
    clusterIp: spec.clusterIP ?? '',
    port: port.port,
    ...(nodePort !== undefined && { nodePort }),
    ...(externalIps.length > 0 && { externalIps }),
    ...(balanced.length > 0 && sources.length > 0 && { guarded: { addresses: balanced, sources } }),
    ...(spec.healthCheckNodePort && { healthPort: spec.healthCheckNodePort }),
    ...(seconds !== undefined && { affinityMs: seconds * 1000 }),
    ...(isInternalLocal && { isInternalLocal }),
    ...(isExternalLocal && { isExternalLocal }),
    // Even with both policies Local, what comes from inside to a node's port may go anywhere.
    ...((!isInternalLocal || isExternal) && { cluster: usable }),
    ...((isInternalLocal || isExternalLocal) && {
      local: usableOf(onNode(), fallsBack),
    }),
    ...(Object.keys(usable).length > 0 && { isServed: true as const }),
  };
}

interface KnownEndpoint {
  /** `10.88.1.4:8080` */
  readonly target: string;
  readonly nodeName: string | undefined;
  readonly isReady: boolean;
  readonly isServing: boolean;
  readonly isTerminating: boolean;
  readonly hints: Endpoint['hints'];
}

/**
 * Where all that are ready say for whom they are, those for this node, else those for its zone; all where
 * there is none (kube-proxy: topology.go topologyModeFromHints).
 */
function closeTo(
  endpoints: readonly KnownEndpoint[],
  { node, zone }: Pick<Endpoints, 'node' | 'zone'>,
): readonly KnownEndpoint[] {
  const ready = endpoints.filter(({ isReady }) => isReady);
  if (ready.length === 0 || ready.every(({ hints }) => hints === undefined)) return endpoints;
  const nodeHints = ready.map(({ hints }) => (hints?.forNodes ?? []).map(({ name }) => name));
  const zoneHints = ready.map(({ hints }) => (hints?.forZones ?? []).map(({ name }) => name));
  for (const [all, own] of [
    [nodeHints, node],
    [zoneHints, zone],
  ] as const) {
    if (own === undefined || all.some(({ length }) => length === 0)) continue;
    const near = ready.filter((_, index) => all[index]?.includes(own));
    if (near.length > 0) return near;
  }
  return endpoints;
}

/** Endpoints that are ready; if there is none, those that still serve while they terminate. */
function usableOf(endpoints: readonly KnownEndpoint[], fallsBack: boolean): Record<string, true> {
  const isChosen =
    !fallsBack || endpoints.some(({ isReady }) => isReady)
      ? ({ isReady }: KnownEndpoint) => isReady
      : ({ isServing, isTerminating }: KnownEndpoint) => isServing && isTerminating;
  const chosen: Record<string, true> = {};
  for (const endpoint of endpoints) if (isChosen(endpoint)) chosen[endpoint.target] = true;
  return chosen;
}

/** By which a service's port and that of a slice find each other. */
function portKey({ name = '', protocol = 'TCP' }: Pick<ServicePort, 'name' | 'protocol'>): string {
  return `${protocol} ${name}`;
}

/** kube-proxy: endpointslicecache.go addEndpoints. What a slice leaves open counts as ready and serving. */
const endpointsIn = derived(({ endpoints, ports, addressType }: EndpointSlice) => {
  const byPort = new Map<string, readonly KnownEndpoint[]>();
  return (key: string): readonly KnownEndpoint[] => {
    const known = byPort.get(key);
    if (known) return known;
    const port = (ports ?? []).find((one) => portKey(one) === key)?.port;
    const isUsed = port && (addressType === undefined || addressType === 'IPv4');
    const found = isUsed ? knownEndpoints(port)(endpoints ?? []).filter((one) => one !== undefined) : [];
    byPort.set(key, found);
    return found;
  };
});

/** Nearly all endpoints are as they were in the slice before. */
function knownEndpoints(
  port: number,
): (endpoints: readonly Endpoint[]) => readonly (KnownEndpoint | undefined)[] {
  let known = knownByPort.get(port);
  if (!known) {
    known = derivedOfEach((endpoint: Endpoint) => knownEndpoint(endpoint, port));
    knownByPort.set(port, known);
  }
  return known;
}

const knownByPort = new Map<number, ReturnType<typeof knownEndpoints>>();

function knownEndpoint(
  { addresses, conditions = {}, nodeName, hints }: Endpoint,
  port: number,
): KnownEndpoint | undefined {
  const [address] = addresses;
  if (address === undefined) return undefined;
  const { ready, serving, terminating } = conditions;
  return {
    target: `${address}:${port}`,
    nodeName,
    isReady: ready ?? true,
    isServing: serving ?? true,
    isTerminating: terminating ?? false,
    hints,
  };
}
