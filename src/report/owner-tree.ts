import type { ObjectReader } from '../cluster/contract/reader.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
import type { Pod } from '../cluster/objects/kubernetes.ts';
import { controllerOf } from '../cluster/objects/owner-references.ts';
import { resourceForKind } from '../cluster/objects/schema/resources.ts';
import { storageKey } from '../cluster/objects/storage-key.ts';
import { objectReader } from '../cluster/world/readers.ts';
import { servedResources } from '../cluster/world/served-resources.ts';
import type { World } from '../cluster/world/world.ts';
import { type PodState, podState } from '../replay/pod-state.ts';
import { valueAt } from '../replay/value-at.ts';
import { nameOf } from './names.ts';

/** An object in the family of another. */
export interface Kin {
  readonly key: string;
  /** How many owners stand above it. */
  readonly depth: number;
  readonly name: string;
  /** `3/3 ready`, `Running 1/1`; empty for what has no such state. */
  readonly state: string;
  /** How it is, if it is a pod. */
  readonly pod?: PodState;
}

/** More than that nobody reads. */
const MOST = 500;
const DEEPEST = 20;

/**
 * The family of an object at an instant: whoever owns it up to the first owner of all, and all that they own.
 */
export function ownerTree({ store, seq }: World, key: string): readonly Kin[] {
  const objects = objectReader({ tables: store.tables, seq });
  let top = objects.byKey(key);
  if (!top) return [];
  for (let height = 0; height < DEEPEST; height++) {
    const owner = ownerOf(top, objects);
    if (!owner) break;
    top = owner;
  }
  return [...familyOf(top, 0, objects)].slice(0, MOST);
}

function* familyOf(object: KubeObject, depth: number, objects: ObjectReader): Generator<Kin> {
  const key = keyOf(object, objects);
  if (key === undefined) return;
  const pod = object.kind === 'Pod' ? { pod: podState(object as Pod) } : {};
  yield { key, depth, name: nameOf(object), state: stateText(object), ...pod };
  const { uid } = object.metadata;
  if (uid === undefined || depth >= DEEPEST) return;
  for (const child of childrenOf(object, uid, objects)) yield* familyOf(child, depth + 1, objects);
}

/** A node owns nothing, but the pods on it go with it. */
function childrenOf(
  { kind, metadata: { name = '' } }: KubeObject,
  uid: string,
  objects: ObjectReader,
): readonly KubeObject[] {
  return kind === 'Node' ? objects.listBy('node', name) : objects.listBy('owner', uid);
}

function ownerOf(object: KubeObject, objects: ObjectReader): KubeObject | undefined {
  const owner = controllerOf(object);
  const resource = owner && resourceForKind(owner.apiVersion, owner.kind, servedResources(objects));
  if (!owner || !resource) return undefined;
  const namespace = resource.isNamespaced ? object.metadata.namespace : undefined;
  const found = objects.get(resource.name, namespace, owner.name);
  return found?.metadata.uid === owner.uid ? found : undefined;
}

/** The etcd key of an object. */
function keyOf(
  { apiVersion, kind, metadata: { name = '', namespace } }: KubeObject,
  objects: ObjectReader,
): string | undefined {
  const resource = resourceForKind(apiVersion, kind, servedResources(objects));
  if (!resource) return undefined;
  return storageKey({ resource: resource.name, name, ...(namespace !== undefined && { namespace }) });
}

function stateText(object: KubeObject): string {
  const number = (pointer: string): number | undefined => {
    const value = valueAt(object, pointer);
    return typeof value === 'number' ? value : undefined;
  };
  const wanted = number('/spec/replicas') ?? number('/status/desiredNumberScheduled');
  if (wanted !== undefined) {
    return `${number('/status/readyReplicas') ?? number('/status/numberReady') ?? 0}/${wanted}`;
  }
  const completions = object.kind === 'Job' ? number('/spec/completions') : undefined;
  return completions === undefined ? '' : `${number('/status/succeeded') ?? 0}/${completions}`;
}

/** The first pod in the family of an object, or the object itself if it is one. */
export function podBehind(world: World, key: string): string | undefined {
  const objects = objectReader({ tables: world.store.tables, seq: world.seq });
  const object = objects.byKey(key);
  if (object?.kind === 'Pod') return key;
  if (!object) return undefined;
  for (const kin of familyOf(object, 0, objects)) if (kin.pod) return kin.key;
  return undefined;
}
