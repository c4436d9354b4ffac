import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { View } from '../../contract/component.ts';
import { isAttachedByDefault } from '../../objects/attachable-volume.ts';
import { compareText } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type {
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
} from '../../objects/kubernetes.ts';
import { driverOf, PROVISIONED_BY, referenceToClaim, SELECTED_NODE } from '../../objects/volume-binding.ts';

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
    metadata: { name, annotations: { [PROVISIONED_BY]: driverOf(provisioner) } },
    spec: {
      accessModes,
      capacity: { storage: resources?.requests?.['storage'] ?? '1Gi' },
      claimRef: referenceToClaim(claim),
      ...(mountOptions && { mountOptions }),
      persistentVolumeReclaimPolicy: reclaimPolicy,
      storageClassName: metadata.name ?? '',
      volumeMode,
      ...sourceOf(view, {
        provisioner: driverOf(provisioner),
        name,
        node,
        place: `${namespace}_${claimName}`,
      }),
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

type Source = Pick<NonNullable<PersistentVolume['spec']>, 'hostPath' | 'nfs' | 'csi' | 'nodeAffinity'>;

/** Provisioners of folders on the disk of whichever machine a pod is on, and where they make them. */
const HOST_FOLDERS: Readonly<Record<string, string>> = {
  'docker.io/hostpath': '/var/lib/k8s-pvs',
  'k8s.io/minikube-hostpath': '/tmp/hostpath-provisioner',
  'microk8s.io/hostpath': '/var/snap/microk8s/common/default-storage',
};

/** Those of folders on a server that all machines reach: the subdir provisioner and its forerunners. */
const SHARES = /(?:^|[./-])nfs(?:$|[.-](?!csi))/;

/** Provisioners of a machine's own disk make folders there; all others are drivers. */
function sourceOf(view: View, { provisioner, name, node, place }: Wanted): Source {
  const folder = HOST_FOLDERS[provisioner];
  if (folder !== undefined) return { hostPath: { path: `${folder}/${place.replace('_', '/')}`, type: '' } };
  if (SHARES.test(provisioner))
    return { nfs: { server: 'nfs.example.com', path: `/exports/${place.replace('_', '-')}-${name}` } };
  if (provisioner !== 'rancher.io/local-path') return diskOf(view, { provisioner, name, node, place });
  const found = node === undefined ? undefined : view.objects.get<Node>('nodes', undefined, node);
  const hostname = found?.metadata.labels?.['kubernetes.io/hostname'] ?? node ?? '';
  return {
    hostPath: { path: `/opt/local-path-provisioner/${name}_${place}`, type: 'DirectoryOrCreate' },
    ...(node !== undefined && onlyWhere('kubernetes.io/hostname', hostname)),
  };
}

const ZONE = 'topology.kubernetes.io/zone';

/**
 * A disk is in one zone: that of the pod's node, or one that is drawn (external-provisioner: topology.go).
 */
function diskOf({ objects, chance }: View, { provisioner, name, node }: Wanted): Source {
  const csi = { driver: provisioner, volumeHandle: name, fsType: 'ext4' };
  if (!isAttachedByDefault(provisioner)) return { csi };
  const nodes = objects.list<Node>('nodes');
  const zoneOf = ({ metadata }: Node): string | undefined => metadata.labels?.[ZONE];
  const zones = [...new Set(nodes.flatMap((each) => zoneOf(each) ?? []))].sort(compareText);
  const chosen = nodes.find(({ metadata }) => metadata.name === node);
  const drawn = zones[drawWhole(chance, 0, Math.max(zones.length - 1, 0), 'zone of volume', name)];
  const zone = chosen ? zoneOf(chosen) : drawn;
  return { csi, ...(zone !== undefined && onlyWhere(ZONE, zone)) };
}

function onlyWhere(key: string, value: string): Pick<Source, 'nodeAffinity'> {
  const matchExpressions = [{ key, operator: 'In', values: [value] }];
  return { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } } };
}
