import type { Granted, Refused } from '../../contract/response.ts';
import { validateCustom, validateCustomStatus } from '../../objects/custom/validate-custom.ts';
import type { Manager } from '../../objects/field-sets/managers.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { ObjectMeta } from '../../objects/kubernetes.ts';
import type { FieldErrors } from '../../objects/validation/field-error.ts';
import { checkObjectMetaUpdate } from '../../objects/validation/object-meta.ts';
import { validateUpdate } from '../../objects/validation/validate-object.ts';
import { admitUpdate, checkUpdate } from '../admission/admit.ts';
import { type Call, granted, keyOf, type Outcome } from '../call.ts';
import { decodeCustomStatus } from '../decode/decode-custom.ts';
import { decodeObject } from '../decode/decode-object.ts';
import { withManagersNoted } from '../field-management/note-change.ts';
import { invalid, notFound } from '../refusal.ts';
import { warnOfChange } from '../strategy/pod-warnings.ts';
import { countsUp } from './generation.ts';
import { metadataAfter } from './metadata-after.ts';
import { checkName, checkVersion } from './update-preconditions.ts';

/** What a client wants an object to be. */
export interface Change {
  readonly object: KubeObject;
  /** As in the request; left out by programs, and where the shape has been checked already. */
  readonly strict?: boolean | undefined;
  /** Of an apply: whose fields are whose after it. */
  readonly managers?: readonly Manager[] | undefined;
  /** The subresource that it came by, where that is not the call's own. */
  readonly way?: 'scale';
}

/** The whole object anew, or with the subresource `status` its status alone. */
export function update(call: Call, name: string, change: Change): Granted | Refused {
  const refusal = checkName(call, name, change.object);
  if (refusal) return refusal;
  const stored = call.store.read(keyOf(call, name));
  return stored === undefined ? notFound(call.resource, name) : replaceStored(call, stored, change);
}

/**
 * The way of every change of a stored object, whether the client sent it whole or as a patch: what the client
 * may not change is as it was, and an object that waited for nothing but its finalizers goes.
 */
export function replaceStored(call: Call, stored: KubeObject, change: Change): Granted | Refused {
  call.tell?.({ stage: 'decode' });
  const refusal = checkVersion(call, stored, change.object.metadata);
  if (refusal) return refusal;
  const isStatus = call.subresource === 'status' || call.subresource === 'approval';
  const changed = isStatus ? changeStatus(call, stored, change) : changeContent(call, stored, change);
  if (!changed.ok) return changed;
  const draft = withManagersNoted(call, { stored, draft: changed.value, change });
  const place = { resource: call.resource.name, key: keyOf(call, stored.metadata.name ?? '') };
  if (mayGo(call, stored, draft)) {
    call.store.remove(place, stored);
    return { ok: true, object: draft, revision: call.store.revision() };
  }
  return { ok: true, object: call.store.update(place, stored, draft), revision: call.store.revision() };
}

/** The subresource `status` takes the status and nothing else of what an object is wanted to be. */
function changeStatus(call: Call, stored: KubeObject, { object, strict }: Change): Outcome<KubeObject> {
  const draft = {
    ...stored,
    metadata: metadataAfter(stored.metadata, object.metadata),
    status: (object as { status?: unknown }).status ?? {},
  };
  decodeCustomStatus(call, draft);
  const refusal = call.resource.strategy.prepareForStatus?.(draft, stored, call);
  if (refusal) return refusal;
  call.tell?.({ stage: 'validate' });
  // The cluster's own programs report often, and by types that make no such mistakes.
  const errors =
    strict === undefined ? [] : validateUpdate(draft, stored, call.subresource, call.settings.version);
  const { custom } = call.resource;
  if (custom)
    return refuseErrors(call, stored, validateCustomStatus(custom.version, draft, stored)) ?? granted(draft);
  return refuseErrors(call, stored, errors) ?? granted(draft);
}

function changeContent(call: Call, stored: KubeObject, change: Change): Outcome<KubeObject> {
  return !isPlain(call, stored, change) && isOfMetadataAlone(stored, change)
    ? changeMetadata(call, stored, change)
    : changeAll(call, stored, change);
}

function changeAll(call: Call, stored: KubeObject, change: Change): Outcome<KubeObject> {
  const { object, strict } = change;
  const decoded = isPlain(call, stored, change) ? granted({ ...object }) : decodeObject(call, object, strict);
  if (!decoded.ok) return decoded;
  const draft = decoded.value;
  draft.metadata = metadataAfter(stored.metadata, draft.metadata);
  const refusal = admitUpdate(draft, stored, call) ?? prepare(call, stored, draft);
  if (refusal) return refusal;
  call.tell?.({ stage: 'validate' });
  const { custom } = call.resource;
  const found = validateUpdate(draft, stored, call.subresource, call.settings.version);
  const errors = custom ? [...found, ...validateCustom(custom.version, draft, stored)] : found;
  if (strict !== undefined) warnOfChange(call, stored, draft);
  return refuseErrors(call, stored, errors) ?? checkUpdate(draft, stored, call) ?? granted(draft);
}

/** What was not touched has been decoded, admitted and found valid before. */
function changeMetadata(call: Call, stored: KubeObject, { object }: Change): Outcome<KubeObject> {
  const draft = { ...object, metadata: withoutEmpty(metadataAfter(stored.metadata, object.metadata)) };
  const refusal = prepare(call, stored, draft);
  if (refusal) return refusal;
  call.tell?.({ stage: 'validate' });
  const errors = checkObjectMetaUpdate(draft.metadata, stored.metadata, call.resource.custom !== undefined);
  return refuseErrors(call, stored, errors) ?? checkUpdate(draft, stored, call) ?? granted(draft);
}

/** A patch that took the last of a list or a map leaves none (metav1: ObjectMeta, omitempty). */
function withoutEmpty(metadata: ObjectMeta): ObjectMeta {
  const { ownerReferences, finalizers, ...others } = metadata;
  for (const name of ['annotations', 'labels'] as const) {
    const map = others[name];
    if (map && Object.keys(map).length === 0) delete others[name];
  }
  return {
    ...others,
    ...(ownerReferences?.length && { ownerReferences }),
    ...(finalizers?.length && { finalizers }),
  };
}

/** A program's renewal of an object that nothing is prepared in: it is taken as it is, as with leases. */
function isPlain({ resource: { strategy } }: Call, stored: KubeObject, { object, strict }: Change): boolean {
  const isOfProgram = strict === undefined && object.metadata === stored.metadata;
  return isOfProgram && !strategy.hasStatus && !strategy.prepareForUpdate;
}

function prepare(call: Call, stored: KubeObject, draft: KubeObject): Refused | undefined {
  const { strategy } = call.resource;
  if (strategy.hasStatus) keepStatus(draft, stored);
  const refusal = strategy.prepareForUpdate?.(draft, stored, call);
  if (refusal) return refusal;
  if (countsUp(strategy.generation, draft, stored)) {
    draft.metadata = { ...draft.metadata, generation: (stored.metadata.generation ?? 0) + 1 };
  }
  return undefined;
}

/** A program that changes metadata alone hands the rest back as it read it: the very same parts. */
function isOfMetadataAlone(stored: KubeObject, { object, strict }: Change): boolean {
  if (strict !== undefined) return false;
  const [before, after] = [stored, object] as unknown as [Fields, Fields];
  for (const field in after) if (before[field] !== after[field] && isContent(field)) return false;
  for (const field in before) if (after[field] === undefined && isContent(field)) return false;
  return true;
}

type Fields = Readonly<Record<string, unknown>>;

function isContent(field: string): boolean {
  return field !== 'metadata' && field !== 'status';
}

function keepStatus(
  draft: KubeObject & { status?: unknown },
  stored: KubeObject & { status?: unknown },
): void {
  if (stored.status === undefined) delete draft.status;
  else draft.status = stored.status;
}

function refuseErrors(
  { resource }: Call,
  { metadata }: KubeObject,
  errors: FieldErrors,
): Refused | undefined {
  return errors.length === 0 ? undefined : invalid(resource, metadata.name ?? '', errors);
}

/**
 * Whether the object was only waiting for what this change takes away (apiserver: ShouldDeleteDuringUpdate).
 */
function mayGo({ resource }: Call, { metadata }: KubeObject, after: KubeObject): boolean {
  if (metadata.deletionTimestamp === undefined || after.metadata.finalizers?.length) return false;
  const hasTimeLeft = (metadata.deletionGracePeriodSeconds ?? 0) > 0;
  return !hasTimeLeft && (resource.strategy.isFinalized?.(after) ?? true);
}
