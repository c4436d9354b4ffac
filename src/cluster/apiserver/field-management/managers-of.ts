import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import { compareFields, type FieldChanges } from '../../objects/field-sets/compare-fields.ts';
import {
  type FieldSet,
  isEmptySet,
  membersOf,
  type Path,
  setOf,
  union,
  withoutBelow,
} from '../../objects/field-sets/field-set.ts';
import { type Manager, readManagers } from '../../objects/field-sets/managers.ts';
import { newObject } from '../../objects/field-sets/new-object.ts';
import { pathText } from '../../objects/field-sets/path-text.ts';
import { managersAfterUpdate } from '../../objects/field-sets/update-managers.ts';
import { encodeGoJson } from '../../objects/go-json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { type Call, keyOf } from '../call.ts';
import type { StoredVersion } from '../store/transaction.ts';
import { shapeOf } from './shape-of.ts';

/**
 * Who owns which fields of a stored object. It is written with the object from its first server-side apply
 * on; before that, it follows from the object's versions and who wrote each of them.
 */
export function managersOf(call: Call, stored: KubeObject): readonly Manager[] {
  const { managedFields } = stored.metadata;
  if (managedFields !== undefined) return readManagers(managedFields);
  const known = found.get(stored);
  if (known !== undefined) return known;
  const versions = call.store.versionsOf(keyOf(call, stored.metadata.name ?? ''));
  const last = versions.findLastIndex(({ object }) => object !== undefined && found.has(object));
  let before: object | undefined = versions[last]?.object;
  let managers: readonly Manager[] = (before && found.get(before)) ?? [];
  for (const version of versions.slice(last + 1)) {
    const { object } = version;
    if (object === undefined) {
      managers = [];
      before = undefined;
      continue;
    }
    const isBirth = before === undefined;
    const base = before ?? newObject(object, call.settings.version);
    before = object;
    const untracked = isBirth ? union(UNTRACKED, saidByServer(object)) : UNTRACKED;
    const changes = without(compareFields(base, object, shapeOf(call, object)), untracked);
    managers = afterVersion(managers, changes, { version, object, call });
    found.set(object, managers);
  }
  return managers;
}

// What follows from the versions of an object up to one of them: clients that watch ask of each.
const found = new WeakMap<object, readonly Manager[]>();

interface Written {
  readonly version: StoredVersion;
  readonly object: KubeObject;
  readonly call: Call;
}

function afterVersion(
  managers: readonly Manager[],
  changes: FieldChanges,
  { version, object, call }: Written,
): readonly Manager[] {
  const all = union(union(changes.added, changes.modified), changes.removed);
  if (isEmptySet(all)) return managers;
  const way = wayOf(all, version.manager);
  const time = version.at === undefined ? '' : formatRfc3339(call.settings.epochMs + version.at);
  const writer = {
    name: version.manager ?? programThatWrites(object, way.subresource === 'status'),
    operation: 'Update',
    apiVersion: object.apiVersion,
    ...way,
  } as const;
  return managersAfterUpdate(managers, changes, { writer, time });
}

/** `kubectl scale` goes by kubectl's own name. */
const SCALING = 'kubectl';

/** By which subresource a write went that changed this and nothing else. */
function wayOf(changed: FieldSet, manager: string | undefined): { readonly subresource?: string } {
  const places = [...membersOf(changed)].map(pathText);
  if (places.every((place) => place === '.status' || place.startsWith('.status.')))
    return { subresource: 'status' };
  const isScale = manager === SCALING && places.length === 1 && places[0] === '.spec.replicas';
  return isScale ? { subresource: 'scale' } : {};
}

/** Who writes what nobody has typed. */
function programThatWrites({ kind }: KubeObject, isOfStatus: boolean): string {
  const isOfKubelet = (kind === 'Pod' && isOfStatus) || kind === 'Node' || kind === 'Lease';
  return isOfKubelet ? 'kubelet' : 'kube-controller-manager';
}

/** Deletions and bindings have subresources and ways of their own, in which nobody's fields are noted. */
const UNTRACKED = setOf([
  ['f:metadata', 'f:deletionTimestamp'],
  ['f:metadata', 'f:deletionGracePeriodSeconds'],
  ['f:metadata', 'f:generation'],
  ['f:metadata', 'f:resourceVersion'],
  ['f:spec', 'f:nodeName'],
]);

function without({ added, modified, removed }: FieldChanges, fields: FieldSet): FieldChanges {
  return {
    added: withoutBelow(added, fields),
    modified: withoutBelow(modified, fields),
    removed: withoutBelow(removed, fields),
  };
}

/** What admission and the strategy say of a new object comes after its fields were noted. */
function saidByServer(object: KubeObject): FieldSet {
  const places: Path[] = [['f:status']];
  if (object.kind !== 'Pod') return setOf(places);
  const { spec } = object as Pod;
  for (const field of ADMITTED) places.push(['f:spec', `f:${field}`]);
  if (spec.serviceAccountName === 'default')
    places.push(['f:spec', 'f:serviceAccount'], ['f:spec', 'f:serviceAccountName']);
  const token = spec.volumes?.find(({ name }) => name.startsWith('kube-api-access-'));
  if (token === undefined) return setOf(places);
  const isAlone = spec.volumes?.length === 1;
  places.push(['f:spec', 'f:volumes', ...(isAlone ? [] : [`k:${encodeGoJson({ name: token.name })}`])]);
  for (const { name, volumeMounts = [] } of spec.containers) {
    const container = ['f:spec', 'f:containers', `k:${encodeGoJson({ name })}`, 'f:volumeMounts'];
    const mount = `k:${encodeGoJson({ mountPath: TOKEN_PATH })}`;
    places.push(volumeMounts.length === 1 ? container : [...container, mount]);
  }
  return setOf(places);
}

const ADMITTED = ['tolerations', 'priority', 'preemptionPolicy'];
const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
