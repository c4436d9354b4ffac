import type { ObjectMeta, PersistentVolumeClaim } from '../../../../objects/kubernetes.ts';
import { ageOf } from '../age.ts';
import { accessModes, storageClassOf } from '../columns/storage-columns.ts';
import type { PrintContext } from '../print-context.ts';
import { annotationLines, field, indented, type Lines, labelLines, nestedLine } from './description.ts';

/** A claim, or the template of one, which has neither name nor status. */
type ClaimLike = Pick<PersistentVolumeClaim, 'spec' | 'status'> & { readonly metadata: ObjectMeta };

/** A claim, the template of one, or such a template among a pod's volumes. */
type ClaimForm = 'whole' | 'template' | 'nested';

/** Mirrors kubectl: describe.go printPersistentVolumeClaim. */
export function claimLines(claim: ClaimLike, context: PrintContext, form: ClaimForm): Lines {
  const isFull = form === 'whole';
  const inner = (lines: Lines) => (form === 'nested' ? lines.map(nestedLine) : lines);
  const { metadata, spec, status } = claim;
  const isBound = Boolean(spec?.volumeName);
  return [
    ...(isFull ? [field('Name', metadata.name), field('Namespace', metadata.namespace)] : []),
    field('StorageClass', storageClassOf(claim)),
    ...(isFull ? [field('Status', claimStatus(claim, context))] : []),
    field('Volume', spec?.volumeName),
    ...inner(labelLines('Labels', metadata.labels)),
    ...inner(annotationLines('Annotations', metadata.annotations)),
    ...(isFull ? [field('Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`)] : []),
    field('Capacity', isBound ? (status?.capacity?.['storage'] ?? '0') : ''),
    field('Access Modes', isBound ? accessModes(status?.accessModes) : ''),
    ...(spec?.volumeMode === undefined ? [] : [field('VolumeMode', spec.volumeMode)]),
    ...dataSourceLines(claim),
  ];
}

/** A claim, or the volume that it is bound to. */
interface Claimed {
  readonly metadata: ObjectMeta;
  readonly status?: { readonly phase?: string };
}

export function claimStatus({ metadata, status }: Claimed, { now }: PrintContext): string {
  const { deletionTimestamp } = metadata;
  return deletionTimestamp ? `Terminating (lasts ${ageOf(deletionTimestamp, now)})` : (status?.phase ?? '');
}

function dataSourceLines({ spec }: ClaimLike): Lines {
  const source = spec?.dataSource;
  if (!source) return [];
  const group = source.apiGroup === undefined ? [] : [field('APIGroup', source.apiGroup)];
  return ['DataSource:', ...indented(1, [...group, field('Kind', source.kind), field('Name', source.name)])];
}
