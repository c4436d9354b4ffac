import { compareText, sortedKeys } from '../../../../objects/json.ts';
import type {
  CertificateSigningRequest,
  ComponentStatus,
  ConfigMap,
  Lease,
  Namespace,
  Node,
  ResourceQuota,
  RuntimeClass,
  Secret,
  ServiceAccount,
} from '../../../../objects/kubernetes.ts';
import { humanDuration } from '../age.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import type { Column } from '../table/column.ts';
import { ageColumn, nameColumn } from './common-columns.ts';

// Mirrors kube-apiserver: printers/internalversion/printers.go.

export const nodeColumns: readonly Column<Node>[] = [
  nameColumn,
  { name: 'Status', cell: nodeStatus },
  { name: 'Roles', cell: (node) => nodeRoles(node).join(',') || '<none>' },
  ageColumn,
  { name: 'Version', cell: ({ status }) => status?.nodeInfo?.kubeletVersion },
  { name: 'Internal-IP', wide: true, cell: (node) => addressOf(node, 'InternalIP') },
  { name: 'External-IP', wide: true, cell: (node) => addressOf(node, 'ExternalIP') },
  { name: 'OS-Image', wide: true, cell: ({ status }) => status?.nodeInfo?.osImage || '<unknown>' },
  { name: 'Kernel-Version', wide: true, cell: kernelVersion },
  {
    name: 'Container-Runtime',
    wide: true,
    cell: ({ status }) => status?.nodeInfo?.containerRuntimeVersion || '<unknown>',
  },
];

export const namespaceColumns: readonly Column<Namespace>[] = [
  nameColumn,
  { name: 'Status', cell: ({ status }) => status?.phase },
  ageColumn,
];

export const configMapColumns: readonly Column<ConfigMap>[] = [
  nameColumn,
  { name: 'Data', cell: ({ data, binaryData }) => countOf(data) + countOf(binaryData) },
  ageColumn,
];

export const secretColumns: readonly Column<Secret>[] = [
  nameColumn,
  { name: 'Type', cell: ({ type }) => type },
  { name: 'Data', cell: ({ data }) => countOf(data) },
  ageColumn,
];

export const serviceAccountColumns: readonly Column<ServiceAccount>[] = [
  nameColumn,
  { name: 'Secrets', until: 35, cell: ({ secrets }) => secrets?.length ?? 0 },
  ageColumn,
];

export const leaseColumns: readonly Column<Lease>[] = [
  nameColumn,
  { name: 'Holder', cell: ({ spec }) => spec?.holderIdentity ?? '' },
  ageColumn,
];

export const resourceQuotaColumns: readonly Column<ResourceQuota>[] = [
  nameColumn,
  { ...ageColumn, until: 33 },
  { name: 'Request', cell: (quota) => quotaUse(quota, (name) => !isLimit(name)) },
  { name: 'Limit', cell: (quota) => quotaUse(quota, isLimit) },
  { ...ageColumn, since: 33 },
];

export const runtimeClassColumns: readonly Column<RuntimeClass>[] = [
  nameColumn,
  { name: 'Handler', cell: ({ handler }) => handler },
  ageColumn,
];

export const componentStatusColumns: readonly Column<ComponentStatus>[] = [
  nameColumn,
  {
    name: 'Status',
    cell: (component) => ({ True: 'Healthy' })[healthOf(component)?.status ?? ''] ?? unhealthy(component),
  },
  { name: 'Message', cell: (component) => healthOf(component)?.message ?? '' },
  { name: 'Error', cell: (component) => healthOf(component)?.error ?? '' },
];

export const certificateSigningRequestColumns: readonly Column<CertificateSigningRequest>[] = [
  nameColumn,
  ageColumn,
  { name: 'SignerName', cell: ({ spec }) => spec.signerName || '<none>' },
  { name: 'Requestor', cell: ({ spec }) => spec.username ?? '' },
  {
    name: 'RequestedDuration',
    since: 22,
    cell: ({ spec }) =>
      spec.expirationSeconds === undefined ? '<none>' : humanDuration(spec.expirationSeconds * 1000),
  },
  { name: 'Condition', cell: requestStatus },
];

function countOf(entries: object | undefined): number {
  return Object.keys(entries ?? {}).length;
}

/** The roles that a node's labels give it, sorted. */
export function nodeRoles({ metadata }: Node): string[] {
  const roles = new Set<string>();
  for (const key of sortedKeys(metadata.labels ?? {})) {
    const value = metadata.labels?.[key] ?? '';
    if (key.startsWith('node-role.kubernetes.io/')) roles.add(key.slice('node-role.kubernetes.io/'.length));
    else if (key === 'kubernetes.io/role') roles.add(value);
  }
  roles.delete('');
  return [...roles].sort(compareText);
}

/** A node whose kubelet is not heard of (Unknown) is NotReady too; `Unknown` is one that never reported. */
function nodeStatus({ spec, status }: Node): string {
  const ready = status?.conditions?.findLast(({ type }) => type === 'Ready');
  const readiness = ready?.status === 'True' ? 'Ready' : 'NotReady';
  return (ready ? readiness : 'Unknown') + (spec?.unschedulable ? ',SchedulingDisabled' : '');
}

function addressOf({ status }: Node, kind: string): string {
  return status?.addresses?.find(({ type }) => type === kind)?.address ?? '<none>';
}

function kernelVersion({ status }: Node, { version }: PrintContext): string {
  const kernel = status?.nodeInfo?.kernelVersion || '<unknown>';
  const architecture = status?.nodeInfo?.architecture;
  return architecture && printsSince(version, 'kernelArchitecture') ? `${kernel} (${architecture})` : kernel;
}

function isLimit(resource: string): boolean {
  return resource.startsWith('limits.');
}

/** `cpu: 1/2, pods: 1/10`. */
function quotaUse({ status }: ResourceQuota, isShown: (resource: string) => boolean): string {
  return sortedKeys(status?.hard ?? {})
    .filter(isShown)
    .map((name) => `${name}: ${status?.used?.[name] ?? '0'}/${status?.hard?.[name]}`)
    .join(', ');
}

function healthOf({ conditions }: ComponentStatus) {
  return conditions?.find(({ type }) => type === 'Healthy');
}

function unhealthy(component: ComponentStatus): string {
  return healthOf(component) ? 'Unhealthy' : 'Unknown';
}

export function requestStatus({ status }: CertificateSigningRequest): string {
  const has = (condition: string) => status?.conditions?.some(({ type }) => type === condition) ?? false;
  const verdict = has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending';
  return verdict + (has('Failed') ? ',Failed' : '') + (status?.certificate ? ',Issued' : '');
}
