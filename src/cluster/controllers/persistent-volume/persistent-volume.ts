import { drawWhole } from '../../../kernel/chance/draw.ts';
import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { Component, Delivery, Reaction, View, Wake } from '../../contract/component.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { ACTOR, syncClaim } from './sync-claim.ts';
import { syncVolume } from './sync-volume.ts';

const [CLAIMS, VOLUMES] = ['persistentvolumeclaims', 'persistentvolumes'];

/** So often all claims are looked at: a new volume is found by a claim no earlier (recorded in g). */
const RESYNC_MS = 15 * SECOND;

/**
 * Brings claims and the volumes that there are together (pv_controller.go). It sees its own writes at once.
 */
export const persistentVolumeController: Component = {
  name: ACTOR,
  watches: [CLAIMS, VOLUMES, 'storageclasses.storage.k8s.io'],
  assumes: true,
  *deliveriesOf({ resource, key, type, object }) {
    if (resource === CLAIMS) {
      yield { actor: ACTOR, key };
      const { volumeName } = (object as PersistentVolumeClaim).spec ?? {};
      if (type === 'DELETED' && volumeName) yield toVolume(volumeName);
    } else if (resource === VOLUMES) {
      yield { actor: ACTOR, key };
      const { claimRef } = (object as PersistentVolume).spec ?? {};
      // One that was made for a claim need not wait until all claims are looked at.
      if (claimRef && (type === 'DELETED' || claimRef.uid)) yield toClaim(claimRef);
    } else yield { actor: ACTOR };
  },
  *addresses({ objects }) {
    for (const { metadata } of objects.list<PersistentVolumeClaim>(CLAIMS)) yield toClaim(metadata);
  },
  reconcile: (view, { key }, now) => sync(view, key, now),
  wake: (view, { key }, from) => nextResync(view, key, from),
};

function toVolume(name: string): Delivery {
  return { actor: ACTOR, key: storageKey({ resource: VOLUMES, name }) };
}

function toClaim({ namespace = '', name = '' }: { namespace?: string; name?: string }) {
  return { actor: ACTOR, key: storageKey({ resource: CLAIMS, namespace, name }) };
}

function* sync(view: View, key: string, now: Millis): Reaction {
  const object = view.objects.byKey<PersistentVolume | PersistentVolumeClaim>(key);
  if (object?.kind === 'PersistentVolumeClaim') yield* syncClaim(view, object as PersistentVolumeClaim, now);
  else if (object !== undefined) yield* syncVolume(view, object as PersistentVolume, now);
}

/** A claim that is not bound is looked at again with all others. */
function nextResync(view: View, key: string, from: Millis): Wake | undefined {
  const claim = view.objects.byKey<PersistentVolumeClaim>(key);
  const isOpen = claim?.kind === 'PersistentVolumeClaim' && claim.status?.phase === 'Pending';
  if (!isOpen) return undefined;
  const phase = drawWhole(view.chance, 0, RESYNC_MS - 1, 'claim-resync');
  const at = phase + Math.max(0, Math.ceil((from - phase) / RESYNC_MS)) * RESYNC_MS;
  return { at, cause: view.objects.changedAt(key) ?? null };
}
