import { drawUuid } from '../../../kernel/chance/draw.ts';
import { HOUR, type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { ClusterSettings } from '../../contract/settings.ts';
import type { Pod, ServiceAccountTokenProjection, Volume } from '../../objects/kubernetes.ts';
import { accountSecret, ISSUER } from '../../objects/pki/account-token.ts';
import { writeToken } from '../../objects/pki/json-web-token.ts';
import { ROOT_CA } from '../../objects/root-ca.ts';
import type { FileNode } from '../images/file-node.ts';

/** The projected volume with which every pod can talk to the API server, as admission adds it. */
export function isApiAccess({ name, projected }: Volume): boolean {
  return projected !== undefined && name.startsWith('kube-api-access-');
}

/** When a token of a pod is looked at, and since when the pod has had one. */
export interface TokenTime {
  readonly since: Millis;
  readonly now: Millis;
  readonly settings: ClusterSettings;
}

/**
 * Its files by path below the volume: the same in every pod but for its names, so they are made up when
 * looked at.
 */
export function apiAccessFiles(pod: Pod, time: TokenTime): Readonly<Record<string, FileNode>> {
  const file = (content: string): FileNode => ({ kind: 'file', mode: 0o644, modifiedAt: 0, content });
  return {
    '/ca.crt': file(ROOT_CA),
    '/namespace': file(pod.metadata.namespace ?? ''),
    '/token': tokenFile(pod, time),
  };
}

/** Few programs ever read it, and it takes longer to write than all the rest. */
function tokenFile(pod: Pod, time: TokenTime): FileNode {
  let content: string | undefined;
  return {
    kind: 'file',
    mode: 0o644,
    modifiedAt: 0,
    get content() {
      content ??= podToken(pod, { path: 'token', expirationSeconds: DEFAULT_S }, time);
      return content;
    },
  };
}

/** Admission asks for a little more than an hour, and gets a year (ServiceAccountExtendTokenExpiration). */
const DEFAULT_S = 3607;
const EXTENDED_S = 365 * 24 * 3600;

/** Kubelets ask for another when four fifths of the time are over, or a day (token/token_manager.go). */
const KEPT_SHARE = 0.8;
const KEPT_MS = 24 * HOUR;

/** When the token was issued that a pod has at a time: milliseconds. */
export function tokenIssuedAt({ since, now }: TokenTime, seconds = 3600): Millis {
  const kept = Math.min(seconds * SECOND * KEPT_SHARE, KEPT_MS);
  return since + Math.floor(Math.max(0, now - since) / kept) * kept;
}

/**
 * The token of a pod's service account: bound to the pod, replaced in time. The kubelet does not know the
 * uids that the real one bears of the account and the node.
 */
export function podToken(
  { metadata, spec }: Pod,
  { audience, expirationSeconds }: ServiceAccountTokenProjection,
  time: TokenTime,
): string {
  const { settings } = time;
  const { namespace = '', name = '', uid = '' } = metadata;
  const account = spec.serviceAccountName ?? 'default';
  const seconds = expirationSeconds ?? 3600;
  const isExtended = seconds === DEFAULT_S;
  const iat = Math.floor((settings.epochMs + tokenIssuedAt(time, seconds)) / SECOND);
  const claims = {
    aud: [audience || ISSUER],
    exp: iat + (isExtended ? EXTENDED_S : seconds),
    iat,
    iss: ISSUER,
    ...(settings.version.minor >= 29 && { jti: drawUuid(settings, 'pod token', uid, audience ?? '', iat) }),
    'kubernetes.io': {
      namespace,
      ...(settings.version.minor >= 30 && spec.nodeName && { node: { name: spec.nodeName } }),
      pod: { name, uid },
      serviceaccount: { name: account },
      ...(isExtended && { warnafter: iat + DEFAULT_S }),
    },
    nbf: iat,
    sub: `system:serviceaccount:${namespace}:${account}`,
  };
  return writeToken(claims, accountSecret(settings));
}
