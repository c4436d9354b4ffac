import type { Change } from '../../contract/api-event.ts';
import type { Component, Delivery } from '../../contract/component.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import { hasDriver } from '../../objects/attachable-volume.ts';
import { isConditionTrue } from '../../objects/conditions.ts';
import { isEqualJson } from '../../objects/json.ts';
import type {
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  VolumeAttachment,
} from '../../objects/kubernetes.ts';
import { bearsOutOfService } from '../../objects/out-of-service.ts';
import { claimNames } from '../../objects/pod-claims.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { concernedByPuttingOff, wakeFromPuttingOff } from '../shared/put-off.ts';
import { ACTOR, ATTACHMENTS, syncVolume, usesNode, VOLUMES } from './sync-volume.ts';

/**
 * Gives the disks that pods use to the machines that these run on, and takes them away again: a look is at
 * one volume (attachdetach/attach_detach_controller.go). What nobody has to be given is none of its business.
 */
export const attachDetachController: Component = {
  name: ACTOR,
  watches: ['pods', 'persistentvolumeclaims', VOLUMES, 'nodes', ATTACHMENTS],
  assumes: true,
  *deliveriesOf(change, _rows, objects) {
    for (const name of volumesConcerned(change, objects)) yield toVolume(name);
  },
  ...concernedByPuttingOff(ACTOR),
  *addresses({ objects }) {
    const names = objects
      .list<VolumeAttachment>(ATTACHMENTS)
      .map(({ spec }) => spec.source.persistentVolumeName ?? '');
    for (const name of new Set(names)) yield toVolume(name);
  },
  reconcile: (view, { key }, now) => syncVolume(view, key, now),
  wake: wakeFromPuttingOff,
};

function toVolume(name: string): Delivery & { readonly key: string } {
  return { actor: ACTOR, key: storageKey({ resource: VOLUMES, name }) };
}

function volumesConcerned(change: Change, objects: ObjectReader): Iterable<string> {
  switch (change.resource) {
    case 'pods':
      return volumesOfPod(change, objects);
    case 'persistentvolumeclaims': {
      const { volumeName = '' } = (change.object as PersistentVolumeClaim).spec ?? {};
      return volumeName !== '' && isDriven(objects, volumeName) ? [volumeName] : [];
    }
    case VOLUMES: {
      const volume = change.object as PersistentVolume;
      return hasDriver(volume) ? [volume.metadata.name ?? ''] : [];
    }
    case 'nodes':
      return volumesOfNode(change, objects);
    default:
      return [(change.object as VolumeAttachment).spec.source.persistentVolumeName ?? ''];
  }
}

function volumesOfPod({ object, before, type }: Change, objects: ObjectReader): readonly string[] {
  const pod = object as Pod;
  if (!pod.spec.nodeName || pod.spec.volumes === undefined) return [];
  const was = before as Pod | undefined;
  const isNews =
    type !== 'MODIFIED' || was?.spec.nodeName !== pod.spec.nodeName || usesNode(was) !== usesNode(pod);
  if (!isNews) return [];
  return claimNames(pod).flatMap((name) => {
    const claim = objects.get<PersistentVolumeClaim>('persistentvolumeclaims', pod.metadata.namespace, name);
    const volumeName = claim?.spec?.volumeName ?? '';
    return volumeName !== '' && isDriven(objects, volumeName) ? [volumeName] : [];
  });
}

function isDriven(objects: ObjectReader, name: string): boolean {
  const volume = objects.get<PersistentVolume>(VOLUMES, undefined, name);
  return volume !== undefined && hasDriver(volume);
}

/** What a node says of its disks, whether it is well, and whether it is given up, matters to its volumes. */
function volumesOfNode({ object, before, type }: Change, objects: ObjectReader): readonly string[] {
  const attachments = objects.list<VolumeAttachment>(ATTACHMENTS);
  if (attachments.length === 0) return [];
  const [now, was] = [object as Node, before as Node | undefined];
  const isNews = type !== 'MODIFIED' || was === undefined || !isEqualJson(bearingOf(now), bearingOf(was));
  if (!isNews) return [];
  return attachments
    .filter(({ spec }) => spec.nodeName === now.metadata.name)
    .map(({ spec }) => spec.source.persistentVolumeName ?? '');
}

function bearingOf(node: Node): unknown {
  const { volumesInUse = [], volumesAttached = [], conditions } = node.status ?? {};
  const isReady = isConditionTrue(conditions, 'Ready');
  return [[...volumesInUse], [...volumesAttached], isReady, bearsOutOfService(node)];
}
