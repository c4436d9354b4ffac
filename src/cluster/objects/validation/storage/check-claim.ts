import { isEqualJson } from '../../json.ts';
import type { PersistentVolumeClaim } from '../../kubernetes.ts';
import { compareQuantities } from '../../quantity.ts';
import { inVersion, type KubeVersion, type Since } from '../../versions.ts';
import { checkLabelSelector } from '../check-labels.ts';
import { checkOneOfIfGiven } from '../check-values.ts';
import { type FieldErrors, forbidden, invalid, invalidFor, required } from '../field-error.ts';
import { dnsSubdomainProblems } from '../name-syntax.ts';
import { checkImmutable, checkObjectMeta, checkObjectMetaUpdate } from '../object-meta.ts';
import { describeClaimChange } from '../pod/describe-spec-change.ts';
import { checkAccessModes, VOLUME_MODES } from './access-modes.ts';

/** What a claim may not become; VolumeAttributesClass is known since 1.29. */
const FROZEN: Since<string> = [
  [0, 'spec is immutable after creation except resources.requests for bound claims'],
  [
    29,
    'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
  ],
];

/** RecoverVolumeExpansionFailure: on since 1.32. */
const RECOVERS: Since<boolean> = [
  [0, false],
  [32, true],
];

/** Kubernetes: apis/core/validation ValidatePersistentVolumeClaim. */
export function checkNewClaim({ metadata, spec }: PersistentVolumeClaim): FieldErrors {
  return [...checkObjectMeta(metadata, { isNamespaced: true }), ...checkClaimSpec('spec', spec)];
}

function checkClaimSpec(field: string, spec: PersistentVolumeClaim['spec']): FieldErrors {
  const { accessModes = [], resources, selector, storageClassName, volumeMode } = spec ?? {};
  const { dataSource, dataSourceRef } = spec ?? {};
  const asked = resources?.requests?.['storage'];
  return [
    ...(accessModes.length === 0
      ? [required(`${field}.accessModes`, 'at least 1 access mode is required')]
      : []),
    ...checkLabelSelector(`${field}.selector`, selector),
    ...checkAccessModes(`${field}.accessModes`, accessModes),
    ...checkSize(`${field}.resources[storage]`, asked),
    ...(storageClassName
      ? invalidFor(`${field}.storageClassName`, storageClassName, dnsSubdomainProblems(storageClassName))
      : []),
    ...checkOneOfIfGiven(`${field}.volumeMode`, volumeMode, VOLUME_MODES),
    ...checkSource(`${field}.dataSource`, dataSource),
    ...checkSource(`${field}.dataSourceRef`, dataSourceRef),
    ...(dataSource && dataSourceRef && !dataSourceRef.namespace && !isSameSource(dataSource, dataSourceRef)
      ? [invalid(field, `${field}.dataSource`, 'must match dataSourceRef')]
      : []),
  ];
}

interface Source {
  readonly apiGroup?: string;
  readonly kind: string;
  readonly name: string;
}

/** Kubernetes: apis/core/validation validateDataSource, validateDataSourceRef. */
function checkSource(field: string, source: Source | undefined): FieldErrors {
  if (source === undefined) return [];
  const { apiGroup = '', kind, name } = source;
  const isOfCore = apiGroup === '' && kind !== 'PersistentVolumeClaim';
  const meant = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
  return [
    ...(name ? [] : [required(`${field}.name`)]),
    ...(kind ? [] : [required(`${field}.kind`)]),
    ...(isOfCore ? [invalid(field, kind, meant)] : []),
    ...(apiGroup === '' ? [] : invalidFor(`${field}.apiGroup`, apiGroup, dnsSubdomainProblems(apiGroup))),
  ];
}

function isSameSource(a: Source, b: Source): boolean {
  return a.apiGroup === b.apiGroup && a.kind === b.kind && a.name === b.name;
}

function checkSize(field: string, asked: string | number | undefined): FieldErrors {
  if (asked === undefined) return [required(field)];
  return compareQuantities(asked, '0') > 0 ? [] : [invalid(field, asked, 'must be greater than zero')];
}

/** Kubernetes: apis/core/validation ValidatePersistentVolumeClaimUpdate. */
export function checkClaimUpdate(
  claim: PersistentVolumeClaim,
  old: PersistentVolumeClaim,
  version: KubeVersion,
): FieldErrors {
  const before = old.spec ?? {};
  const after = comparable(claim, old);
  const isSame = isEqualJson(after, before);
  return [
    ...checkObjectMetaUpdate(claim.metadata, old.metadata),
    ...checkClaimSpec('spec', claim.spec),
    ...(isSame
      ? []
      : [forbidden('spec', `${inVersion(FROZEN, version)}\n${describeClaimChange(before, after)}`)]),
    ...checkShrinking(claim, old, version),
    ...checkImmutable('volumeMode', claim.spec?.volumeMode, before.volumeMode),
  ];
}

/** The new spec without what may change: a volume and a class are given once, and sizes grow. */
function comparable(
  { spec = {} }: PersistentVolumeClaim,
  { spec: before = {}, status }: PersistentVolumeClaim,
): NonNullable<PersistentVolumeClaim['spec']> {
  const { volumeName, storageClassName, resources, volumeAttributesClassName, ...rest } = spec;
  const isBound = status?.phase === 'Bound';
  const name = before.volumeName ? volumeName : undefined;
  const classed = before.storageClassName === undefined ? undefined : storageClassName;
  const attributes = isBound ? before.volumeAttributesClassName : volumeAttributesClassName;
  const asked = isBound ? before.resources?.requests?.['storage'] : resources?.requests?.['storage'];
  const requests = { ...resources?.requests, ...(asked !== undefined && { storage: asked }) };
  return {
    ...rest,
    ...(resources && { resources: { ...resources, ...(resources.requests && { requests }) } }),
    ...(name !== undefined && { volumeName: name }),
    ...(classed !== undefined && { storageClassName: classed }),
    ...(attributes !== undefined && { volumeAttributesClassName: attributes }),
  };
}

function checkShrinking(
  { spec }: PersistentVolumeClaim,
  { spec: before, status }: PersistentVolumeClaim,
  version: KubeVersion,
): FieldErrors {
  const [asked, was] = [spec, before].map((each) => each?.resources?.requests?.['storage'] ?? '0');
  if (asked === undefined || was === undefined || compareQuantities(asked, was) >= 0) return [];
  const field = 'spec.resources.requests.storage';
  if (!inVersion(RECOVERS, version)) return [forbidden(field, 'field can not be less than previous value')];
  const isTooSmall = compareQuantities(asked, status?.capacity?.['storage'] ?? '0') <= 0;
  return isTooSmall ? [forbidden(field, 'field can not be less than status.capacity')] : [];
}
