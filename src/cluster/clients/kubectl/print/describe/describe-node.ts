import { sortedKeys } from '../../../../objects/json.ts';
import type { CoreEvent, Lease, Node, Pod } from '../../../../objects/kubernetes.ts';
import { canonicalQuantity } from '../../../../objects/quantity.ts';
import { nodeRoles } from '../columns/cluster-columns.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { describeEvents } from './describe-events.ts';
import { nodeUsageLines } from './describe-node-usage.ts';
import {
  alignDescription,
  annotationLines,
  field,
  indented,
  type Lines,
  labelLines,
  taintLines,
  timeText,
} from './description.ts';

/** What `kubectl describe node` reads besides the node. */
export interface NodeSurroundings {
  readonly events: readonly CoreEvent[] | undefined;
  /** Those on the node that have not ended, in the order of namespace and name. */
  readonly pods: readonly Pod[];
  /** The node's lease, or the server's words for why there is none. */
  readonly lease: Lease | string;
}

/** Mirrors kubectl: describe.go describeNode, without the ResourceSlices of 1.36. */
export function describeNode(node: Node, around: NodeSurroundings, context: PrintContext): string {
  const { metadata, spec, status } = node;
  const { summary, table } = describeEvents(around.events, context);
  const lines = [
    field('Name', metadata.name),
    field('Roles', nodeRoles(node).join(',') || '<none>'),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    field('CreationTimestamp', timeText(metadata.creationTimestamp)),
    ...taintLines(spec?.taints),
    field('Unschedulable', spec?.unschedulable ?? false),
    ...leaseLines(around.lease),
    ...conditionLines(node),
    'Addresses:',
    ...indented(
      1,
      (status?.addresses ?? []).map(({ type, address }) => field(type, address)),
    ),
    ...amountLines('Capacity', status?.capacity),
    ...amountLines('Allocatable', status?.allocatable),
    ...systemLines(node, context),
    ...(spec?.podCIDR ? [field('PodCIDR', spec.podCIDR)] : []),
    ...(spec?.podCIDRs?.length ? [field('PodCIDRs', spec.podCIDRs.join(','))] : []),
    ...(spec?.providerID ? [field('ProviderID', spec.providerID)] : []),
    ...nodeUsageLines(node, around.pods, context),
    ...summary,
  ];
  return alignDescription(lines, table);
}

function leaseLines(lease: Lease | string): Lines {
  if (typeof lease === 'string') return [field('Lease', `Failed to get lease: ${lease}`)];
  const { holderIdentity, acquireTime, renewTime } = lease.spec ?? {};
  const time = (value: string | null | undefined) => (value ? timeText(value) : '<unset>');
  const lines = [
    field('HolderIdentity', holderIdentity ?? '<unset>'),
    field('AcquireTime', time(acquireTime)),
    field('RenewTime', time(renewTime)),
  ];
  return ['Lease:', ...indented(1, lines)];
}

function conditionLines({ status }: Node): Lines {
  const conditions = status?.conditions ?? [];
  if (conditions.length === 0) return [];
  const rows = conditions.map(
    ({ type, status: value, lastHeartbeatTime, lastTransitionTime, reason, message }) =>
      [
        type,
        value,
        timeText(lastHeartbeatTime),
        timeText(lastTransitionTime),
        reason ?? '',
        message ?? '',
      ].join(' \t'),
  );
  const head = [
    'Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage',
    '----\t------\t-----------------\t------------------\t------\t-------',
  ];
  return ['Conditions:', ...indented(1, [...head, ...rows])];
}

function amountLines(title: string, amounts: Readonly<Record<string, string>> = {}): Lines {
  const names = sortedKeys(amounts);
  if (names.length === 0) return [];
  return [`${title}:`, ...names.map((name) => `  ${field(name, canonicalQuantity(amounts[name] ?? ''))}`)];
}

function systemLines({ status }: Node, { version }: PrintContext): Lines {
  const info = status?.nodeInfo;
  const lines = [
    field('Machine ID', info?.machineID),
    field('System UUID', info?.systemUUID),
    field('Boot ID', info?.bootID),
    field('Kernel Version', info?.kernelVersion),
    field('OS Image', info?.osImage),
    field('Operating System', info?.operatingSystem),
    field('Architecture', info?.architecture),
    field('Container Runtime Version', info?.containerRuntimeVersion),
    field('Kubelet Version', info?.kubeletVersion),
    ...(printsSince(version, 'noKubeProxyVersion')
      ? []
      : [field('Kube-Proxy Version', info?.kubeProxyVersion)]),
  ];
  return ['System Info:', ...indented(1, lines)];
}
