import { DAY, type Millis } from '../../../kernel/time/millis.ts';
import { hexOf } from '../hex.ts';
import { type Authority, clusterAuthority, signCertificate, type Usage } from './certificate.ts';
import { type DistinguishedName, valuesOf } from './distinguished-name.ts';
import { drawn, makeKey } from './rsa-key.ts';

/** A certificate and its key, as PEM. */
export interface ClientCredentials {
  readonly certificate: string;
  readonly key: string;
}

/** What is asked of an authority for somebody whose key is made with the certificate. */
export interface CredentialsAsked {
  /** All that the key and the serial number are drawn from. */
  readonly identity: string;
  readonly subject: DistinguishedName;
  readonly usages: readonly Usage[];
  readonly dnsNames?: readonly string[];
  /** Milliseconds since 1970. */
  readonly notBefore: Millis;
  readonly goodForMs: Millis;
}

/** A new key, and what an authority signs for it. */
export function issueCredentials(
  { identity, subject, usages, dnsNames = [], notBefore, goodForMs }: CredentialsAsked,
  authority: Authority,
): ClientCredentials {
  const key = makeKey(identity, 2048, 'pkcs1');
  const certificate = signCertificate(
    {
      subject,
      issuer: authority.name,
      publicKey: key.publicKey,
      notBefore,
      notAfter: notBefore + goodForMs,
      serial: hexOf(drawn(`${identity} serial`, 8)),
      usages,
      dnsNames,
      isAuthority: false,
    },
    authority,
  );
  return { certificate, key: key.pem };
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
  const notBefore = settings.epochMs + signedAt;
  return issueCredentials(
    { identity, subject, usages: ['client auth'], notBefore, goodForMs: 365 * DAY },
    clusterAuthority(settings),
  );
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
