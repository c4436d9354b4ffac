import type { Millis } from '../../kernel/time/millis.ts';
import { signCertificate } from '../objects/pki/certificate.ts';
import { makeKey } from '../objects/pki/rsa-key.ts';
import { authorityOf, GOOD_FOR_MS, type PkiPlace, type PlacedFile, serialOf } from './pki.ts';

/** Where a kubelet keeps the certificate that it was given, which it replaces by itself. */
export const KUBELET_CERTIFICATE = '/var/lib/kubelet/pki/kubelet-client-current.pem';

/** What a kubelet shows to the API server: certificate and key in one file. */
export function kubeletCredentials(place: PkiPlace, signedAt: Millis): PlacedFile {
  const authority = authorityOf('ca', place);
  const identity = `${place.seed} ${place.node} kubelet ${signedAt}`;
  const key = makeKey(identity, 2048, 'pkcs1');
  const notBefore = place.epochMs + signedAt;
  const certificate = signCertificate(
    {
      subject: [
        ['O', 'system:nodes'],
        ['CN', `system:node:${place.node}`],
      ],
      issuer: authority.name,
      publicKey: key.publicKey,
      notBefore,
      notAfter: notBefore + GOOD_FOR_MS,
      serial: serialOf(identity),
      usages: ['client auth'],
      dnsNames: [],
      isAuthority: false,
    },
    authority,
  );
  return { path: KUBELET_CERTIFICATE, content: `${certificate}${key.pem}`, mode: 0o600 };
}
