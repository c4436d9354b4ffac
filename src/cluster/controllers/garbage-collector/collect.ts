import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { Request } from '../../contract/request.ts';
import type { Response } from '../../contract/response.ts';
import { quoteGo } from '../../objects/go-json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { OwnerReference } from '../../objects/kubernetes.ts';
import { record } from '../../recorder/record.ts';
import {
  blocks,
  dependentsOf,
  FOREGROUND,
  isLeaving,
  isWaitingWith,
  ORPHAN,
  ownerOf,
  referencesOf,
  resourceOfObject,
} from './graph.ts';

/**
 * Looks at one object of the graph: whether its owners are gone, or whether it waits for its dependents
 * (garbagecollector.go attemptToDeleteItem, attemptToOrphanWorker).
 */
export function* collect(view: View, item: KubeObject, now: Millis): Doing<void> {
  if (isWaitingWith(ORPHAN, item)) yield* letDependentsGo(view, item);
  else if (isWaitingWith(FOREGROUND, item)) yield* awaitDependents(view, item, now);
  else if (!isLeaving(item)) yield* deleteOrphaned(view, item, now);
}

/** The dependents lose their owner, and the owner may go. */
function* letDependentsGo(view: View, owner: KubeObject): Doing<void> {
  for (const dependent of dependentsOf(view.objects, owner)) {
    const answer = yield* dropReferences(view, dependent, [owner.metadata.uid ?? '']);
    if (!answer.ok && answer.status.code !== 404) return;
  }
  yield* dropFinalizer(view, owner, ORPHAN);
}

/** The owner may go when nothing is left that blocks it; until then what blocks it is made to go. */
function* awaitDependents(view: View, owner: KubeObject, now: Millis): Doing<void> {
  const blocking = dependentsOf(view.objects, owner).filter((each) => blocks(each, owner));
  if (blocking.length === 0) yield* dropFinalizer(view, owner, FOREGROUND);
  for (const dependent of blocking) if (!isLeaving(dependent)) yield* deleteOrphaned(view, dependent, now);
}

/** An object goes when none of its owners stays; if one stays, it only forgets those that don't. */
function* deleteOrphaned(view: View, item: KubeObject, now: Millis): Doing<void> {
  const references = referencesOf(item).filter((each) => resourceOfObject(view.objects, each));
  if (references.length === 0 || references.length < referencesOf(item).length) return;
  const found: (KubeObject | undefined)[] = [];
  for (const reference of references)
    found.push(ownerOf(view.objects, item, reference) ?? (yield* liveOwner(view, item, reference)));
  const isUnclear = references.some((reference) => isOfOtherScope(view, item, reference));
  if (isUnclear) return;
  const waiting = references.filter((_, index) => isWaiting(found[index]));
  const gone = references.filter((_, index) => found[index] === undefined);
  for (const reference of gone) yield* tellOtherNamespace(view, item, { reference, now });
  if (waiting.length + gone.length < references.length) {
    const uids = [...gone, ...waiting].map(({ uid }) => uid);
    if (uids.length > 0) yield* dropReferences(view, item, uids);
    return;
  }
  const dependents = waiting.length > 0 ? dependentsOf(view.objects, item) : [];
  if (dependents.some((each) => isWaitingWith(FOREGROUND, each))) yield* unblockOwners(view, item);
  const propagationPolicy = dependents.length > 0 ? 'Foreground' : policyOf(item);
  const preconditions = { uid: item.metadata.uid ?? '' };
  yield* ask(view, item, (target) => ({ verb: 'delete', ...target, propagationPolicy, preconditions }));
}

/** That an owner is gone is not left to the cache (garbagecollector.go isDangling). */
function* liveOwner(
  view: View,
  { metadata }: KubeObject,
  reference: OwnerReference,
): Doing<KubeObject | undefined> {
  const resource = resourceOfObject(view.objects, reference);
  if (!resource) return undefined;
  const namespace = resource.isNamespaced ? metadata.namespace : undefined;
  const target = {
    resource: resource.name,
    name: reference.name,
    ...(namespace !== undefined && { namespace }),
  };
  const got = yield { verb: 'get', ...target };
  return got.ok && got.object?.metadata.uid === reference.uid ? got.object : undefined;
}

function isWaiting(owner: KubeObject | undefined): boolean {
  return owner !== undefined && isWaitingWith(FOREGROUND, owner);
}

/** An object of the cluster can't belong to one of a namespace: it is left alone. */
function isOfOtherScope(view: View, { metadata }: KubeObject, owner: OwnerReference): boolean {
  return metadata.namespace === undefined && (resourceOfObject(view.objects, owner)?.isNamespaced ?? false);
}

/** What was said when its own deletion was asked for counts. */
function policyOf({ metadata }: KubeObject): 'Orphan' | 'Foreground' | 'Background' {
  if (metadata.finalizers?.includes(ORPHAN)) return 'Orphan';
  return metadata.finalizers?.includes(FOREGROUND) ? 'Foreground' : 'Background';
}

interface Misplaced {
  readonly reference: OwnerReference;
  readonly now: Millis;
}

/**
 * An owner that is there, but in another namespace, is none (graph_builder.go
 * reportInvalidNamespaceOwnerRef).
 */
function* tellOtherNamespace(view: View, item: KubeObject, { reference, now }: Misplaced): Doing<void> {
  const { apiVersion, kind, name, uid } = reference;
  const resource = resourceOfObject(view.objects, reference);
  const { namespace = '' } = item.metadata;
  if (!resource?.isNamespaced) return;
  const all = view.objects.list<KubeObject>(resource.name);
  if (!all.some(({ metadata }) => metadata.uid === uid && metadata.namespace !== namespace)) return;
  const owner = `[${apiVersion}/${kind}, namespace: ${namespace}, name: ${name}, uid: ${uid}]`;
  const message = `ownerRef ${owner} does not exist in namespace ${quoteGo(namespace)}`;
  const component = 'garbage-collector-controller';
  const reason = 'OwnerRefInvalidNamespace';
  yield* record(view, { component, object: item, type: 'Warning', reason, message }, now);
}

function* dropReferences(view: View, item: KubeObject, uids: readonly string[]): Doing<Response> {
  if (isCustom(view, item)) {
    return yield* replaceReferences(
      view,
      item,
      referencesOf(item).filter(({ uid }) => !uids.includes(uid)),
    );
  }
  const ownerReferences = uids.map((uid) => ({ $patch: 'delete', uid }));
  const patch = { metadata: { ownerReferences, uid: item.metadata.uid } };
  return yield* ask(view, item, (target) => ({ verb: 'patch', ...target, patchType: 'strategic', patch }));
}

/** Custom resources know no strategic patches (garbagecollector/patch.go: its JSON merge patches). */
function isCustom({ objects }: View, item: KubeObject): boolean {
  return resourceOfObject(objects, item)?.custom !== undefined;
}

function* replaceReferences(
  view: View,
  item: KubeObject,
  ownerReferences: readonly OwnerReference[],
): Doing<Response> {
  const { resourceVersion } = item.metadata;
  const patch = { metadata: { resourceVersion, ownerReferences } };
  return yield* ask(view, item, (target) => ({ verb: 'patch', ...target, patchType: 'merge', patch }));
}

/** Owners that wait for each other would wait for ever. */
function* unblockOwners(view: View, item: KubeObject): Doing<Response> {
  const ownerReferences = referencesOf(item).map((each) => ({ ...each, blockOwnerDeletion: false }));
  if (isCustom(view, item)) return yield* replaceReferences(view, item, ownerReferences);
  const patch = { metadata: { ownerReferences, uid: item.metadata.uid } };
  return yield* ask(view, item, (target) => ({ verb: 'patch', ...target, patchType: 'strategic', patch }));
}

function* dropFinalizer(view: View, { metadata, ...item }: KubeObject, finalizer: string): Doing<Response> {
  const finalizers = metadata.finalizers?.filter((each) => each !== finalizer) ?? [];
  const patch = { metadata: { finalizers, uid: metadata.uid } };
  return yield* ask(view, { metadata, ...item }, (target) => ({
    verb: 'patch',
    ...target,
    patchType: 'merge',
    patch,
  }));
}

interface Target {
  readonly resource: string;
  readonly namespace?: string;
  readonly name: string;
}

function* ask(view: View, item: KubeObject, request: (target: Target) => Request): Doing<Response> {
  const { namespace, name = '' } = item.metadata;
  const resource = resourceOfObject(view.objects, item)?.name ?? '';
  return yield request({ resource, name, ...(namespace !== undefined && { namespace }) });
}
