import { SECOND } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { DeleteOptions } from '../../contract/request.ts';
import type { Granted, Refused } from '../../contract/response.ts';
import { extended } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Namespace, ObjectMeta } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { checkDelete } from '../admission/admit.ts';
import { refuseDeletion } from '../admission/namespace-lifecycle.ts';
import { type Call, keyOf, timestamp } from '../call.ts';
import { conflict, notFound } from '../refusal.ts';
import { deletionFinalizers } from './deletion-finalizers.ts';

/**
 * Asks for an object's end: it goes at once, or is marked and goes when its grace is over and its finalizers
 * gone.
 */
export function remove(call: Call, name: string, options: DeleteOptions): Granted | Refused {
  const stored = call.store.read(keyOf(call, name));
  if (stored === undefined) return notFound(call.resource, name);
  const refusal =
    refuseDeletion(call, name) ?? checkPreconditions(call, stored, options) ?? checkDelete(stored, call);
  if (refusal) return refusal;
  const object = endOf(call, stored, options);
  return { ok: true, object, revision: call.store.revision() };
}

function endOf(call: Call, stored: KubeObject, options: DeleteOptions): KubeObject {
  if (call.resource.name === 'namespaces') return terminateNamespace(call, stored, options);
  const marked = call.resource.strategy.markDeleted?.(stored, call);
  if (marked === undefined) return end(call, stored, options);
  const place = { resource: call.resource.name, key: keyOf(call, stored.metadata.name ?? '') };
  return call.store.update(place, stored, marked);
}

/**
 * Deletes as `generic/registry/store.go` Delete does: an update that marks the object, the removal, or both.
 */
function end(call: Call, stored: KubeObject, options: DeleteOptions): KubeObject {
  const place = { resource: call.resource.name, key: keyOf(call, stored.metadata.name ?? '') };
  const grace = graceOf(call, stored, options);
  if (grace === 'pending') return stored;
  const finalizers = deletionFinalizers(stored, options, call.resource.strategy.defaultPropagation);
  const isHeld = finalizers.length > 0;
  if (grace === undefined && !isHeld) return call.store.remove(place, stored);
  const marked = withFinalizers(
    grace === undefined ? markNow(call, stored) : markGraceful(stored, grace),
    finalizers,
  );
  const written = call.store.update(place, stored, marked);
  return isHeld || (grace?.seconds ?? 0) > 0 ? written : call.store.remove(place, written);
}

interface Grace {
  readonly seconds: number;
  readonly deletionTimestamp: string;
}

/** A second deletion can be in less of a hurry, and then is heard no more; `undefined` means at once. */
function graceOf(call: Call, stored: KubeObject, options: DeleteOptions): Grace | 'pending' | undefined {
  const { gracePeriod } = call.resource.strategy;
  if (gracePeriod === undefined) return undefined;
  const { deletionTimestamp, deletionGracePeriodSeconds: before } = stored.metadata;
  const requested = options.gracePeriodSeconds;
  if (deletionTimestamp === undefined) {
    const seconds = gracePeriod(stored, requested !== undefined && requested < 0 ? 1 : requested);
    return { seconds, deletionTimestamp: timestamp(call, seconds * SECOND) };
  }
  if (!before) return undefined;
  const seconds = requested !== undefined && requested < 0 ? 1 : requested;
  if (seconds === undefined || seconds >= before) return 'pending';
  return shorten(call, { deletionTimestamp, before, seconds });
}

/**
 * A shortened grace ends now at the earliest, and did end in the past before (kubernetes: pull 122646, 1.33).
 */
const ENDS_NOW_AT_EARLIEST: Since<boolean> = [
  [0, false],
  [33, true],
];

function shorten(
  call: Call,
  { deletionTimestamp, before, seconds }: { deletionTimestamp: string; before: number; seconds: number },
): Grace {
  const { settings, at } = call;
  const now = settings.epochMs + at;
  const moved = (parseRfc3339(deletionTimestamp) ?? now) + (seconds - before) * SECOND;
  if (moved >= now || !inVersion(ENDS_NOW_AT_EARLIEST, settings.version)) {
    return { seconds, deletionTimestamp: timestamp(call, moved - now) };
  }
  // A graceful end stays one, as short as it can be: whoever ends the object must still be told.
  return { seconds: seconds === 0 ? 0 : 1, deletionTimestamp: timestamp(call) };
}

function markGraceful({ metadata, ...rest }: KubeObject, { seconds, deletionTimestamp }: Grace): KubeObject {
  const isFirst = metadata.deletionTimestamp === undefined;
  const mark = { deletionTimestamp, deletionGracePeriodSeconds: seconds };
  return extended(rest, { metadata: extended(isFirst ? nextGeneration(metadata) : metadata, mark) });
}

/** Objects without a grace of their own wait for their finalizers alone. */
function markNow(call: Call, { metadata, ...rest }: KubeObject): KubeObject {
  const now = timestamp(call);
  const before = metadata.deletionTimestamp;
  const deletionTimestamp = before === undefined || before > now ? now : before;
  const counted = before === undefined ? nextGeneration(metadata) : metadata;
  return extended(rest, {
    metadata: extended(counted, { deletionTimestamp, deletionGracePeriodSeconds: 0 }),
  });
}

/** An object that is to go is wanted to be something else than before. */
function nextGeneration(metadata: ObjectMeta): ObjectMeta {
  return metadata.generation ? { ...metadata, generation: metadata.generation + 1 } : metadata;
}

function withFinalizers(object: KubeObject, finalizers: readonly string[]): KubeObject {
  const { finalizers: _, ...metadata } = object.metadata;
  const kept = finalizers.length > 0 ? { finalizers: [...finalizers] } : {};
  return { ...object, metadata: { ...metadata, ...kept } };
}

/** A namespace says that it is terminating, and goes when the namespace controller has emptied it. */
function terminateNamespace(call: Call, stored: KubeObject, options: DeleteOptions): KubeObject {
  const namespace = stored as Namespace;
  if (namespace.metadata.deletionTimestamp !== undefined) {
    return namespace.spec?.finalizers?.length ? stored : end(call, stored, options);
  }
  const place = { resource: call.resource.name, key: keyOf(call, namespace.metadata.name ?? '') };
  const marked: Namespace = {
    ...namespace,
    metadata: { ...namespace.metadata, deletionTimestamp: timestamp(call) },
    status: { ...namespace.status, phase: 'Terminating' },
  };
  return call.store.update(
    place,
    stored,
    withFinalizers(marked, deletionFinalizers(stored, options, 'Background')),
  );
}

function checkPreconditions(
  call: Call,
  stored: KubeObject,
  { preconditions }: DeleteOptions,
): Refused | undefined {
  const { group, kind } = call.resource;
  const { uid, resourceVersion, name = '' } = stored.metadata;
  // The kind stands for the resource here, as it does in Kubernetes.
  const subject = { ...call.resource, plural: kind, name: group === '' ? kind : `${kind}.${group}` };
  if (preconditions?.uid !== undefined && preconditions.uid !== uid) {
    const differs = `the UID in the precondition (${preconditions.uid}) does not match the UID in record (${uid})`;
    return conflict(subject, name, `${differs}. The object might have been deleted and then recreated`);
  }
  const wanted = preconditions?.resourceVersion;
  if (wanted === undefined || wanted === resourceVersion) return undefined;
  const record = `does not match the ResourceVersion in record (${resourceVersion})`;
  const why = `the ResourceVersion in the precondition (${wanted}) ${record}. The object might have been modified`;
  return conflict(subject, name, why);
}
