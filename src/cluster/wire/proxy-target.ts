import { granted, type Outcome } from '../apiserver/call.ts';
import { badRequest, notFound } from '../apiserver/refusal.ts';
import type { HttpRequest } from '../contract/network-request.ts';
import type { Refused } from '../contract/response.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { quoteGo } from '../objects/go-json.ts';
import type { Endpoints, Node, Pod, Service } from '../objects/kubernetes.ts';
import { reachedNode } from './exec-target.ts';
import type { HttpCall } from './http-call.ts';
import type { ConnectCall } from './pod-log.ts';
import type { WireServer } from './wire-server.ts';

/** Where a request that is passed on goes to, and from which machine. */
export interface ProxyTarget {
  readonly node: string;
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
}

/** What a request is passed on to: something that listens, or the kubelet of a node. */
export type Proxied = ProxyTarget | { readonly kubelet: string };

/** `[scheme:]name[:port]` (apimachinery: util/net SplitSchemeNamePort). */
interface Named {
  readonly isSecure: boolean;
  readonly name: string;
  readonly port: string;
}

const KUBELET_PORT = '10250';

/** Whom a proxy of a pod, a service or a node passes requests on to (registry/core: ResourceLocation). */
export function proxyTarget(server: WireServer, call: ConnectCall): Outcome<Proxied> {
  const { plural } = call.resource;
  const named = splitName(call.place.name ?? '');
  if (named === undefined)
    return badRequest(`invalid ${plural.slice(0, -1)} request ${quoteGo(call.place.name ?? '')}`);
  if (plural === 'pods') return ofPod(server, call, named);
  return plural === 'services' ? ofService(server, call, named) : ofNode(server, call, named);
}

function splitName(text: string): Named | undefined {
  const parts = text.split(':');
  const [first = '', second = '', third = ''] = parts;
  if (parts.length > 3 || (parts.length === 3 && !['http', 'https', ''].includes(first))) return undefined;
  const named =
    parts.length === 3
      ? { isSecure: first === 'https', name: second, port: third }
      : { isSecure: false, name: first, port: second };
  return named.name === '' ? undefined : named;
}

function ofPod(
  { view, settings }: WireServer,
  call: ConnectCall,
  { name, port, isSecure }: Named,
): Outcome<Proxied> {
  const pod = view.objects.get<Pod>('pods', call.place.namespace ?? '', name);
  if (!pod) return notFound(call.resource, name);
  const host = pod.status?.podIP ?? '';
  if (host === '') return badRequest('address not allowed');
  const own = pod.spec.containers.flatMap(({ ports = [] }) => ports)[0]?.containerPort;
  const wanted = port === '' ? (own ?? 80) : Number(port);
  if (!Number.isInteger(wanted)) return unreachable(`dial tcp: lookup tcp/${port}: unknown port`);
  return granted({ node: askingNode(settings, pod.spec.nodeName), host, port: wanted, isSecure });
}

function ofService(
  { view, settings }: WireServer,
  call: ConnectCall,
  { name, port, isSecure }: Named,
): Outcome<Proxied> {
  const { namespace = '' } = call.place;
  const service = view.objects.get<Service>('services', namespace, name);
  const isNumber = /^\d+$/.test(port);
  if (isNumber && !service) return notFound(call.resource, name);
  const meant = service?.spec?.ports?.find((each) => each.port === Number(port));
  if (isNumber && !meant) return unavailable(`no service port ${port} found for service ${quoteGo(name)}`);
  const portName = isNumber ? (meant?.name ?? '') : port;
  const endpoints = view.objects.get<Endpoints>('endpoints', namespace, name);
  if (!endpoints) return notFound(call.resource, name);
  for (const { addresses = [], ports = [] } of endpoints.subsets ?? []) {
    const [address] = addresses;
    const found = ports.find((each) => (each.name ?? '') === portName);
    if (!address || !found) continue;
    const node = askingNode(settings, address.nodeName);
    return granted({ node, host: address.ip, port: found.port, isSecure });
  }
  return unavailable(`no endpoints available for service ${quoteGo(name)}`);
}

function ofNode(server: WireServer, call: ConnectCall, { name, port, isSecure }: Named): Outcome<Proxied> {
  const node = server.view.objects.get<Node>('nodes', undefined, name);
  if (!node) return notFound(call.resource, name);
  const host = node.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '';
  if (port === '' || port === KUBELET_PORT) {
    const reached = reachedNode(server, {
      metadata: {},
      spec: { nodeName: name, containers: [] },
    } as unknown as Pod);
    return reached.ok
      ? granted({ kubelet: name })
      : unreachable(reached.status.message.replace(/^.*dialing backend: /, ''));
  }
  return granted({ node: askingNode(server.settings, name), host, port: Number(port), isSecure });
}

/** The machine of an API server; one that runs elsewhere has a way in to each node. */
function askingNode({ nodes }: ClusterSettings, there = ''): string {
  return (nodes.find(({ controlPlane }) => controlPlane)?.name ?? there) || (nodes[0]?.name ?? '');
}

/** apimachinery: util/proxy/transport.go RoundTrip. */
export function unreachable(why: string): Refused {
  return unavailable(`error trying to reach service: ${why}`);
}

function unavailable(message: string): Refused {
  return { ok: false, status: { code: 503, reason: 'ServiceUnavailable', message } };
}

/** Headers that are between a client and the API server (httputil.ReverseProxy; what it is known by). */
const OWN: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** A request as it is passed on. */
export function passedOn(call: HttpCall, { host, port, isSecure }: ProxyTarget, prefix: string): HttpRequest {
  const headers: Record<string, string> = { host: `${host}:${port}` };
  for (const [name, values] of Object.entries(call.headers))
    if (!OWN.has(name)) headers[name] = values.join(', ');
  const path = call.path.slice(prefix.length) || '/';
  return {
    protocol: 'http',
    ...(isSecure && { secure: true as const }),
    method: call.method,
    host,
    port,
    path: call.query === '' ? path : `${path}?${call.query}`,
    headers,
    ...(call.body !== '' && { body: call.body }),
  };
}

/** The part of a path up to the proxy, which is not passed on. */
export function proxyPrefix(path: string): string {
  return /^.*?\/(?:pods|services|nodes)\/[^/]+\/proxy/.exec(path)?.[0] ?? path;
}
