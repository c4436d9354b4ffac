import { drawUuid } from '../../../kernel/chance/draw.ts';
import { derived } from '../../objects/derived.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { CSINode, Node } from '../../objects/kubernetes.ts';
import { storageKey, storagePrefix } from '../../objects/storage-key.ts';
import type { World } from '../../world/world.ts';

export const CSI_NODES = 'csinodes.storage.k8s.io';
export const CSI_NODE_PREFIX = storagePrefix(CSI_NODES);

/**
 * Volumes of Kubernetes' own kinds that are left to drivers (csi-translation-lib; kubelet: csi_plugin.go).
 */
const MIGRATED = 'aws-ebs azure-disk azure-file cinder gce-pd portworx-volume vsphere-volume'
  .split(' ')
  .map((name) => `kubernetes.io/${name}`)
  .join(',');

/** What the kubelet of a node tells of drivers of volumes when it starts: of none, until one registers. */
export function csiNodeAt({ store: { tables }, seq }: World, key: string): KubeObject | undefined {
  const name = key.slice(CSI_NODE_PREFIX.length);
  const node = tables.objects.read(storageKey({ resource: 'nodes', name }), seq);
  return node && csiNodeOf(node);
}

/** Those of all nodes, in the order of the nodes. */
export function csiNodesOf({ store: { tables }, seq }: World): readonly KubeObject[] {
  return tables.objects.list('resource', storagePrefix('nodes'), seq).map(csiNodeOf);
}

const csiNodeOf = derived((node: KubeObject): KubeObject => {
  const { name = '', uid = '', creationTimestamp } = (node as Node).metadata;
  const object: KubeObject & Omit<CSINode, 'spec'> & { readonly spec: { readonly drivers: null } } = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSINode',
    metadata: {
      name,
      uid: drawUuid({ seed: uid }, 'uid', CSI_NODES),
      // It has never been written.
      resourceVersion: '1',
      annotations: { 'storage.alpha.kubernetes.io/migrated-plugins': MIGRATED },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid }],
      ...(creationTimestamp !== undefined && { creationTimestamp }),
    },
    spec: { drivers: null },
  };
  return object;
});
