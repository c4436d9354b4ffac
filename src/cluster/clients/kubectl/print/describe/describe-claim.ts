import type { ObjectMeta, PersistentVolumeClaim } from '../../../../objects/kubernetes.ts';
import { ageOf } from '../age.ts';
import { accessModes, storageClassOf } from '../columns/storage-columns.ts';
import type { PrintContext } from '../print-context.ts';
import { annotationLines, field, indented, type Lines, labelLines } from './description.ts';

/** A claim, or the template of one, which has neither name nor status. */
type ClaimLike = Pick<PersistentVolumeClaim, 'spec' | 'status'> & { readonly metadata: ObjectMeta };

/** Mirrors kubectl: describe.go printPersistentVolumeClaim; `isFull` is false for a template. */
export function claimLines(claim: ClaimLike, context: PrintContext, isFull = false): Lines {
  const { metadata, spec, status } = claim;
  const isBound = Boolean(spec?.volumeName);
  return [
    ...(isFull ? [field('Name', metadata.name), field('Namespace', metadata.namespace)] : []),
    field('StorageClass', storageClassOf(claim)),
    ...(isFull ? [field('Status', statusText(claim, context))] : []),
    field('Volume', spec?.volumeName),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    ...(isFull ? [field('Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`)] : []),
    field('Capacity', isBound ? (status?.capacity?.['storage'] ?? '0') : ''),
    field('Access Modes', isBound ? accessModes(status?.accessModes) : ''),
    ...(spec?.volumeMode === undefined ? [] : [field('VolumeMode', spec.volumeMode)]),
    ...dataSourceLines(claim),
  ];
}

function statusText({ metadata, status }: ClaimLike, { now }: PrintContext): string {
  const { deletionTimestamp } = metadata;
  return deletionTimestamp ? `Terminating (lasts ${ageOf(deletionTimestamp, now)})` : (status?.phase ?? '');
}

function dataSourceLines({ spec }: ClaimLike): Lines {
  const source = spec?.dataSource;
  if (!source) return [];
  const group = source.apiGroup === undefined ? [] : [field('APIGroup', source.apiGroup)];
  return ['DataSource:', ...indented(1, [...group, field('Kind', source.kind), field('Name', source.name)])];
}
