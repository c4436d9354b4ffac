import type { Granted, Refused } from '../../contract/response.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { ObjectMeta } from '../../objects/kubernetes.ts';
import { invalid as invalidField } from '../../objects/validation/field-error.ts';
import { admitUpdate } from '../admission/admit.ts';
import { type Call, type GenerationRule, granted, keyOf, type Outcome } from '../call.ts';
import { decodeObject } from '../decode/decode-object.ts';
import { badRequest, conflict, invalid, notFound, staleVersion } from '../refusal.ts';
import { validateChange } from '../validation/validate.ts';

/** The whole object anew, or with the subresource `status` its status alone. */
export function update(
  call: Call,
  name: string,
  { object, strict }: { readonly object: KubeObject; readonly strict?: boolean | undefined },
): Granted | Refused {
  const refusal = checkName(call, name, object);
  if (refusal) return refusal;
  const stored = call.store.read(keyOf(call, name));
  if (stored === undefined) return notFound(call.resource, name);
  return replaceStored(call, stored, { object, strict });
}

/**
 * The way of every change of a stored object, whether the client sent it whole or as a patch: what the client may not
 * change is as it was, and an object that waited for nothing but its finalizers goes.
 */
export function replaceStored(
  call: Call,
  stored: KubeObject,
  { object, strict }: { readonly object: KubeObject; readonly strict?: boolean | undefined },
): Granted | Refused {
  const refusal = checkVersion(call, stored, object.metadata);
  if (refusal) return refusal;
  const changed =
    call.subresource === 'status'
      ? changeStatus(call, stored, object)
      : changeContent(call, stored, { object, strict });
  if (!changed.ok) return changed;
  const draft = changed.value;
  const place = { resource: call.resource.name, key: keyOf(call, stored.metadata.name ?? '') };
  if (mayGo(call, stored, draft)) call.store.remove(place, stored);
  const written = call.store.read(place.key) && call.store.update(place, stored, draft);
  return { ok: true, object: written ?? draft, revision: call.store.revision() };
}

/** The subresource `status` takes the status and nothing else of what an object is wanted to be. */
function changeStatus(call: Call, stored: KubeObject, object: KubeObject): Outcome<KubeObject> {
  const draft = {
    ...stored,
    metadata: metadataAfter(stored.metadata, object.metadata),
    status: (object as { status?: unknown }).status ?? {},
  };
  call.resource.strategy.prepareForStatus?.(draft, stored, call);
  return granted(draft);
}

function changeContent(
  call: Call,
  stored: KubeObject,
  { object, strict }: { readonly object: KubeObject; readonly strict?: boolean | undefined },
): Outcome<KubeObject> {
  const isContentShared = strict === undefined && sharesContent(stored, object);
  const decoded = isContentShared ? granted({ ...object }) : decodeObject(call, object, strict);
  if (!decoded.ok) return decoded;
  const draft = decoded.value;
  const { strategy } = call.resource;
  draft.metadata = { ...metadataAfter(stored.metadata, draft.metadata) };
  if (strategy.hasStatus) keepStatus(draft, stored);
  const refusal =
    (isContentShared ? undefined : admitUpdate(draft, stored, call)) ??
    strategy.prepareForUpdate?.(draft, stored, call);
  if (refusal) return refusal;
  if (countsUp(strategy.generation, draft, stored)) {
    draft.metadata.generation = (stored.metadata.generation ?? 0) + 1;
  }
  return validateChange(draft, stored, call) ?? granted(draft);
}

/** A program that changes metadata alone hands the rest back as it read it: there is nothing to decode or admit. */
function sharesContent(stored: KubeObject, object: KubeObject): boolean {
  const [before, after] = [stored, object] as unknown as Record<string, unknown>[];
  if (!before || !after) return false;
  const isSame = (field: string): boolean => NOT_CONTENT.includes(field) || before[field] === after[field];
  return Object.keys(after).every(isSame) && Object.keys(before).every(isSame);
}

const NOT_CONTENT = ['metadata', 'status'];

/** What a client says about an object's metadata, and what it cannot say (apiserver: rest/update.go BeforeUpdate). */
function metadataAfter(before: ObjectMeta, said: ObjectMeta): ObjectMeta {
  if (said === before) return before;
  const { managedFields: _, selfLink: __, ...rest } = said;
  const after: ObjectMeta = { ...rest };
  after.uid ||= before.uid ?? '';
  after.namespace ||= before.namespace ?? '';
  if (after.namespace === '') delete after.namespace;
  Object.assign(after, {
    creationTimestamp: before.creationTimestamp,
    resourceVersion: before.resourceVersion,
  });
  if (before.generation === undefined) delete after.generation;
  else after.generation = before.generation;
  if (before.deletionTimestamp !== undefined) after.deletionTimestamp = before.deletionTimestamp;
  if (before.deletionGracePeriodSeconds !== undefined) {
    after.deletionGracePeriodSeconds ??= before.deletionGracePeriodSeconds;
  }
  return after;
}

function keepStatus(
  draft: KubeObject & { status?: unknown },
  stored: KubeObject & { status?: unknown },
): void {
  if (stored.status === undefined) delete draft.status;
  else draft.status = stored.status;
}

function countsUp(rule: GenerationRule, draft: KubeObject, stored: KubeObject): boolean {
  if (rule === 'none' || rule === 'once') return false;
  if (rule === 'content+labels' && !isEqualJson(draft.metadata.labels, stored.metadata.labels)) return true;
  const annotations = [draft, stored].map(({ metadata }) => metadata.annotations);
  if (rule === 'content+annotations' && !isEqualJson(annotations[0], annotations[1])) return true;
  return !isEqualJson(contentOf(draft), contentOf(stored));
}

/** All that is wanted: everything but what the object is called and how it stands. */
function contentOf(object: KubeObject): unknown {
  const { apiVersion: _, kind: __, metadata: ___, ...content } = object;
  return { ...content, status: null };
}

function checkName({ namespace }: Call, name: string, { metadata }: KubeObject): Refused | undefined {
  if (metadata.name !== name) {
    const given = metadata.name ?? '';
    return badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`);
  }
  if (!namespace || !metadata.namespace || metadata.namespace === namespace) return undefined;
  return badRequest(
    `the namespace of the object (${metadata.namespace}) does not match the namespace on the request (${namespace})`,
  );
}

/** The object must be the one that the client has seen, and as the client has seen it. */
function checkVersion(
  call: Call,
  stored: KubeObject,
  { uid, resourceVersion }: ObjectMeta,
): Refused | undefined {
  const { resource } = call;
  const name = stored.metadata.name ?? '';
  if (uid && uid !== stored.metadata.uid) {
    const found = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${stored.metadata.uid}`;
    const key = keyOf(call, name);
    const code = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0`;
    return conflict(resource, name, `${code}, AdditionalErrorMsg: ${found}`);
  }
  if (resourceVersion && resourceVersion !== '0') {
    return resourceVersion === stored.metadata.resourceVersion ? undefined : staleVersion(resource, name);
  }
  if (resource.strategy.allowsUnconditionalUpdate) return undefined;
  const error = invalidField('metadata.resourceVersion', 0, 'must be specified for an update');
  return invalid({ ...resource, kind: resource.plural }, name, [error]);
}

/** Whether the object was only waiting for what this change takes away (apiserver: ShouldDeleteDuringUpdate). */
function mayGo({ resource }: Call, { metadata }: KubeObject, after: KubeObject): boolean {
  if (metadata.deletionTimestamp === undefined || after.metadata.finalizers?.length) return false;
  const hasTimeLeft = (metadata.deletionGracePeriodSeconds ?? 0) > 0;
  return !hasTimeLeft && (resource.strategy.isFinalized?.(after) ?? true);
}
