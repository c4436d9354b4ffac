import type { Component, Reaction, View } from '../../contract/component.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../../objects/kubernetes.ts';
import { claimNames } from '../../objects/pod-claims.ts';
import { storageKey } from '../../objects/storage-key.ts';

const CLAIMS = 'persistentvolumeclaims';

/** Claims that pods use are kept until those are gone (pvc_protection_controller.go). */
export const claimProtectionController: Component = {
  name: 'pvc-protection-controller',
  watches: [CLAIMS, 'pods'],
  *deliveriesOf({ resource, key, object, type }) {
    const actor = 'pvc-protection-controller';
    if (resource === CLAIMS) yield { actor, key };
    else if (type !== 'DELETED') yield { actor };
    else {
      const { namespace = '' } = object.metadata;
      for (const name of claimNames(object as Pod)) {
        yield { actor, key: storageKey({ resource: CLAIMS, namespace, name }) };
      }
    }
  },
  *reconcile(view, { key }) {
    const claim = view.objects.byKey<PersistentVolumeClaim>(key);
    if (claim === undefined || !isGoing(claim) || isUsed(view, claim)) return;
    yield* release(CLAIMS, claim, 'kubernetes.io/pvc-protection');
  },
};

/** Volumes that claims have are kept until those have gone (pv_protection_controller.go). */
export const volumeProtectionController: Component = {
  name: 'pv-protection-controller',
  watches: ['persistentvolumes'],
  *deliveriesOf({ key }) {
    yield { actor: 'pv-protection-controller', key };
  },
  *reconcile(view, { key }) {
    const volume = view.objects.byKey<PersistentVolume>(key);
    if (volume === undefined || !isGoing(volume) || volume.status?.phase === 'Bound') return;
    yield* release('persistentvolumes', volume, 'kubernetes.io/pv-protection');
  },
};

function isGoing({ metadata }: KubeObject): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** By a pod that has a node, whether it has ended or not. */
function isUsed({ objects }: View, { metadata }: PersistentVolumeClaim): boolean {
  return objects
    .list<Pod>('pods', metadata.namespace)
    .some((pod) => pod.spec.nodeName && claimNames(pod).includes(metadata.name ?? ''));
}

function* release(resource: string, object: KubeObject, finalizer: string): Reaction {
  const { finalizers = [], ...metadata } = object.metadata;
  if (!finalizers.includes(finalizer)) return;
  const left = finalizers.filter((each) => each !== finalizer);
  const { namespace, name = '' } = metadata;
  yield {
    verb: 'update',
    resource,
    name,
    ...(namespace !== undefined && { namespace }),
    object: { ...object, metadata: { ...metadata, ...(left.length > 0 && { finalizers: left }) } },
  };
}
