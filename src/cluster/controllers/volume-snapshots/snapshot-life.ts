import type { Doing } from '../../contract/doing.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { PersistentVolumeClaim } from '../../objects/kubernetes.ts';
import { isBound } from '../../objects/volume-binding.ts';
import {
  SNAPSHOT_GROUP,
  type VolumeSnapshot,
  type VolumeSnapshotContent,
} from '../../objects/volume-snapshots.ts';

/** Whether a claim is being made from it (isVolumeBeingCreatedFromSnapshot). */
export function isReadFrom(objects: ObjectReader, { metadata }: VolumeSnapshot): boolean {
  return objects
    .list<PersistentVolumeClaim>('persistentvolumeclaims', metadata.namespace ?? '')
    .some(({ spec, ...claim }) => {
      const { apiGroup, kind, name } = spec?.dataSource ?? {};
      const isOfThis = apiGroup === SNAPSHOT_GROUP && kind === 'VolumeSnapshot' && name === metadata.name;
      return isOfThis && !isBound({ ...claim, ...(spec && { spec }) });
    });
}

/** Makes the finalizers of the snapshot's own group these; those of others stay. */
export function* withFinalizers(
  resource: string,
  { metadata }: VolumeSnapshot | VolumeSnapshotContent,
  wanted: readonly string[],
): Doing<void> {
  const { namespace, name = '', finalizers: own = [] } = metadata;
  const others = own.filter((each) => !each.startsWith('snapshot.storage.kubernetes.io/'));
  const finalizers = [...others, ...wanted];
  if (isEqualJson(own, finalizers)) return;
  const target = { resource, name, ...(namespace !== undefined && { namespace }) };
  const patch = { metadata: { finalizers: finalizers.length > 0 ? finalizers : null } };
  yield { verb: 'patch', ...target, patchType: 'merge', patch };
}
