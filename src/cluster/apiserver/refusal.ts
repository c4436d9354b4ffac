import type { RefusalStatus, Refused } from '../contract/response.ts';
import { quoteGo } from '../objects/go-json.ts';
import { type FieldErrors, invalidMessage, statusCauses } from '../objects/validation/field-error.ts';

/** A resource as errors name it: `pods`, `deployments.apps`. */
export interface Subject {
  readonly group: string;
  readonly plural: string;
  readonly kind: string;
  readonly name: string;
}

type Details = NonNullable<RefusalStatus['details']>;
type Cause = NonNullable<Details['causes']>[number];

/** The errors of the API, in its own words (apimachinery: api/errors/errors.go). */
export function notFound(subject: Subject, name: string): Refused {
  return refused(404, 'NotFound', `${subject.name} ${quoteGo(name)} not found`, detailsOf(subject, name));
}

export function unknownResource(): Refused {
  return refused(404, 'NotFound', 'the server could not find the requested resource', {});
}

export function alreadyExists(subject: Subject, name: string): Refused {
  const message = `${subject.name} ${quoteGo(name)} already exists`;
  return refused(409, 'AlreadyExists', message, detailsOf(subject, name));
}

/** The server drew several names from a `generateName`, and all were taken. */
export function noFreeName(subject: Subject, name: string): Refused {
  const tail = 'already exists, the server was not able to generate a unique name for the object';
  const details = { ...detailsOf(subject, name), retryAfterSeconds: 1 };
  return refused(409, 'AlreadyExists', `${subject.name} ${quoteGo(name)} ${tail}`, details);
}

export function conflict(subject: Subject, name: string, why: string): Refused {
  const message = `Operation cannot be fulfilled on ${subject.name} ${quoteGo(name)}: ${why}`;
  return refused(409, 'Conflict', message, detailsOf(subject, name));
}

/** An apply that would take fields from their owners (managedfields: internal/conflict.go). */
export function applyConflict(
  conflicts: readonly { readonly manager: string; readonly field: string }[],
): Refused {
  const causes = conflicts.map(({ manager, field }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${manager}`,
    field,
  }));
  return refused(409, 'Conflict', conflictText(conflicts), { causes });
}

function conflictText(conflicts: readonly { readonly manager: string; readonly field: string }[]): string {
  const [first] = conflicts;
  if (first !== undefined && conflicts.length === 1)
    return `Apply failed with 1 conflict: conflict with ${first.manager}: ${first.field}`;
  const managers = [...new Set(conflicts.map(({ manager }) => manager))].sort();
  const texts = managers.map((manager) => {
    const fields = conflicts.filter((found) => found.manager === manager).map(({ field }) => `- ${field}`);
    return `conflicts with ${manager}:\n${fields.join('\n')}`;
  });
  return `Apply failed with ${conflicts.length} conflicts: ${texts.join('\n')}`;
}

/** The one conflict that everybody has met: somebody else wrote the object in between. */
export function staleVersion(subject: Subject, name: string): Refused {
  const why = 'the object has been modified; please apply your changes to the latest version and try again';
  return conflict(subject, name, why);
}

/** What is stored under the name is not the object that the client means (etcd3: checkPreconditions). */
export function otherUid(
  subject: Subject,
  name: string,
  { key, wanted, found }: { readonly key: string; readonly wanted: string; readonly found: string },
): Refused {
  const differs = `Precondition failed: UID in precondition: ${wanted}, UID in object meta: ${found}`;
  const code = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0`;
  return conflict(subject, name, `${code}, AdditionalErrorMsg: ${differs}`);
}

export function forbidden(subject: Subject, name: string, why: string, causes?: readonly Cause[]): Refused {
  const named = name === '' ? subject.name : `${subject.name} ${quoteGo(name)}`;
  const details = { ...detailsOf(subject, name), ...(causes !== undefined && { causes }) };
  return refused(403, 'Forbidden', `${named} is forbidden: ${why}`, details);
}

/** Why a policy may refuse, and the code that says so (apiserver: policy/validating reasonToCode). */
const POLICY_CODES = { Forbidden: 403, Unauthorized: 401, RequestEntityTooLarge: 413, Invalid: 422 };
export type PolicyReason = keyof typeof POLICY_CODES;

export function deniedByPolicy(
  subject: Subject,
  name: string,
  { why, reason }: { readonly why: string; readonly reason: PolicyReason },
): Refused {
  const message = `${subject.name} ${quoteGo(name)} is forbidden: ${why}`;
  const details = { ...detailsOf(subject, name), causes: [{ message: why, field: '' }] };
  return refused(POLICY_CODES[reason] ?? 422, reason, message, details);
}

/** apiserver: admission/plugin/webhook/errors/statuserror.go. */
export function deniedByWebhook(
  name: string,
  { message, code, reason }: { readonly message: string; readonly code: number; readonly reason?: string },
): Refused {
  const by = `admission webhook ${quoteGo(name)} denied the request`;
  const text = message === '' ? `${by} without explanation` : `${by}: ${message}`;
  return refused(code, reason ?? (code === 403 ? 'Forbidden' : ''), text);
}

/** A 422 names the kind, not the resource: `Deployment.apps "web" is invalid: …`. */
export function invalid(subject: Subject, name: string, errors: FieldErrors): Refused {
  const { group, kind } = subject;
  const causes = statusCauses(errors);
  const message = invalidMessage(group === '' ? kind : `${kind}.${group}`, name, errors);
  return refused(422, 'Invalid', message, { ...(group !== '' && { group }), kind, name, causes });
}

/** A patch cannot be made into an object: the error has no object to name. */
export function invalidPatch(errors: FieldErrors): Refused {
  return refused(422, 'Invalid', invalidMessage('', '', errors), { causes: statusCauses(errors) });
}

/** A JSON patch that does not fit the object: no more than the code is said. */
export function unprocessable(): Refused {
  return refused(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
}

/** Nobody knows who asks (apiserver: endpoints/filters/authentication.go). */
export function unauthorized(): Refused {
  return refused(401, 'Unauthorized', 'Unauthorized');
}

export function badRequest(message: string): Refused {
  return refused(400, 'BadRequest', message);
}

export function notWhileTerminating(): Refused {
  const message = 'create not allowed while custom resource definition is terminating';
  return refused(405, 'MethodNotAllowed', message, {});
}

/** Custom resources have no strategies for their lists (apiserver: negotiation/errors.go). */
export function unknownPatchType(): Refused {
  const types = ['json-patch+json', 'merge-patch+json', 'apply-patch+yaml'].map(
    (name) => `application/${name}`,
  );
  const message = `the body of the request was in an unknown format - accepted media types include: ${types.join(', ')}`;
  return refused(415, 'UnsupportedMediaType', message);
}

export function methodNotAllowed(): Refused {
  const message = 'the server does not allow this method on the requested resource';
  return refused(405, 'MethodNotAllowed', message, {});
}

export function tooManyRequests(message: string, cause: Cause, retryAfterSeconds: number): Refused {
  const details = { causes: [cause], ...(retryAfterSeconds > 0 && { retryAfterSeconds }) };
  return refused(429, 'TooManyRequests', message, details);
}

export function serverTimeout(message: string, retryAfterSeconds: number): Refused {
  return refused(500, 'ServerTimeout', message, { retryAfterSeconds });
}

/** An error that the server did not foresee: it has no reason, and kubectl prints none. */
export function unexpected(message: string): Refused {
  return refused(500, '', message);
}

/** A plain error inside the handling of a request. */
export function internalError(message: string): Refused {
  return refused(500, 'InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] });
}

/** Not an answer of Kubernetes: what it would do here is not simulated, and is said instead of guessed. */
export function notSimulated(what: string): Refused {
  return refused(501, 'NotImplemented', `${what} is not simulated`);
}

function refused(code: number, reason: string, message: string, details?: Details): Refused {
  return { ok: false, status: { code, reason, message, ...(details !== undefined && { details }) } };
}

function detailsOf({ group, plural }: Subject, name: string): Details {
  return { name, ...(group !== '' && { group }), kind: plural };
}
