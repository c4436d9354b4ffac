import { type Credentials, type User, userOf } from '../../contract/user.ts';
import {
  hasExpired,
  readBootstrapToken,
  TOKEN_NAMESPACE,
  TOKEN_PATTERN,
} from '../../objects/bootstrap-token.ts';
import type { Secret } from '../../objects/kubernetes.ts';
import { clusterAuthority, isSignedBy, readCertificate } from '../../objects/pki/certificate.ts';
import { valuesOf } from '../../objects/pki/distinguished-name.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { granted, type Outcome } from '../call.ts';
import { unauthorized } from '../refusal.ts';
import type { Asked } from './asked.ts';
import { accountOfToken } from './service-account-token.ts';

/**
 * Whom credentials speak for: the name in a certificate that the cluster's authority has signed, or a service
 * account (apiserver: authentication/request/union). Whoever shows nothing is anonymous; what is shown and is
 * not believed ends the request.
 */
export function authenticate({ certificate, token, user }: Credentials, asked: Asked): Outcome<User> {
  if (user !== undefined) return granted(user);
  if (certificate !== undefined) {
    const user = userOfCertificate(certificate, asked);
    return user === undefined ? unauthorized() : granted(user);
  }
  if (token !== undefined) {
    if (TOKEN_PATTERN.test(token)) {
      const bootstrapper = userOfBootstrapToken(token, asked);
      return bootstrapper === undefined ? unauthorized() : granted(bootstrapper);
    }
    const name = accountOfToken(token, asked);
    return name === undefined ? unauthorized() : granted(userOf({ name }));
  }
  return granted(userOf({ name: 'system:anonymous', groups: [] }));
}

/** plugin/pkg/auth/authenticator/token/bootstrap. */
function userOfBootstrapToken(token: string, { store, settings, at }: Asked): User | undefined {
  const [, id = '', secret] = TOKEN_PATTERN.exec(token) ?? [];
  const place = { resource: 'secrets', namespace: TOKEN_NAMESPACE, name: `bootstrap-token-${id}` };
  const stored = store.read(storageKey(place)) as Secret | undefined;
  const known =
    stored?.metadata.deletionTimestamp === undefined ? stored && readBootstrapToken(stored) : undefined;
  if (known?.id !== id || known.secret !== secret || !known.usages.includes('authentication'))
    return undefined;
  if (hasExpired(known, settings.epochMs + at)) return undefined;
  return userOf({ name: `system:bootstrap:${id}`, groups: ['system:bootstrappers', ...known.groups] });
}

function userOfCertificate(pem: string, { settings, at }: Asked): User | undefined {
  const certificate = readCertificate(pem);
  const [name] = certificate === undefined ? [] : valuesOf(certificate.subject, 'CN');
  if (certificate === undefined || name === undefined) return undefined;
  const now = settings.epochMs + at;
  const isInTime = certificate.notBefore <= now && now <= certificate.notAfter;
  const isForClients = certificate.usages.includes('client auth');
  if (!isInTime || !isForClients || !isSignedBy(pem, clusterAuthority(settings))) return undefined;
  return userOf({ name, groups: valuesOf(certificate.subject, 'O') });
}
