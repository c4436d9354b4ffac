import { MINUTE, type Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import { controllerRowKey } from '../../contract/controller-row.ts';
import type { Doing } from '../../contract/doing.ts';
import { allowsManyNodes, attachmentName, type Device, deviceOf } from '../../objects/attachable-volume.ts';
import { isConditionTrue } from '../../objects/conditions.ts';
import { compareText } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type {
  CSIDriver,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  VolumeAttachment,
} from '../../objects/kubernetes.ts';
import { bearsOutOfService, mindsOutOfService } from '../../objects/out-of-service.ts';
import { claimNames } from '../../objects/pod-claims.ts';
import { isTerminal } from '../../objects/pod-phase.ts';
import { record } from '../../recorder/record.ts';

export const ACTOR = 'attachdetach-controller';
export const VOLUMES = 'persistentvolumes';
export const ATTACHMENTS = 'volumeattachments.storage.k8s.io';

/** How long a disk that is mounted is waited for, once no pod wants it (maxWaitForUnmountDuration). */
const UNMOUNT_MS = 6 * MINUTE;

/** One disk, who wants it where, and where it is. */
interface Disk {
  readonly view: View;
  readonly now: Millis;
  /** The key of its volume, under which its looks are put off. */
  readonly key: string;
  readonly volume: PersistentVolume;
  readonly device: Device;
  readonly attachments: readonly VolumeAttachment[];
  /** Pods that use it, by their nodes. */
  readonly wanted: ReadonlyMap<string, readonly Pod[]>;
}

/** Whether a pod needs its disks where it is (volume/util: IsPodTerminated). */
export function usesNode(pod: Pod | undefined): boolean {
  if (!pod?.spec.nodeName || isTerminal(pod)) return false;
  if (pod.metadata.deletionTimestamp === undefined) return true;
  const { containerStatuses = [] } = pod.status ?? {};
  return containerStatuses.some(
    ({ state }) => state?.terminated === undefined && state?.waiting === undefined,
  );
}

/** First what is not wanted any more, then what is (attachdetach: reconciler.go reconcile). */
export function* syncVolume(view: View, key: string, now: Millis): Doing<void> {
  const volume = view.objects.byKey<PersistentVolume>(key);
  if (volume === undefined) return;
  const device = deviceOf(volume, (name) =>
    view.objects.get<CSIDriver>('csidrivers.storage.k8s.io', undefined, name),
  );
  if (device === undefined) return;
  const attachments = view.objects
    .list<VolumeAttachment>(ATTACHMENTS)
    .filter(({ spec }) => spec.source.persistentVolumeName === volume.metadata.name);
  const disk: Disk = { view, now, key, volume, device, attachments, wanted: podsByNode(view, volume) };
  if (attachments.length === 0 && disk.wanted.size === 0) return;
  yield* detachUnwanted(disk);
  yield* attachWanted(disk);
}

function podsByNode({ objects }: View, { metadata, spec }: PersistentVolume): ReadonlyMap<string, Pod[]> {
  const { namespace, name = '', uid } = spec?.claimRef ?? {};
  const found = new Map<string, Pod[]>();
  const claim = objects.get<PersistentVolumeClaim>('persistentvolumeclaims', namespace, name);
  if (!claim || claim.metadata.uid !== uid || claim.spec?.volumeName !== metadata.name) return found;
  for (const pod of objects.list<Pod>('pods', namespace)) {
    if (!usesNode(pod) || !claimNames(pod).includes(name)) continue;
    const node = pod.spec.nodeName ?? '';
    found.set(node, [...(found.get(node) ?? []), pod]);
  }
  return found;
}

function* detachUnwanted(disk: Disk): Doing<void> {
  const { view, now, key, attachments, wanted, device } = disk;
  const since = view.rows.row('controllerKeys', controllerRowKey(ACTOR, key))?.lookAt ?? 0;
  const unwanted = attachments.filter(
    ({ spec, metadata }) => metadata.deletionTimestamp === undefined && !wanted.has(spec.nodeName),
  );
  let waits = false;
  for (const attachment of unwanted) {
    const node = view.objects.get<Node>('nodes', undefined, attachment.spec.nodeName);
    const isMounted = node === undefined || (node.status?.volumesInUse?.includes(device.name) ?? false);
    const isWell = node !== undefined && isConditionTrue(node.status?.conditions, 'Ready');
    const isLate = since > 0 && now >= since && !isWell;
    const isGivenUp =
      node !== undefined && mindsOutOfService(view.settings.version) && bearsOutOfService(node);
    if (isMounted && !isLate && !isGivenUp) {
      waits = true;
      continue;
    }
    yield* showAttached(disk, node, false);
    const { name = '' } = attachment.metadata;
    yield { verb: 'delete', resource: ATTACHMENTS, name };
  }
  if (waits && since === 0) yield { type: 'LookPutOff', actor: ACTOR, about: key, until: now + UNMOUNT_MS };
  if (!waits && since > 0) yield { type: 'LookPutOff', actor: ACTOR, about: key, until: 0 };
}

function* attachWanted(disk: Disk): Doing<void> {
  const { view, volume, device, attachments, wanted } = disk;
  const isShared = allowsManyNodes(volume);
  const [pending, elsewhere] = [
    attachments.filter(isUnderWay),
    attachments.filter((one) => !isUnderWay(one)),
  ];
  let isBusy = pending.length > 0;
  for (const nodeName of [...wanted.keys()].sort(compareText)) {
    const node = view.objects.get<Node>('nodes', undefined, nodeName);
    const pods = wanted.get(nodeName) ?? [];
    const own = attachments.find(({ spec }) => spec.nodeName === nodeName);
    if (!node || (own && isUnderWay(own))) continue;
    if (own) {
      if (yield* showAttached(disk, node, true)) yield* tellAttached(disk, pods);
      continue;
    }
    if (!isShared && isBusy) continue;
    if (!isShared && elsewhere.some(({ metadata }) => metadata.deletionTimestamp === undefined)) {
      yield* tellUsed(disk, pods, elsewhere);
      continue;
    }
    isBusy = true;
    yield {
      verb: 'create',
      resource: ATTACHMENTS,
      object: attachmentTo(device, nodeName, volume.metadata.name ?? ''),
    };
  }
}

/** It is being attached or taken away: nothing else is begun with that disk meanwhile. */
function isUnderWay({ metadata, status }: VolumeAttachment): boolean {
  return metadata.deletionTimestamp !== undefined || status?.attached !== true;
}

function attachmentTo(device: Device, nodeName: string, volumeName: string): KubeObject {
  const attachment: VolumeAttachment = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttachment',
    metadata: { name: attachmentName(device, nodeName) },
    spec: { attacher: device.driver, nodeName, source: { persistentVolumeName: volumeName } },
    status: { attached: false },
  };
  return attachment as KubeObject;
}

/**
 * Writes into a node's status whether the disk may be mounted there; false where that is said already
 * (statusupdater/node_status_updater.go).
 */
function* showAttached({ device }: Disk, node: Node | undefined, isThere: boolean): Doing<boolean> {
  const before = node?.status?.volumesAttached ?? [];
  const isShown = before.some(({ name }) => name === device.name);
  if (!node || isShown === isThere) return false;
  const rest = before.filter(({ name }) => name !== device.name);
  const after = isThere ? [...rest, { devicePath: '', name: device.name }] : rest;
  const answer = yield {
    verb: 'patch',
    resource: 'nodes',
    subresource: 'status',
    name: node.metadata.name ?? '',
    patchType: 'merge',
    patch: { status: { volumesAttached: after.length > 0 ? after : null } },
  };
  return answer.ok;
}

function* tellAttached(disk: Disk, pods: readonly Pod[]): Doing<void> {
  const message = `AttachVolume.Attach succeeded for volume "${disk.volume.metadata.name}" `;
  for (const pod of pods)
    yield* tell(disk, pod, { type: 'Normal', reason: 'SuccessfulAttachVolume', message });
}

/** Once for each pod that has to wait (attachdetach: reconciler.go reportMultiAttachError). */
function* tellUsed(disk: Disk, pods: readonly Pod[], elsewhere: readonly VolumeAttachment[]): Doing<void> {
  const { view, key, volume, wanted } = disk;
  const users = elsewhere.flatMap(({ spec }) => wanted.get(spec.nodeName) ?? []);
  const names = users.map(({ metadata }) => metadata.name ?? '').sort(compareText);
  const why =
    names.length === 0
      ? "Volume is already exclusively attached to one node and can't be attached to another"
      : `Volume is already used by pod(s) ${names.join(', ')}`;
  const message = `Multi-Attach error for volume "${volume.metadata.name}" ${why}`;
  for (const pod of pods) {
    const about = `${key} ${pod.metadata.uid ?? ''}`;
    if (view.rows.row('controllerKeys', controllerRowKey(ACTOR, about))?.isKnown) continue;
    yield { type: 'PresenceNoted', actor: ACTOR, about, isKnown: true };
    yield* tell(disk, pod, { type: 'Warning', reason: 'FailedAttachVolume', message });
  }
}

interface Said {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

function* tell({ view, now }: Disk, pod: Pod, said: Said): Doing<void> {
  yield* record(view, { component: ACTOR, object: pod as KubeObject, ...said }, now);
}
