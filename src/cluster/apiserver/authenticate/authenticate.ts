import { type Credentials, type User, userOf } from '../../contract/user.ts';
import { clusterAuthority, isSignedBy, readCertificate } from '../../objects/pki/certificate.ts';
import { valuesOf } from '../../objects/pki/distinguished-name.ts';
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
    const name = accountOfToken(token, asked);
    return name === undefined ? unauthorized() : granted(userOf({ name }));
  }
  return granted(userOf({ name: 'system:anonymous', groups: [] }));
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
