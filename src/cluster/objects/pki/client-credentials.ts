import { DAY, type Millis } from '../../../kernel/time/millis.ts';
import { clusterAuthority, signCertificate } from './certificate.ts';
import { type DistinguishedName, valuesOf } from './distinguished-name.ts';
import { drawn, makeKey } from './rsa-key.ts';

/** A certificate and its key, as PEM. */
export interface ClientCredentials {
  readonly certificate: string;
  readonly key: string;
}

/**
 * What kubeadm writes into the kubeconfig file of a person or a program: a certificate of the cluster's
 * authority for a year from when it was made. `signedAt` is virtual time; a day before the story begins
 * where nobody has renewed it.
 */
export function clientCredentials(
  subject: DistinguishedName,
  settings: { readonly seed: string; readonly epochMs: number },
  signedAt: Millis = -DAY,
): ClientCredentials {
  const identity = `${settings.seed} ${valuesOf(subject, 'CN').join(' ')} ${signedAt}`;
  const key = makeKey(identity, 2048, 'pkcs1');
  const authority = clusterAuthority(settings);
  const notBefore = settings.epochMs + signedAt;
  const certificate = signCertificate(
    {
      subject,
      issuer: authority.name,
      publicKey: key.publicKey,
      notBefore,
      notAfter: notBefore + 365 * DAY,
      serial: drawn(`${identity} serial`, 8)
        .map((byte) => byte.toString(16).padStart(2, '0'))
        .join(''),
      usages: ['client auth'],
      dnsNames: [],
      isAuthority: false,
    },
    authority,
  );
  return { certificate, key: key.pem };
}

/** The authority's own certificate, for ten years: `/etc/kubernetes/pki/ca.crt`. */
export function authorityCertificate(settings: { readonly seed: string; readonly epochMs: number }): string {
  const authority = clusterAuthority(settings);
  const notBefore = settings.epochMs - DAY;
  return signCertificate(
    {
      subject: authority.name,
      issuer: authority.name,
      publicKey: makeKey(`${authority.secret} authority`, 2048).publicKey,
      notBefore,
      notAfter: notBefore + 3650 * DAY,
      serial: '00',
      usages: [],
      dnsNames: ['kubernetes'],
      isAuthority: true,
    },
    authority,
  );
}
