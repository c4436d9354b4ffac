import type { View } from '../../contract/component.ts';
import type { Ingress, Service } from '../../objects/kubernetes.ts';
import { isAddress } from '../addresses.ts';
import { GATEWAYS, type Gateway, type HttpRoute, ROUTES } from '../web/gateway/gateway-objects.ts';

const PUBLISHED = 'external-dns.alpha.kubernetes.io/hostname';
/** Names that say their address themselves: `shop.203.0.113.10.nip.io`. */
const SELF_TELLING = /(?:^|[.-])(\d{1,3}(?:[.-]\d{1,3}){3})\.(?:nip|sslip)\.io$/;

/**
 * What a name stands for outside of the cluster: a machine, or what somebody has published. Hosts of
 * Ingresses that have an address are, as where external-dns runs.
 */
export function outsideAddresses({ objects, rows }: View, host: string): readonly string[] {
  const name = host.toLowerCase().replace(/\.$/, '');
  const machine = rows.row('machines', name);
  if (machine) return [machine.ip];
  const own = SELF_TELLING.exec(name)?.[1]?.replaceAll('-', '.');
  if (own !== undefined) return [own];
  for (const { spec, status } of objects.list<Ingress>('ingresses.networking.k8s.io')) {
    const found = addressesIn(status?.loadBalancer?.ingress);
    if (found.length > 0 && (spec?.rules ?? []).some((rule) => isNamed(rule.host ?? '', name))) return found;
  }
  for (const { metadata, spec } of objects.list<HttpRoute>(ROUTES)) {
    if (!(spec?.hostnames ?? []).some((pattern) => isNamed(pattern, name))) continue;
    for (const { name: parent, namespace = metadata.namespace } of spec?.parentRefs ?? []) {
      const gateway = objects.get<Gateway>(GATEWAYS, namespace, parent);
      const found = (gateway?.status?.addresses ?? []).map(({ value }) => value).filter(isAddress);
      if (found.length > 0) return found;
    }
  }
  for (const { metadata, status } of objects.list<Service>('services')) {
    const names = (metadata.annotations?.[PUBLISHED] ?? '').split(',').map((one) => one.trim());
    const found = addressesIn(status?.loadBalancer?.ingress);
    if (found.length > 0 && names.includes(name)) return found;
  }
  return [];
}

function addressesIn(points: readonly { readonly ip?: string }[] = []): readonly string[] {
  return points.flatMap(({ ip }) => (ip !== undefined && isAddress(ip) ? [ip] : []));
}

/** `*.example.com` is for all that stands directly below it. */
function isNamed(pattern: string, name: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === name;
  return name.slice(name.indexOf('.')) === pattern.slice(1);
}
