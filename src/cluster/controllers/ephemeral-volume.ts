import type { Component } from '../contract/component.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { PersistentVolumeClaim, Pod } from '../objects/kubernetes.ts';
import { ephemeralClaimName } from '../objects/pod-claims.ts';
import { isTerminal } from '../objects/pod-phase.ts';
import { record } from '../recorder/record.ts';

const ACTOR = 'ephemeral-volume-controller';
const CLAIMS = 'persistentvolumeclaims';

/** Makes the claims of volumes that live as long as their pod (volume/ephemeral/controller.go). */
export const ephemeralVolumeController: Component = {
  name: ACTOR,
  program: 'kube-controller-manager',
  watches: ['pods', CLAIMS],
  assumes: true,
  *deliveriesOf({ resource, key, object, type }) {
    const isOfInterest = resource === 'pods' && type !== 'DELETED' && hasEphemeral(object as Pod);
    yield isOfInterest ? { actor: ACTOR, key } : { actor: ACTOR };
  },
  *reconcile(view, { key }, now) {
    const pod = view.objects.byKey<Pod>(key);
    if (!pod || pod.metadata.deletionTimestamp !== undefined || isTerminal(pod)) return;
    const { namespace = '', name: owner = '', uid = '' } = pod.metadata;
    for (const { name: volume, ephemeral } of pod.spec.volumes ?? []) {
      if (!ephemeral?.volumeClaimTemplate) continue;
      const name = ephemeralClaimName(pod, volume);
      const known = view.objects.get<PersistentVolumeClaim>(CLAIMS, namespace, name);
      if (known && !known.metadata.ownerReferences?.some((reference) => reference.uid === uid)) {
        const message = `ephemeral volume "${volume}": PVC ${namespace}/${name} was not created for pod ${namespace}/${owner} (pod is not owner)`;
        const said = { type: 'Warning', reason: 'EphemeralVolumeCreationFailed', message } as const;
        yield* record(view, { component: 'ephemeral_volume', object: pod as KubeObject, ...said }, now);
      }
      if (known) continue;
      const { metadata, spec } = ephemeral.volumeClaimTemplate;
      const ownerReferences = [
        { apiVersion: 'v1', kind: 'Pod', name: owner, uid, controller: true, blockOwnerDeletion: true },
      ];
      const { labels, annotations } = metadata ?? {};
      const object: PersistentVolumeClaim & KubeObject = {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name, ...(labels && { labels }), ...(annotations && { annotations }), ownerReferences },
        spec,
      };
      yield { verb: 'create', resource: CLAIMS, namespace, object };
    }
  },
};

function hasEphemeral({ spec }: Pod): boolean {
  return spec.volumes?.some(({ ephemeral }) => ephemeral !== undefined) ?? false;
}
