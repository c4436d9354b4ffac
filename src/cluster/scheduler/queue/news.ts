import type { Change } from '../../contract/api-event.ts';
import { DEVICE_CLAIMS, DEVICE_CLASSES, DEVICE_SLICES } from '../../objects/devices/device-claims.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type {
  DynamicResourceClaim,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
} from '../../objects/kubernetes.ts';
import { isTerminal } from '../../objects/pod-phase.ts';
import { requestsOf } from '../nodes/resource-amounts.ts';

/** Something that happened to a node, or to a pod that has one, and may let other pods find a node. */
export type News =
  | { readonly kind: 'NodeAdded'; readonly node: Node }
  | { readonly kind: NodeUpdate; readonly node: Node; readonly before: Node }
  | { readonly kind: 'ClaimChanged'; readonly claim: PersistentVolumeClaim }
  | { readonly kind: 'VolumeAdded' }
  | { readonly kind: 'ClassChanged'; readonly name: string }
  | {
      readonly kind: 'DeviceClaimChanged';
      readonly claim: DynamicResourceClaim;
      readonly before: DynamicResourceClaim | undefined;
    }
  /** Devices, or a class of them. */
  | { readonly kind: 'DevicesChanged' }
  | { readonly kind: 'PodAdded' | 'PodDeleted'; readonly pod: Pod }
  | { readonly kind: PodUpdate; readonly pod: Pod; readonly before: Pod };

export type NodeUpdate = 'NodeAllocatable' | 'NodeLabels' | 'NodeTaints';
export type PodUpdate = 'PodLabels' | 'PodScaledDown';

interface NewsOf extends Pick<Change, 'type' | 'resource' | 'object'> {
  readonly before?: KubeObject | undefined;
}

/** What a change means to pods that wait for a node (scheduler: eventhandlers.go, framework/events.go). */
export function newsOf({ type, resource, object, before }: NewsOf): readonly News[] {
  if (resource === 'nodes') {
    const node = object as Node;
    if (type === 'DELETED') return [];
    return before ? nodeNews(node, before as Node) : [{ kind: 'NodeAdded', node }];
  }
  if (resource === 'persistentvolumeclaims' && type !== 'DELETED')
    return [{ kind: 'ClaimChanged', claim: object as PersistentVolumeClaim }];
  if (resource === 'persistentvolumes' && isOffered(object as PersistentVolume, before, type))
    return [{ kind: 'VolumeAdded' }];
  if (resource === 'storageclasses.storage.k8s.io' && type !== 'DELETED')
    return [{ kind: 'ClassChanged', name: object.metadata.name ?? '' }];
  if (resource !== 'pods') return deviceNews({ type, resource, object, before });
  const pod = object as Pod;
  const old = before as Pod | undefined;
  if (type === 'DELETED') return isExpected(pod) ? [{ kind: 'PodDeleted', pod }] : [];
  if (!isThere(pod)) return old && isThere(old) ? [{ kind: 'PodDeleted', pod: old }] : [];
  if (!old || !isThere(old)) return [{ kind: 'PodAdded', pod }];
  return podNews(pod, old);
}

function deviceNews({ type, resource, object, before }: NewsOf): readonly News[] {
  if (type === 'DELETED') return [];
  if (resource === DEVICE_SLICES || resource === DEVICE_CLASSES) return [{ kind: 'DevicesChanged' }];
  if (resource !== DEVICE_CLAIMS) return [];
  const [claim, old] = [object as DynamicResourceClaim, before as DynamicResourceClaim | undefined];
  return [{ kind: 'DeviceClaimChanged', claim, before: old }];
}

/** That it is there, or that it can be had: until it has been looked at, a volume is nobody's to take. */
function isOffered(
  { status }: PersistentVolume,
  before: KubeObject | undefined,
  type: Change['type'],
): boolean {
  if (type === 'ADDED') return true;
  const old = (before as PersistentVolume | undefined)?.status?.phase;
  return type === 'MODIFIED' && status?.phase === 'Available' && old !== 'Available';
}

/** Whether the scheduler counts a pod on its node; one that has ended it does not see any more. */
function isThere(pod: Pod): boolean {
  return Boolean(pod.spec.nodeName) && !isTerminal(pod);
}

/** Whether room was kept for it: on its node, or on the one that it was promised. */
function isExpected(pod: Pod): boolean {
  return isThere(pod) || (!pod.spec.nodeName && Boolean(pod.status?.nominatedNodeName));
}

function nodeNews(node: Node, before: Node): readonly News[] {
  const kinds: NodeUpdate[] = [];
  const isReleased = before.spec?.unschedulable && !node.spec?.unschedulable;
  if (isReleased || differ(node.spec?.taints, before.spec?.taints)) kinds.push('NodeTaints');
  if (differ(node.status?.allocatable, before.status?.allocatable)) kinds.push('NodeAllocatable');
  if (differ(node.metadata.labels, before.metadata.labels)) kinds.push('NodeLabels');
  return kinds.map((kind) => ({ kind, node, before }));
}

function podNews(pod: Pod, before: Pod): readonly News[] {
  const kinds: PodUpdate[] = [];
  if (differ(pod.metadata.labels, before.metadata.labels)) kinds.push('PodLabels');
  if (pod.spec !== before.spec && asksForLess(pod, before)) kinds.push('PodScaledDown');
  return kinds.map((kind) => ({ kind, pod, before }));
}

function asksForLess(pod: Pod, before: Pod): boolean {
  const now = requestsOf(pod);
  return Object.entries(requestsOf(before)).some(([name, amount]) => (now[name] ?? 0) < amount);
}

const differ = (a: unknown, b: unknown): boolean => a !== b && !isEqualJson(a, b);
