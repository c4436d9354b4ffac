import { compareText } from '../json.ts';
import type { ManagedFieldsEntry } from '../kubernetes.ts';
import { type FieldSet, isEmptySet, setOf, withoutBelow } from './field-set.ts';
import { decodeFields, encodeFields } from './fields-v1.ts';

/** Whose fields are whose: one for each program, way and version that it wrote by. */
export interface Manager extends ManagerIdentity {
  /** When its set of fields changed last, as `metav1.Time`; empty where that is not known. */
  readonly time: string;
  readonly fields: FieldSet;
}

export interface ManagerIdentity {
  readonly name: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource?: string;
}

/** As `metadata.managedFields` has them. */
export function readManagers(entries: readonly ManagedFieldsEntry[]): readonly Manager[] {
  return entries.map(({ manager = '', operation, apiVersion = '', subresource, time = '', fieldsV1 }) => ({
    name: manager,
    operation: operation === 'Apply' ? 'Apply' : 'Update',
    apiVersion,
    ...(subresource !== undefined && subresource !== '' && { subresource }),
    time,
    fields: decodeFields(fieldsV1),
  }));
}

/** Those that own anything, in the API's order (managedfields: internal/managedfields.go). */
export function writeManagers(managers: readonly Manager[]): ManagedFieldsEntry[] {
  return managers
    .filter(({ fields }) => !isEmptySet(fields))
    .sort(compareManagers)
    .map(({ name, operation, apiVersion, subresource, time, fields }) => ({
      apiVersion,
      fieldsType: 'FieldsV1',
      fieldsV1: encodeFields(fields),
      manager: name,
      operation,
      ...(subresource !== undefined && { subresource }),
      ...(time !== '' && { time }),
    }));
}

function compareManagers(a: Manager, b: Manager): number {
  return (
    compareText(a.operation, b.operation) ||
    compareText(a.time, b.time) ||
    compareText(a.name, b.name) ||
    compareText(a.apiVersion, b.apiVersion) ||
    compareText(a.subresource ?? '', b.subresource ?? '')
  );
}

export function isManager(manager: ManagerIdentity, identity: ManagerIdentity): boolean {
  return (
    manager.name === identity.name &&
    manager.operation === identity.operation &&
    // Whoever applies is the same in every version (managedfields: BuildManagerIdentifier).
    (manager.operation === 'Apply' || manager.apiVersion === identity.apiVersion) &&
    manager.subresource === identity.subresource
  );
}

/** What belongs to nobody, because the server says it itself (managedfields: internal/stripmeta.go). */
const SERVERS_OWN = setOf([
  ['f:apiVersion'],
  ['f:kind'],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map((name) => ['f:metadata', `f:${name}`]),
]);

/** Without what no manager can own. `f:metadata` itself is none of them, what is said in it is. */
export function withoutServersOwn(fields: FieldSet): FieldSet {
  const left = withoutBelow(fields, SERVERS_OWN);
  const metadata = left.below.get('f:metadata');
  if (metadata === undefined || !metadata.isMember) return left;
  return { ...left, below: new Map([...left.below, ['f:metadata', { ...metadata, isMember: false }]]) };
}
