import { utf8Length } from '../base64.ts';
import { isEqualJson, sortedKeys } from '../json.ts';
import type { ObjectMeta, OwnerReference } from '../kubernetes.ts';
import { splitApiVersion } from '../schema/resources.ts';
import { checkLabels } from './check-labels.ts';
import { checkNotNegative } from './check-values.ts';
import { type FieldErrors, forbidden, invalid, invalidFor, required, tooLong } from './field-error.ts';
import { asPrefix, dnsLabelProblems, dnsSubdomainProblems, qualifiedNameProblems } from './name-syntax.ts';

const ANNOTATIONS_MAX_BYTES = 256 * 1024;
const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];

export interface NameRules {
  readonly isNamespaced: boolean;
  /** The syntax of the kind's names; most are DNS subdomains. */
  readonly nameProblems?: (name: string) => readonly string[];
  /** Of a kind that a definition brings: its finalizers may be named without saying whose they are. */
  readonly isCustom?: boolean;
}

/** Metadata of a new object, its name generated already (apimachinery: api/validation/objectmeta.go). */
export function checkObjectMeta(
  metadata: ObjectMeta,
  { isNamespaced, nameProblems = dnsSubdomainProblems, isCustom = false }: NameRules,
): FieldErrors {
  const { name = '', generateName = '' } = metadata;
  return [
    ...(generateName === ''
      ? []
      : invalidFor('metadata.generateName', generateName, asPrefix(nameProblems)(generateName))),
    ...(name === ''
      ? [required('metadata.name', 'name or generateName is required')]
      : invalidFor('metadata.name', name, nameProblems(name))),
    ...checkNamespaceOf(metadata, isNamespaced),
    ...checkNotNegative('metadata.generation', metadata.generation),
    ...checkCommon(metadata),
    ...checkFinalizers(metadata.finalizers ?? []),
    ...(isCustom ? [] : checkStandardFinalizers(metadata.finalizers ?? [])),
  ];
}

const IMMUTABLE = [
  'name',
  'namespace',
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
] as const;

/** Metadata of an object that takes the place of another. */
export function checkObjectMetaUpdate(metadata: ObjectMeta, old: ObjectMeta, isCustom = false): FieldErrors {
  // What is the very same has been found good before.
  if (metadata === old) return [];
  const version = metadata.resourceVersion ?? '';
  const generation = metadata.generation ?? 0;
  return [
    ...(old.deletionTimestamp === undefined ? [] : checkNoNewFinalizers(metadata, old)),
    ...(version === ''
      ? [invalid('metadata.resourceVersion', version, 'must be specified for an update')]
      : []),
    ...(generation < (old.generation ?? 0)
      ? [invalid('metadata.generation', generation, 'must not be decremented')]
      : []),
    ...IMMUTABLE.flatMap((field) => checkImmutable(`metadata.${field}`, metadata[field], old[field])),
    ...checkCommon(metadata),
    ...(isCustom ? [] : checkStandardFinalizers(metadata.finalizers ?? [])),
  ];
}

export function checkImmutable(field: string, value: unknown, old: unknown): FieldErrors {
  return isEqualJson(value, old) ? [] : [invalid(field, value ?? null, 'field is immutable')];
}

/** A finalizer's name, which is either one of Kubernetes' own or says whose it is. */
export function checkFinalizerName(field: string, name: string): FieldErrors {
  const isStandard = name.includes('/') || STANDARD_FINALIZERS.includes(name);
  const detail = 'name is neither a standard finalizer name nor is it fully qualified';
  return [
    ...invalidFor(field, name, qualifiedNameProblems(name)),
    ...(isStandard ? [] : [invalid(field, name, detail)]),
  ];
}

function checkNamespaceOf({ namespace = '' }: ObjectMeta, isNamespaced: boolean): FieldErrors {
  if (!isNamespaced)
    return namespace === '' ? [] : [forbidden('metadata.namespace', 'not allowed on this type')];
  if (namespace === '') return [required('metadata.namespace')];
  return invalidFor('metadata.namespace', namespace, dnsLabelProblems(namespace));
}

function checkCommon({ labels, annotations, ownerReferences }: ObjectMeta): FieldErrors {
  return [
    ...checkLabels('metadata.labels', labels),
    ...checkAnnotations('metadata.annotations', annotations ?? {}),
    ...checkOwnerReferences(ownerReferences ?? []),
  ];
}

/** Keys are as those of labels, but may be written in capitals too. */
export function checkAnnotations(field: string, annotations: Readonly<Record<string, string>>): FieldErrors {
  const keys = sortedKeys(annotations);
  const bytes = keys.reduce((sum, key) => sum + utf8Length(key) + utf8Length(annotations[key] ?? ''), 0);
  return [
    ...keys.flatMap((key) => invalidFor(field, key, qualifiedNameProblems(key.toLowerCase()))),
    ...(bytes > ANNOTATIONS_MAX_BYTES ? [tooLong(field, ANNOTATIONS_MAX_BYTES)] : []),
  ];
}

function checkOwnerReferences(references: readonly OwnerReference[]): FieldErrors {
  const field = 'metadata.ownerReferences';
  const controllers = references.filter(({ controller }) => controller === true);
  const [first, ...more] = controllers.map(({ kind, name }) => `${kind}/${name}`);
  const secondController = more.map((second) =>
    invalid(
      field,
      references,
      `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${second}`,
    ),
  );
  return [...references.flatMap((reference) => checkOwnerReference(field, reference)), ...secondController];
}

function checkOwnerReference(field: string, reference: OwnerReference): FieldErrors {
  const { apiVersion, kind, name, uid } = reference;
  const isEvent = apiVersion === 'v1' && kind === 'Event';
  return [
    ...(splitApiVersion(apiVersion).version === ''
      ? [invalid(`${field}.apiVersion`, apiVersion, 'version must not be empty')]
      : []),
    ...(kind === '' ? [invalid(`${field}.kind`, kind, 'must not be empty')] : []),
    ...(name === '' ? [invalid(`${field}.name`, name, 'must not be empty')] : []),
    ...(uid === '' ? [invalid(`${field}.uid`, uid, 'must not be empty')] : []),
    ...(isEvent ? [invalid(field, reference, '/v1, Kind=Event is disallowed from being an owner')] : []),
  ];
}

function checkFinalizers(finalizers: readonly string[]): FieldErrors {
  const field = 'metadata.finalizers';
  const isBoth = finalizers.includes('orphan') && finalizers.includes('foregroundDeletion');
  const detail = 'finalizer orphan and foregroundDeletion cannot be both set';
  return [
    ...finalizers.flatMap((name) => invalidFor(field, name, qualifiedNameProblems(name))),
    ...(isBoth ? [invalid(field, finalizers, detail)] : []),
  ];
}

function checkStandardFinalizers(finalizers: readonly string[]): FieldErrors {
  const isUnknown = (name: string): boolean => !name.includes('/') && !STANDARD_FINALIZERS.includes(name);
  const detail = 'name is neither a standard finalizer name nor is it fully qualified';
  return finalizers.flatMap((name, index) =>
    isUnknown(name) ? [invalid(`metadata.finalizers[${index}]`, name, detail)] : [],
  );
}

function checkNoNewFinalizers({ finalizers = [] }: ObjectMeta, old: ObjectMeta): FieldErrors {
  const added = finalizers.filter((name) => !(old.finalizers ?? []).includes(name)).sort();
  if (added.length === 0) return [];
  const list = added.map((name) => `"${name}"`).join(', ');
  const detail = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`;
  return [forbidden('metadata.finalizers', detail)];
}
