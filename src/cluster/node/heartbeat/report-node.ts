import { MINUTE, type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Reaction, View, Wake } from '../../contract/component.ts';
import type { KubeletRow } from '../../contract/kubelet-row.ts';
import type { MachineRow } from '../../contract/machine-rows.ts';
import { findCondition } from '../../objects/conditions.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { Node, NodeStatus } from '../../objects/kubernetes.ts';
import { formatKubeVersion, inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';
import { kubeletVersion, serviceState } from '../../world/installs.ts';
import { firstTick, gridOf } from '../clock.ts';
import { bootIdOf, proxyVersion } from '../node-object.ts';
import { devicesInUse } from '../volumes/devices-in-use.ts';
import { changesOf, conditionsNow, networkReadyAt, runtimeDownAt } from './node-conditions.ts';
import { tellNode, tellState } from './tell-node.ts';

/** A node's status is told this often if nothing changes. Kubelet: nodeStatusReportFrequency. */
export const REPORT_MS = 5 * MINUTE;
/** So often a kubelet looks whether something has changed. Kubelet: nodeStatusUpdateFrequency. */
const LOOK_MS = 10 * SECOND;

/** The first request after a silence waits in vain for so long on a connection that is no more. */
const DEAD_CONNECTION_MS = 10 * SECOND;

/**
 * A kubelet that compares with its own cache of its node, which is as old as the silence, tells only that it
 * is there: what became of its node it learns with the third look (recorded in 1.36, d; not in 1.20).
 */
const CACHE_LAGS_MS: Since<Millis> = [
  [20, 0],
  [31, 20 * SECOND],
];

/** Tells the API server how the node is. Kubelet: kubelet_node_status.go. */
export function* reportNode(view: View, node: string, now: Millis): Reaction {
  const machine = view.rows.row('machines', node);
  if (!machine?.kubelet.running) return;
  const got = yield { verb: 'get', resource: 'nodes', name: node };
  if (!got.ok) return;
  const { status = {}, spec } = got.object as Node;
  const before = status.conditions ?? [];
  const time = formatRfc3339(view.settings.epochMs + now);
  const target = { resource: 'nodes', subresource: 'status', name: node, patchType: 'merge' } as const;
  if (isStale(view.settings.version, machine.kubelet, now)) {
    const conditions = before.map((condition) => ({ ...condition, lastHeartbeatTime: time }));
    yield { verb: 'patch', ...target, patch: { status: { conditions } } };
    return;
  }
  yield* noticeReboot(view, machine, { status, now });
  const conditions = conditionsNow(view, machine, { before, time, now });
  for (const reason of changesOf(before, conditions)) yield* tellState(view, node, reason, now);
  yield* noticeCordon(view, machine, { isCordoned: spec?.unschedulable === true, now });
  const patch = { status: { conditions, ...newsOf(view, machine, status) } };
  yield { verb: 'patch', ...target, patch };
}

/** Of what changes seldom. */
function newsOf(view: View, { node, boots = 0 }: MachineRow, status: NodeStatus): NodeStatus {
  const { rows, chance, settings } = view;
  const images = bySize(
    rows.rowsBy('images', 'node', node).map(({ names, sizeBytes }) => ({ names: [...names], sizeBytes })),
  );
  const bootID = bootIdOf(chance, node, boots);
  const { nodeInfo } = status;
  const version = kubeletVersion(rows, settings, node);
  const versions = { kubeletVersion: formatKubeVersion(version), kubeProxyVersion: proxyVersion(version) };
  const volumesInUse = devicesInUse(view, node);
  return {
    ...(!isEqualJson(volumesInUse, status.volumesInUse ?? []) && { volumesInUse: [...volumesInUse] }),
    ...(!isEqualJson(images, bySize(status.images ?? [])) && { images }),
    ...(nodeInfo &&
      !isEqualJson(nodeInfo, { ...nodeInfo, bootID, ...versions }) && {
        nodeInfo: { ...nodeInfo, bootID, ...versions },
      }),
  };
}

/** Kubelet: nodestatus/setters.go Images, largest first. */
function bySize<Image extends { readonly sizeBytes?: number }>(images: readonly Image[]): Image[] {
  return [...images].sort((a, b) => (b.sizeBytes ?? 0) - (a.sizeBytes ?? 0));
}

/** Kubelet: nodestatus/setters.go MachineInfo. */
function* noticeReboot(
  view: View,
  { node, boots = 0 }: MachineRow,
  { status, now }: { readonly status: NodeStatus; readonly now: Millis },
): Reaction {
  const bootId = bootIdOf(view.chance, node, boots);
  if (!status.nodeInfo || status.nodeInfo.bootID === bootId) return;
  const message = `Node ${node} has been rebooted, boot id: ${bootId}`;
  yield* tellNode(view, node, { type: 'Warning', reason: 'Rebooted', message, now });
}

/** Kubelet: kubelet_node_status.go recordNodeSchedulableEvent. */
function* noticeCordon(
  view: View,
  { node, kubelet }: MachineRow,
  { isCordoned, now }: { readonly isCordoned: boolean; readonly now: Millis },
): Reaction {
  if (isCordoned === (kubelet.unschedulable ?? false)) return;
  yield { type: 'CordonNoticed', node, unschedulable: isCordoned };
  yield* tellState(view, node, isCordoned ? 'NodeNotSchedulable' : 'NodeSchedulable', now);
}

function isStale(version: KubeVersion, { backSince, refused }: KubeletRow, now: Millis): boolean {
  if (refused) return false;
  const lag = inVersion(CACHE_LAGS_MS, version);
  return backSince !== undefined && now < backSince + DEAD_CONNECTION_MS + lag;
}

/** When the node is reported next: regularly, and when the kubelet sees that something has changed. */
export function reportWake(view: View, machine: MachineRow, from: Millis): Wake {
  const { kubelet } = machine;
  const regular = gridOf(view.chance, machine, { purpose: 'report phase', period: REPORT_MS });
  const times = [firstTick(regular, from)];
  const looks = gridOf(view.chance, machine, { purpose: 'status phase', period: LOOK_MS });
  for (const at of [networkReadyAt(view, machine), runtimeDownAt(view, machine)])
    if (at !== undefined && Number.isFinite(at)) times.push(firstTick(looks, at));
  if (isNews(view, machine, from)) times.push(firstTick(looks, from));
  if (kubelet.backSince !== undefined && !kubelet.refused) {
    const alive = kubelet.backSince + DEAD_CONNECTION_MS;
    times.push(alive, alive + inVersion(CACHE_LAGS_MS, view.settings.version));
  }
  let first = Number.POSITIVE_INFINITY;
  for (const at of times) if (at >= from && at < first) first = at;
  return { at: first, cause: null };
}

/** Whether anything is otherwise now than the node was last said to be. */
function isNews(view: View, machine: MachineRow, now: Millis): boolean {
  return (
    isRuntimeNews(view, machine) ||
    isUnknownNews(view, machine, now) ||
    isCordonNews(view, machine) ||
    isShortageNews(view, machine) ||
    isVolumeNews(view, machine)
  );
}

function isVolumeNews(view: View, { node }: MachineRow): boolean {
  const known = view.objects.get<Node>('nodes', undefined, node);
  return known !== undefined && !isEqualJson(devicesInUse(view, node), known.status?.volumesInUse ?? []);
}

/** Whether what the node was last said to be is not so any more. */
function isShortageNews({ objects }: View, { node, memoryShort, diskShort }: MachineRow): boolean {
  const known = objects.get<Node>('nodes', undefined, node)?.status?.conditions;
  const isNews = (type: string, isShort: boolean): boolean => {
    const told = findCondition(known, type)?.status;
    return (told === 'True' && !isShort) || (told === 'False' && isShort);
  };
  return (
    isNews('MemoryPressure', memoryShort !== undefined) || isNews('DiskPressure', diskShort !== undefined)
  );
}

/** The runtime answers again, and the node is still said not to be ready because it did not. */
function isRuntimeNews({ objects, rows }: View, { node }: MachineRow): boolean {
  if (serviceState(rows, { node, service: 'containerd' })?.runs !== true) return false;
  const known = objects.get<Node>('nodes', undefined, node);
  return findCondition(known?.status?.conditions, 'Ready')?.message === 'container runtime is down';
}

/** Its node is held to be silent, although it is there. One that was silent learns it in its own time. */
function isUnknownNews({ objects, settings }: View, { node, kubelet }: MachineRow, now: Millis): boolean {
  if (isStale(settings.version, kubelet, now)) return false;
  const known = objects.get<Node>('nodes', undefined, node);
  return known !== undefined && isGivenUp(known);
}

/** Whether nobody knows any more how a node is. */
export function isGivenUp({ status }: Node): boolean {
  return findCondition(status?.conditions, 'Ready')?.status === 'Unknown';
}

function isCordonNews({ objects }: View, { node, kubelet }: MachineRow): boolean {
  const known = objects.get<Node>('nodes', undefined, node);
  return known !== undefined && (known.spec?.unschedulable ?? false) !== (kubelet.unschedulable ?? false);
}
