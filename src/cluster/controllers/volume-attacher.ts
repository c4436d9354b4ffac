import { drawWhole } from '../../kernel/chance/draw.ts';
import type { Address, Component, Reaction, View } from '../contract/component.ts';
import { instancesOf } from '../contract/instances.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { VolumeAttachment } from '../objects/kubernetes.ts';
import { storageKey } from '../objects/storage-key.ts';
import { concernedByPuttingOff, putOff, putOffTo, wakeFromPuttingOff } from './shared/put-off.ts';

const NAME = 'volume-attacher';
const RESOURCE = 'volumeattachments.storage.k8s.io';

/** Until a cloud's machine has a disk, and until it has it no more. */
const ATTACH_MS = [1500, 4000] as const;
const DETACH_MS = [2000, 6000] as const;

const { actorOf } = instancesOf(NAME);

/**
 * Does for a driver what VolumeAttachments ask for, one an actor for each driver (external-attacher:
 * csi_handler.go). The machine itself is not asked: a disk is taken from one that is dead, too.
 */
export const volumeAttacher: Component = {
  name: NAME,
  watches: [RESOURCE],
  *deliveriesOf({ key, object, type }) {
    if (type !== 'DELETED') yield { actor: actorOf((object as VolumeAttachment).spec.attacher), key };
  },
  ...concernedByPuttingOff(NAME),
  *addresses({ objects }) {
    for (const { spec, metadata } of objects.list<VolumeAttachment>(RESOURCE))
      yield {
        actor: actorOf(spec.attacher),
        key: storageKey({ resource: RESOURCE, name: metadata.name ?? '' }),
      };
  },
  reconcile: (view, address, now) => serve(view, address, now),
  wake: wakeFromPuttingOff,
};

function* serve(view: View, address: Address, now: number): Reaction {
  const attachment = view.objects.byKey<VolumeAttachment>(address.key);
  if (attachment === undefined) return;
  const { metadata, spec, status } = attachment;
  const isGoing = metadata.deletionTimestamp !== undefined;
  const finalizer = `external-attacher/${spec.attacher.replaceAll(/[^-A-Za-z0-9]/g, '-')}`;
  const isHeld = metadata.finalizers?.includes(finalizer) ?? false;
  if (isGoing ? !isHeld : status?.attached === true) return;
  const target = { resource: RESOURCE, name: metadata.name ?? '' } as const;
  const due = putOffTo(view, address, now);
  if (due === undefined) {
    if (!isHeld) {
      const finalizers = [...(metadata.finalizers ?? []), finalizer];
      yield { verb: 'patch', ...target, patchType: 'merge', patch: { metadata: { finalizers } } };
    }
    const [low, high] = isGoing ? DETACH_MS : ATTACH_MS;
    const until = now + drawWhole(view.chance, low, high, 'attachment', address.key, now);
    yield* putOff(view, { actor: address.actor, key: address.key, now: now + 1, until });
    return;
  }
  if (due !== now) return;
  if (!isGoing) {
    yield {
      verb: 'patch',
      ...target,
      subresource: 'status',
      patchType: 'merge',
      patch: { status: { attached: true } },
    };
    return;
  }
  const left = (metadata.finalizers ?? []).filter((each) => each !== finalizer);
  const { finalizers: _, ...rest } = metadata;
  const released = { ...attachment, metadata: { ...rest, ...(left.length > 0 && { finalizers: left }) } };
  yield { verb: 'update', ...target, object: released as KubeObject };
}
