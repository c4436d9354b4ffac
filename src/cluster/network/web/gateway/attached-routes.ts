import type { ObjectReader } from '../../../contract/reader.ts';
import { compareText } from '../../../objects/json.ts';
import type { Namespace } from '../../../objects/kubernetes.ts';
import { type Gateway, type HttpRoute, type Listener, ROUTES } from './gateway-objects.ts';

/** The routes that name a listener of a gateway, and that it lets in: the oldest first. */
export function attachedRoutes(
  objects: ObjectReader,
  gateway: Gateway,
  listener: Listener,
): readonly HttpRoute[] {
  return objects
    .list<HttpRoute>(ROUTES)
    .filter((route) => names(route, gateway, listener) && isAllowed(objects, { route, gateway, listener }))
    .filter((route) => hostsOf(route, listener).length > 0)
    .toSorted(
      (a, b) =>
        compareText(String(a.metadata.creationTimestamp), String(b.metadata.creationTimestamp)) ||
        compareText(nameOf(a), nameOf(b)),
    );
}

export function nameOf({ metadata }: HttpRoute | Gateway): string {
  return `${metadata.namespace}/${metadata.name}`;
}

function names({ metadata, spec }: HttpRoute, gateway: Gateway, listener: Listener): boolean {
  return (spec?.parentRefs ?? []).some(
    ({ kind = 'Gateway', name, namespace = metadata.namespace, sectionName, port }) =>
      kind === 'Gateway' &&
      name === gateway.metadata.name &&
      namespace === gateway.metadata.namespace &&
      (sectionName ?? listener.name) === listener.name &&
      (port ?? listener.port) === listener.port,
  );
}

interface Attaching {
  readonly route: HttpRoute;
  readonly gateway: Gateway;
  readonly listener: Listener;
}

function isAllowed(objects: ObjectReader, { route, gateway, listener }: Attaching): boolean {
  const { from = 'Same', selector } = listener.allowedRoutes?.namespaces ?? {};
  const { namespace = '' } = route.metadata;
  if (from === 'All') return true;
  if (from === 'Same') return namespace === gateway.metadata.namespace;
  if (from !== 'Selector') return false;
  const labels = objects.get<Namespace>('namespaces', undefined, namespace)?.metadata.labels ?? {};
  return Object.entries(selector?.matchLabels ?? {}).every(([name, value]) => labels[name] === value);
}

/** The hosts that both of them mean, of two that overlap the narrower one; `` for all. */
export function hostsOf({ spec }: HttpRoute, { hostname }: Listener): readonly string[] {
  const own = spec?.hostnames ?? [];
  if (own.length === 0) return [hostname ?? ''];
  if (hostname === undefined || hostname === '') return own;
  return own.flatMap((name) => {
    if (lies(name, hostname)) return [name];
    return lies(hostname, name) ? [hostname] : [];
  });
}

function lies(name: string, pattern: string): boolean {
  if (name === pattern) return true;
  return pattern.startsWith('*.') && name.endsWith(pattern.slice(1));
}
