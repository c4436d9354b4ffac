import type { Pod } from './kubernetes.ts';

/** Of a cluster as kubeadm makes it. */
export const CLUSTER_DOMAIN = 'cluster.local';
export const CLUSTER_DNS = '10.96.0.10';

/** What stands in a pod's `/etc/resolv.conf`. */
export interface Resolver {
  readonly servers: readonly string[];
  readonly searches: readonly string[];
  /** `ndots:5` */
  readonly options: readonly string[];
}

/** Kubelet: network/dns/dns.go. */
export function resolverOf({ spec, metadata }: Pod): Resolver {
  const { dnsPolicy = 'ClusterFirst', dnsConfig = {}, hostNetwork } = spec;
  const isCluster = dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && !hostNetwork);
  const base: Resolver = isCluster
    ? {
        servers: [CLUSTER_DNS],
        searches: [`${metadata.namespace}.svc.${CLUSTER_DOMAIN}`, `svc.${CLUSTER_DOMAIN}`, CLUSTER_DOMAIN],
        options: ['ndots:5'],
      }
    : { servers: [], searches: [], options: [] };
  return {
    servers: [...base.servers, ...(dnsConfig.nameservers ?? [])],
    searches: [...base.searches, ...(dnsConfig.searches ?? [])],
    options: [
      ...base.options.filter(
        (option) => !dnsConfig.options?.some(({ name }) => option.startsWith(`${name}:`)),
      ),
      ...(dnsConfig.options ?? []).map(({ name = '', value }) =>
        value === undefined ? name : `${name}:${value}`,
      ),
    ],
  };
}

/** The names that a resolver asks for, one after the other, until one is known (resolv.conf(5)). */
export function candidatesOf({ searches, options }: Resolver, host: string): readonly string[] {
  if (host.endsWith('.')) return [host];
  const searched = searches.map((domain) => `${host}.${domain}`);
  const ndots = Number(options.find((option) => option.startsWith('ndots:'))?.slice(6) ?? 1);
  return host.split('.').length - 1 >= ndots ? [host, ...searched] : [...searched, host];
}

/** A resolver out of the text of a `/etc/resolv.conf`. */
export function readResolver(text: string): Resolver {
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/));
  const valuesOf = (word: string): string[] =>
    lines.flatMap(([key, ...values]) => (key === word ? values : []));
  return { servers: valuesOf('nameserver'), searches: valuesOf('search'), options: valuesOf('options') };
}

/** The name that a pod's programs see as the machine's. */
export function hostnameOf({ spec, metadata }: Pod, node: string): string {
  if (spec.hostNetwork) return node;
  return spec.hostname ?? (metadata.name ?? '').slice(0, 63);
}

/** An address and its names, as in `/etc/hosts`. */
export interface HostsLine {
  readonly ip: string;
  readonly names: readonly string[];
}

/**
 * What stands of the pod itself in its `/etc/hosts`: its own address, and its hostAliases. Kubelet:
 * kubelet_pods.go.
 */
export function ownHosts(
  { spec, metadata }: Pod,
  { hostname, ip }: { readonly hostname: string; readonly ip?: string },
): readonly HostsLine[] {
  const { subdomain, hostNetwork } = spec;
  if (ip === undefined || hostNetwork) return [];
  const full = `${hostname}.${subdomain}.${metadata.namespace}.svc.${CLUSTER_DOMAIN}`;
  return [{ ip, names: subdomain === undefined ? [hostname] : [full, hostname] }];
}

export function aliasHosts({ spec }: Pod): readonly HostsLine[] {
  return (spec.hostAliases ?? []).map(({ ip, hostnames = [] }) => ({ ip, names: hostnames }));
}
