import { compareText } from '../../../../objects/json.ts';
import type {
  EndpointSlice,
  EndpointSubset,
  Endpoints,
  Ingress,
  IngressClass,
  IPAddress,
  LoadBalancerIngress,
  NetworkPolicy,
  Service,
  ServiceCIDR,
  ServicePort,
} from '../../../../objects/kubernetes.ts';
import { formatLabels, formatSelector } from '../label-text.ts';
import { printsSince } from '../prints-since.ts';
import type { Column } from '../table/column.ts';
import { ageColumn, listWithMore, nameColumn } from './common-columns.ts';

// Mirrors kube-apiserver: printers/internalversion/printers.go.

export const serviceColumns: readonly Column<Service>[] = [
  nameColumn,
  { name: 'Type', cell: ({ spec }) => spec?.type },
  { name: 'Cluster-IP', cell: ({ spec }) => spec?.clusterIPs?.[0] ?? (spec?.clusterIP || '<none>') },
  { name: 'External-IP', cell: externalIp },
  { name: 'Port(s)', cell: ({ spec }) => (spec?.ports ?? []).map(portText).join(',') || '<none>' },
  ageColumn,
  { name: 'Selector', wide: true, cell: ({ spec }) => formatLabels(spec?.selector) },
];

export const endpointsColumns: readonly Column<Endpoints>[] = [
  nameColumn,
  { name: 'Endpoints', cell: ({ subsets = [] }) => endpointAddresses(subsets) },
  ageColumn,
];

export const endpointSliceColumns: readonly Column<EndpointSlice>[] = [
  nameColumn,
  { name: 'AddressType', cell: ({ addressType }) => addressType },
  {
    name: 'Ports',
    cell: ({ ports }) =>
      listWithMore(
        (ports ?? []).map(({ port, name }) => `${port ?? name ?? '*'}`),
        3,
      ) || '<unset>',
  },
  {
    name: 'Endpoints',
    cell: ({ endpoints }) =>
      listWithMore(
        (endpoints ?? []).flatMap(({ addresses }) => addresses),
        3,
      ) || '<unset>',
  },
  ageColumn,
];

export const ingressColumns: readonly Column<Ingress>[] = [
  nameColumn,
  { name: 'Class', cell: ({ spec }) => spec?.ingressClassName ?? '<none>' },
  { name: 'Hosts', cell: ingressHosts },
  { name: 'Address', cell: ({ status }) => loadBalancerAddresses(status?.loadBalancer?.ingress).join(',') },
  { name: 'Ports', cell: ({ spec }) => (spec?.tls?.length ? '80, 443' : '80') },
  ageColumn,
];

export const ingressClassColumns: readonly Column<IngressClass>[] = [
  {
    name: 'Name',
    names: true,
    cell: ({ metadata }, { version }) => {
      const isDefault = metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true';
      return isDefault && printsSince(version, 'defaultIngressClass')
        ? `${metadata.name} (default)`
        : metadata.name;
    },
  },
  { name: 'Controller', cell: ({ spec }) => spec?.controller },
  {
    name: 'Parameters',
    cell: ({ spec }) => {
      if (!spec?.parameters) return '<none>';
      const { kind, apiGroup, name } = spec.parameters;
      return apiGroup === undefined ? `${kind}/${name}` : `${kind}.${apiGroup}/${name}`;
    },
  },
  ageColumn,
];

export const networkPolicyColumns: readonly Column<NetworkPolicy>[] = [
  nameColumn,
  { name: 'Pod-Selector', cell: ({ spec }) => formatSelector(spec?.podSelector) },
  ageColumn,
];

export const serviceCidrColumns: readonly Column<ServiceCIDR>[] = [
  nameColumn,
  { name: 'CIDRs', cell: ({ spec }) => spec?.cidrs?.join(',') },
  ageColumn,
];

export const ipAddressColumns: readonly Column<IPAddress>[] = [
  nameColumn,
  {
    name: 'ParentRef',
    cell: ({ spec }) => {
      const { group, resource, namespace, name } = spec.parentRef;
      return [group ? `${resource}.${group}` : resource, ...(namespace ? [namespace] : []), name].join('/');
    },
  },
];

/** `80:30080/TCP`. */
function portText({ port, nodePort, protocol }: ServicePort): string {
  return nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`;
}

function externalIp({ spec, status }: Service): string {
  const external = spec?.externalIPs ?? [];
  switch (spec?.type) {
    case 'ClusterIP':
    case 'NodePort':
      return external.join(',') || '<none>';
    case 'LoadBalancer':
      return [...loadBalancerAddresses(status?.loadBalancer?.ingress), ...external].join(',') || '<pending>';
    case 'ExternalName':
      return spec.externalName ?? '';
    default:
      return '<unknown>';
  }
}

/** Sorted, each once. */
export function loadBalancerAddresses(ingress: readonly LoadBalancerIngress[] | undefined): string[] {
  const addresses = (ingress ?? [])
    .map(({ ip, hostname }) => ip || hostname || '')
    .filter((one) => one !== '');
  return [...new Set(addresses)].sort(compareText);
}

/** `10.0.0.1:80,10.0.0.2:80`; of a service without ports the bare addresses. */
function endpointAddresses(subsets: readonly EndpointSubset[]): string {
  if (subsets.length === 0) return '<none>';
  const addresses = subsets.flatMap(({ addresses: ready = [], ports = [] }) =>
    ports.length === 0
      ? ready.map(({ ip }) => ip)
      : ports.flatMap(({ port }) => ready.map(({ ip }) => joinHostPort(ip, port))),
  );
  return listWithMore(addresses, 3);
}

/** Mirrors Go's net.JoinHostPort. */
export function joinHostPort(host: string, port: number | string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The count of hidden ones is of rules, though only rules with a host are shown (formatHosts). */
function ingressHosts({ spec }: Ingress): string {
  const rules = spec?.rules ?? [];
  const hosts: string[] = [];
  let isMore = false;
  for (const { host } of rules) {
    if (hosts.length === 3) isMore = true;
    if (!isMore && host) hosts.push(host);
  }
  if (hosts.length === 0) return '*';
  return isMore ? `${hosts.join(',')} + ${rules.length - 3} more...` : hosts.join(',');
}
