import type { View } from '../../contract/component.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type {
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
} from '../../objects/kubernetes.ts';
import { PROVISIONED_BY, referenceToClaim, SELECTED_NODE } from '../../objects/volume-binding.ts';

/** external-provisioner: --volume-name-prefix, with the claim's uid. */
export function volumeNameFor({ metadata }: PersistentVolumeClaim): string {
  return `pvc-${metadata.uid ?? ''}`;
}

/** The volume that a class makes for a claim: of its size, of its modes, and already promised to it. */
export function volumeFor(
  view: View,
  claim: PersistentVolumeClaim,
  { metadata, provisioner, reclaimPolicy = 'Delete', mountOptions }: StorageClass,
): PersistentVolume & KubeObject {
  const { namespace = '', name: claimName = '' } = claim.metadata;
  const name = volumeNameFor(claim);
  const { accessModes = [], resources, volumeMode = 'Filesystem' } = claim.spec ?? {};
  const node = claim.metadata.annotations?.[SELECTED_NODE];
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, annotations: { [PROVISIONED_BY]: provisioner } },
    spec: {
      accessModes,
      capacity: { storage: resources?.requests?.['storage'] ?? '1Gi' },
      claimRef: referenceToClaim(claim),
      ...(mountOptions && { mountOptions }),
      persistentVolumeReclaimPolicy: reclaimPolicy,
      storageClassName: metadata.name ?? '',
      volumeMode,
      ...sourceOf(view, { provisioner, name, node, place: `${namespace}_${claimName}` }),
    },
  };
}

interface Wanted {
  readonly provisioner: string;
  readonly name: string;
  readonly node: string | undefined;
  /** Namespace and claim, as folders of volumes are called. */
  readonly place: string;
}

type Source = Pick<NonNullable<PersistentVolume['spec']>, 'hostPath' | 'csi' | 'nodeAffinity'>;

/** Provisioners of a machine's own disk make folders there; all others are drivers that reach every node. */
function sourceOf({ objects }: View, { provisioner, name, node, place }: Wanted): Source {
  if (provisioner === 'k8s.io/minikube-hostpath')
    return { hostPath: { path: `/tmp/hostpath-provisioner/${place.replace('_', '/')}`, type: '' } };
  if (provisioner !== 'rancher.io/local-path')
    return { csi: { driver: provisioner, volumeHandle: name, fsType: 'ext4' } };
  const found = node === undefined ? undefined : objects.get<Node>('nodes', undefined, node);
  const hostname = found?.metadata.labels?.['kubernetes.io/hostname'] ?? node ?? '';
  const matchExpressions = [{ key: 'kubernetes.io/hostname', operator: 'In', values: [hostname] }];
  return {
    hostPath: { path: `/opt/local-path-provisioner/${name}_${place}`, type: 'DirectoryOrCreate' },
    ...(node !== undefined && { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } } }),
  };
}
