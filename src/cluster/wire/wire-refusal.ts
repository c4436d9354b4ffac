import type { RefusalStatus, Refused } from '../contract/response.ts';
import { quoteGo } from '../objects/go-json.ts';

/** Refusals that only clients over HTTP meet (apimachinery: api/errors, apiserver: handlers/negotiation). */

export function notAcceptable(types: readonly string[]): Refused {
  const message = `only the following media types are accepted: ${types.join(', ')}`;
  return refused(406, 'NotAcceptable', message);
}

export function unsupportedMediaType(types: readonly string[]): Refused {
  const message = `the body of the request was in an unknown format - accepted media types include: ${types.join(', ')}`;
  return refused(415, 'UnsupportedMediaType', message);
}

/** What a client knows is older than what is kept. */
export function expired(message: string): Refused {
  return refused(410, 'Expired', message);
}

/** What a client knows is yet to come (apiserver: storage/errors.go NewTooLargeResourceVersionError). */
export function tooLargeVersion(wanted: number, current: number): Refused {
  const message = `Too large resource version: ${wanted}, current: ${current}`;
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
  return refused(504, 'Timeout', message, { causes, retryAfterSeconds: 1 });
}

export function tooLargeBody(limit: number): Refused {
  return refused(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${limit}`);
}

export function tooManyClients(message: string): Refused {
  return refused(429, 'TooManyRequests', message, { retryAfterSeconds: 1 });
}

/** An option that makes no sense; as metav1's own validation says it. */
export function invalidOption(kind: string, field: string, message: string): Refused {
  const text = `${kind}.meta.k8s.io "" is invalid: ${field}: ${message}`;
  const causes = [{ reason: reasonOf(message), message, field }];
  return refused(422, 'Invalid', text, { group: 'meta.k8s.io', kind, causes });
}

function reasonOf(message: string): string {
  if (message.startsWith('Forbidden')) return 'FieldValueForbidden';
  if (message.startsWith('Required')) return 'FieldValueRequired';
  return message.startsWith('Unsupported') ? 'FieldValueNotSupported' : 'FieldValueInvalid';
}

/** Of a path that names a branch, or an instant, that there is not. */
export function noCluster(problem: string): Refused {
  return refused(404, 'NotFound', problem);
}

/** Time, and what is broken, is moved by those alone who own the cluster. */
export function forbiddenControl(user: string): Refused {
  const message = `forbidden: User ${quoteGo(user)} is no administrator, and may not move the cluster's time`;
  return refused(403, 'Forbidden', message);
}

/** Of a path that nobody serves and that somebody may not even ask for. */
export function forbiddenPath(user: string, verb: string, path: string): Refused {
  const who = `User ${quoteGo(user)} cannot ${verb} path ${quoteGo(path)}`;
  return refused(403, 'Forbidden', `forbidden: ${who}`, {});
}

function refused(code: number, reason: string, message: string, details?: RefusalStatus['details']): Refused {
  return { ok: false, status: { code, reason, message, ...(details && { details }) } };
}
