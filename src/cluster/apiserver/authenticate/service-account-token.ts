import { drawUuid } from '../../../kernel/chance/draw.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Granted, Refused } from '../../contract/response.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Pod, ServiceAccount, TokenRequest } from '../../objects/kubernetes.ts';
import { type AccountClaims, accountSecret, ISSUER } from '../../objects/pki/account-token.ts';
import { readToken, writeToken } from '../../objects/pki/json-web-token.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { type FieldErrors, invalid as invalidField } from '../../objects/validation/field-error.ts';
import type { Call } from '../call.ts';
import { invalid, notFound } from '../refusal.ts';
import type { Asked } from './asked.ts';

const SHORTEST_S = 10 * 60;
const LONGEST_S = 2 ** 32;
/** Tokens say by which id they were made since 1.29 (ServiceAccountTokenJTI). */
const HAS_ID_SINCE = 29;

/** Whom a token speaks for, and to whom. */
export interface Bearer {
  readonly name: string;
  readonly uid?: string;
  /** For whom it was asked for. */
  readonly audiences: readonly string[];
  /** Of a pod's own token. */
  readonly pod?: { readonly name: string; readonly uid: string };
}

/** The account's name as a user, if the token is the cluster's, in time, and the very account is there. */
export function accountOfToken(token: string, asked: Asked): string | undefined {
  const bearer = bearerOf(token, asked);
  // One that is for somebody else is not believed (--api-audiences).
  return bearer?.audiences.includes(ISSUER) ? bearer.name : undefined;
}

/** Whom a token of the cluster speaks for, whomever it is for. */
export function bearerOf(token: string, { store, settings, at }: Asked): Bearer | undefined {
  const claims = readToken(token, accountSecret(settings)) as AccountClaims | undefined;
  const place = claims?.['kubernetes.io'];
  if (claims === undefined || place === undefined) return undefined;
  const now = Math.floor((settings.epochMs + at) / 1000);
  if (now < (claims.nbf ?? 0) || now >= (claims.exp ?? Number.POSITIVE_INFINITY)) return undefined;
  const { namespace, serviceaccount, pod } = place;
  const { name, uid } = serviceaccount;
  const account = store.read<ServiceAccount>(storageKey({ resource: 'serviceaccounts', namespace, name }));
  const bound = pod && store.read<Pod>(storageKey({ resource: 'pods', namespace, name: pod.name }));
  const isOfPod = pod !== undefined && bound?.metadata.uid === pod.uid;
  if (!account || !(pod ? isOfPod : account.metadata.uid === uid)) return undefined;
  return {
    name: `system:serviceaccount:${namespace}:${name}`,
    audiences: claims.aud ?? [],
    ...(account.metadata.uid !== undefined && { uid: account.metadata.uid }),
    ...(pod && { pod }),
  };
}

/** `serviceaccounts/token`: a token that nobody stores (registry/core/serviceaccount/storage/token.go). */
export function requestToken(call: Call, name: string, object: KubeObject): Granted | Refused {
  const { store, settings, at, namespace = '' } = call;
  const account = store.read<ServiceAccount>(storageKey({ resource: 'serviceaccounts', namespace, name }));
  if (account === undefined) return notFound(call.resource, name);
  const { spec } = object as TokenRequest;
  const seconds = spec?.expirationSeconds ?? 3600;
  const errors = checkSeconds(seconds);
  if (errors.length > 0) {
    return invalid(
      { group: 'authentication.k8s.io', plural: '', kind: 'TokenRequest', name: '' },
      '',
      errors,
    );
  }
  const audiences = spec?.audiences?.length ? [...spec.audiences] : [ISSUER];
  const issuedAt = Math.floor((settings.epochMs + at) / 1000);
  const { uid = '' } = account.metadata;
  const hasId = settings.version.minor >= HAS_ID_SINCE;
  const claims = {
    aud: audiences,
    exp: issuedAt + seconds,
    iat: issuedAt,
    iss: ISSUER,
    ...(hasId && { jti: drawUuid(call.chance, 'token', uid, at, seconds) }),
    'kubernetes.io': { namespace, serviceaccount: { name, uid } },
    nbf: issuedAt,
    sub: `system:serviceaccount:${namespace}:${name}`,
  };
  const status = {
    expirationTimestamp: formatRfc3339((issuedAt + seconds) * 1000),
    token: writeToken(claims, accountSecret(settings)),
  };
  const answer: TokenRequest = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    metadata: { name, namespace, creationTimestamp: formatRfc3339(issuedAt * 1000) },
    spec: { audiences, expirationSeconds: seconds },
    status,
  };
  return { ok: true, object: answer, revision: store.revision() };
}

/** pkg/apis/authentication/validation. */
function checkSeconds(seconds: number): FieldErrors {
  const field = 'spec.expirationSeconds';
  const errors = [];
  if (seconds < SHORTEST_S) errors.push('may not specify a duration less than 10 minutes');
  if (seconds > LONGEST_S) errors.push('may not specify a duration larger than 2^32 seconds');
  return errors.map((detail) => invalidField(field, seconds, detail));
}
