import type { Granted, Refused } from '../../contract/response.ts';
import { isConditionTrue } from '../../objects/conditions.ts';
import { validateCustom } from '../../objects/custom/validate-custom.ts';
import type { Manager } from '../../objects/field-sets/managers.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { validateCreate } from '../../objects/validation/validate-object.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { admitCreate, checkCreate } from '../admission/admit.ts';
import { type Call, keyOf, timestamp } from '../call.ts';
import { decodeObject } from '../decode/decode-object.ts';
import { withManagers } from '../field-management/note-change.ts';
import { type Birth, birthOf, drawName, drawUid } from '../naming/birth.ts';
import {
  alreadyExists,
  badRequest,
  invalid,
  noFreeName,
  notWhileTerminating,
  unexpected,
} from '../refusal.ts';
import { warnOfNew } from '../strategy/pod-warnings.ts';

/**
 * How many names are drawn from a `generateName` before it is given up (RetryGenerateName: on since 1.31).
 */
const NAME_ATTEMPTS: Since<number> = [
  [0, 1],
  [31, 8],
];

export interface Creation {
  /** As in the request; left out by programs. */
  readonly strict?: boolean | undefined;
  /** Of an apply: whose fields are whose. */
  readonly managers?: readonly Manager[];
}

/** A new object, from the client's body to the store. */
export function create(call: Call, body: KubeObject, { strict, managers }: Creation): Granted | Refused {
  if (isTerminating(call)) return notWhileTerminating();
  call.tell?.({ stage: 'decode' });
  const decoded = decodeObject(call, withoutStatus(call, body), strict);
  if (!decoded.ok) return decoded;
  const draft = decoded.value;
  const birth = birthOf(call, draft);
  const refusal =
    placeInNamespace(draft, call) ??
    admitCreate(draft, call) ??
    giveName(draft, call, birth) ??
    identify(draft, call, birth) ??
    call.resource.strategy.prepareForCreate?.(draft, call) ??
    validate(draft, call) ??
    checkNamed(draft, call, birth) ??
    refuseVersion(body);
  if (refusal) return refusal;
  call.tell?.({ stage: 'store' });
  const name = draft.metadata.name ?? '';
  const key = keyOf(call, name);
  if (call.store.read(key)) return alreadyExists(call.resource, name);
  // Programs do not read warnings.
  if (strict !== undefined) warnOfNew(call, draft);
  const born = managers === undefined ? draft : withManagers(draft, managers);
  const object = call.store.create({ resource: call.resource.name, key }, born);
  return { ok: true, object, revision: call.store.revision() };
}

/** Nothing new of a kind that is going (apiextensions: customresource_handler.go). */
function isTerminating({ resource: { custom } }: Call): boolean {
  return isConditionTrue(custom?.definition.status?.conditions, 'Terminating');
}

/** Nobody but the server and the controllers say how a new object stands. */
function withoutStatus({ resource }: Call, body: KubeObject): KubeObject {
  const { hasStatus, keepsStatusAtCreate } = resource.strategy;
  if (!hasStatus || keepsStatusAtCreate || !('status' in body)) return body;
  const { status: _, ...rest } = body as KubeObject & { status?: unknown };
  return rest;
}

function placeInNamespace({ metadata }: KubeObject, { namespace }: Call): Refused | undefined {
  if (namespace === undefined) {
    delete metadata.namespace;
    return undefined;
  }
  if (metadata.namespace && metadata.namespace !== namespace) {
    return badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  metadata.namespace = namespace;
  return undefined;
}

function giveName(draft: KubeObject, call: Call, birth: Birth): Refused | undefined {
  const { metadata } = draft;
  if (metadata.name || !metadata.generateName) return undefined;
  const attempts = inVersion(NAME_ATTEMPTS, call.settings.version);
  for (let attempt = 0; attempt < attempts; attempt++) {
    metadata.name = drawName(call, draft, birth, attempt);
    if (call.store.read(keyOf(call, metadata.name)) === undefined) return undefined;
  }
  return noFreeName(call.resource, metadata.name ?? '');
}

/**
 * A name that was drawn is lost with the refusal: whoever tries again is refused under another one. The log
 * does not count such tries, so their names are told apart by their time.
 */
function checkNamed(draft: KubeObject, call: Call, birth: Birth): Refused | undefined {
  const refusal = checkCreate(draft, call);
  const { generateName } = draft.metadata;
  if (refusal === undefined || !generateName || !draft.metadata.name?.startsWith(generateName))
    return refusal;
  draft.metadata.name = drawName(call, draft, birth, FIRST_LOST + call.at);
  return checkCreate(draft, call);
}

/** Above all attempts that are counted. */
const FIRST_LOST = 1000;

/** What the server says of every object, whatever the client said. */
function identify(draft: KubeObject, call: Call, birth: Birth): undefined {
  const { metadata } = draft;
  metadata.uid = drawUid(call, draft, birth);
  metadata.creationTimestamp = timestamp(call);
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  delete metadata.managedFields;
  delete metadata.selfLink;
  if (call.resource.strategy.generation === 'none') delete metadata.generation;
  else metadata.generation = 1;
}

function validate(draft: KubeObject, { resource, tell }: Call): Refused | undefined {
  tell?.({ stage: 'validate' });
  const errors = [
    ...validateCreate(draft, resource.isNamespaced),
    ...(resource.custom ? validateCustom(resource.custom.version, draft) : []),
  ];
  return errors.length === 0 ? undefined : invalid(resource, draft.metadata.name ?? '', errors);
}

function refuseVersion({ metadata }: KubeObject): Refused | undefined {
  const { resourceVersion } = metadata;
  if (!resourceVersion || resourceVersion === '0') return undefined;
  return unexpected('resourceVersion should not be set on objects to be created');
}
