import type { Change } from '../../contract/api-event.ts';
import type { Event } from '../../contract/event.ts';
import type { ObjectReader, RowReader } from '../../contract/reader.ts';
import type { Node, PersistentVolumeClaim, Pod } from '../../objects/kubernetes.ts';
import { claimNames } from '../../objects/pod-claims.ts';
import { waitsForNode } from './expand-claimed.ts';

/** A pod that its kubelet has to look at. */
export interface PodOnNode {
  readonly node: string;
  /** `namespace/name/uid` */
  readonly key: string;
}

/** The pods that have a claim whose disk has grown. */
export function podsThatGrow({ object, type }: Change, objects: ObjectReader): readonly PodOnNode[] {
  const claim = object as PersistentVolumeClaim;
  if (type !== 'MODIFIED' || !waitsForNode(claim)) return [];
  return objects.list<Pod>('pods', claim.metadata.namespace).flatMap((pod) => {
    const { nodeName } = pod.spec;
    if (!nodeName || !claimNames(pod).includes(claim.metadata.name ?? '')) return [];
    const { namespace, name, uid } = pod.metadata;
    return [{ node: nodeName, key: `${namespace}/${name}/${uid}` }];
  });
}

/** Those that wait for a disk which their node has been given. */
export function podsThatGot(now: Node, before: Node | undefined, rows: RowReader): readonly PodOnNode[] {
  const { volumesAttached, volumesInUse } = now.status ?? {};
  const isSame =
    volumesAttached === before?.status?.volumesAttached && volumesInUse === before?.status?.volumesInUse;
  if (isSame || !volumesAttached || !volumesInUse) return [];
  const node = now.metadata.name ?? '';
  const workers = rows.rowsBy('podWorkers', 'withDevices', node);
  return workers.filter(({ mounting }) => mounting?.waits).map(({ key }) => ({ node, key }));
}

/** A pod needs disks, or needs them no more. */
export function changesDevices(
  { pod, set = {} }: Extract<Event, { type: 'PodWorkerMoved' }>,
  rows: RowReader,
): boolean {
  const isOfDevices = (path: string): boolean =>
    path === '/stage' || path === '/reclaimedAt' || path.startsWith('/devices');
  return Object.keys(set).some(isOfDevices) && rows.row('podWorkers', pod)?.devices !== undefined;
}
