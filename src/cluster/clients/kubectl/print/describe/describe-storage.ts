import type {
  CoreEvent,
  NodeSelectorTerm,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  StorageClass,
  TopologySelectorTerm,
} from '../../../../objects/kubernetes.ts';
import { accessModes, isDefaultClass, storageClassOf } from '../columns/storage-columns.ts';
import { formatLabels } from '../label-text.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { claimLines, claimStatus } from './describe-claim.ts';
import { describeEvents } from './describe-events.ts';
import { volumeLines } from './describe-volumes.ts';
import {
  alignDescription,
  annotationLines,
  field,
  indented,
  type Lines,
  labelLines,
  multiline,
  timeText,
} from './description.ts';

/** What `kubectl describe` reads besides a claim. */
export interface ClaimSurroundings {
  readonly events: readonly CoreEvent[] | undefined;
  /** Of its namespace; those that use it are named. */
  readonly pods: readonly Pod[];
}

/** Mirrors kubectl: describe.go describePersistentVolumeClaim. */
export function describePersistentVolumeClaim(
  claim: PersistentVolumeClaim,
  { events, pods }: ClaimSurroundings,
  context: PrintContext,
): string {
  const { summary, table } = describeEvents(events, context);
  const names = pods
    .filter((pod) => usesClaim(pod, claim, context))
    .map(({ metadata }) => metadata.name ?? '');
  const lines = [
    ...claimLines(claim, context, 'whole'),
    ...multiline('Used By', names.sort()),
    ...conditionLines(claim),
    ...summary,
  ];
  return alignDescription(lines, table);
}

/** A pod with a volume of the claim, or (the claim of an ephemeral volume) its owner. */
function usesClaim(
  { metadata, spec }: Pod,
  { metadata: claim }: PersistentVolumeClaim,
  { version }: PrintContext,
): boolean {
  if (spec?.volumes?.some((volume) => volume.persistentVolumeClaim?.claimName === claim.name)) return true;
  const owners = printsSince(version, 'claimOwners') ? (claim.ownerReferences ?? []) : [];
  return owners.some(({ kind, uid }) => kind === 'Pod' && uid === metadata.uid);
}

function conditionLines({ status }: PersistentVolumeClaim): Lines {
  const conditions = status?.conditions ?? [];
  if (conditions.length === 0) return [];
  const rows = conditions.map(
    ({ type, status: value, lastProbeTime, lastTransitionTime, reason = '', message = '' }) =>
      [type, value, timeText(lastProbeTime), timeText(lastTransitionTime), reason, message].join(' \t'),
  );
  // Other than the head's, each cell but the last has a blank behind it.
  const head = [
    'Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage',
    '----\t------\t-----------------\t------------------\t------\t-------',
  ];
  return ['Conditions:', ...indented(1, [...head, ...rows])];
}

/** Mirrors kubectl: describe.go describePersistentVolume. */
export function describePersistentVolume(
  volume: PersistentVolume,
  events: readonly CoreEvent[] | undefined,
  context: PrintContext,
): string {
  const { metadata, spec = {}, status } = volume;
  const { claimRef } = spec;
  const { summary, table } = describeEvents(events, context);
  const lines = [
    field('Name', metadata.name),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    field('Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`),
    field('StorageClass', storageClassOf(volume)),
    field('Status', claimStatus(volume, context)),
    field('Claim', claimRef ? `${claimRef.namespace ?? ''}/${claimRef.name ?? ''}` : ''),
    field('Reclaim Policy', spec.persistentVolumeReclaimPolicy),
    field('Access Modes', accessModes(spec.accessModes)),
    ...(spec.volumeMode === undefined ? [] : [field('VolumeMode', spec.volumeMode)]),
    field('Capacity', spec.capacity?.['storage'] ?? '0'),
    ...nodeAffinityLines(volume),
    field('Message', status?.message),
    'Source:',
    ...volumeLines(spec, context),
    ...summary,
  ];
  return alignDescription(lines, table);
}

function nodeAffinityLines({ spec }: PersistentVolume): Lines {
  const required = spec?.nodeAffinity?.required;
  if (!required) return ['Node Affinity:\t<none>'];
  const terms = required.nodeSelectorTerms;
  if (terms.length === 0) return ['Node Affinity:\t', '  Required Terms:\t<none>'];
  return ['Node Affinity:\t', '  Required Terms:\t', ...terms.flatMap(nodeTermLines)];
}

function nodeTermLines({ matchExpressions = [] }: NodeSelectorTerm, index: number): Lines {
  const texts = matchExpressions.map(({ key, operator, values }) =>
    requirementText(`${key} ${operator.toLowerCase()}`, values),
  );
  return multiline(`Term ${index}`, texts, '    ');
}

function requirementText(subject: string, values: readonly string[] = []): string {
  return values.length === 0 ? subject : `${subject} [${values.join(', ')}]`;
}

/** Mirrors kubectl: describe.go describeStorageClass. */
export function describeStorageClass(
  storageClass: StorageClass,
  events: readonly CoreEvent[] | undefined,
  context: PrintContext,
): string {
  const { metadata, mountOptions = [], allowVolumeExpansion, allowedTopologies } = storageClass;
  const { summary, table } = describeEvents(events, context);
  const given = (title: string, value: string | undefined) =>
    value === undefined ? [] : [field(title, value)];
  const lines = [
    field('Name', metadata.name),
    field('IsDefaultClass', isDefaultClass(storageClass) ? 'Yes' : 'No'),
    field('Annotations', formatLabels(metadata.annotations)),
    field('Provisioner', storageClass.provisioner),
    field('Parameters', formatLabels(storageClass.parameters)),
    field('AllowVolumeExpansion', expansionText(allowVolumeExpansion)),
    ...(mountOptions.length === 0
      ? ['MountOptions:\t<none>']
      : ['MountOptions:', ...indented(1, mountOptions)]),
    ...given('ReclaimPolicy', storageClass.reclaimPolicy),
    ...given('VolumeBindingMode', storageClass.volumeBindingMode),
    ...(allowedTopologies === undefined ? [] : topologyLines(allowedTopologies)),
    ...summary,
  ];
  return alignDescription(lines, table);
}

function expansionText(isAllowed: boolean | undefined): string {
  if (isAllowed === undefined) return '<unset>';
  return isAllowed ? 'True' : 'False';
}

function topologyLines(terms: readonly TopologySelectorTerm[]): Lines {
  if (terms.length === 0) return ['AllowedTopologies:\t<none>'];
  const termLines = terms.flatMap(({ matchLabelExpressions = [] }, index) => {
    const texts = matchLabelExpressions.map(({ key, values }) => requirementText(`${key} in`, values));
    return multiline(`Term ${index}`, texts, '  ');
  });
  return ['AllowedTopologies:\t', ...termLines];
}
