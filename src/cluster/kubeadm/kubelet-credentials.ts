import type { Millis } from '../../kernel/time/millis.ts';
import { issueCredentials } from '../objects/pki/client-credentials.ts';
import { authorityOf, GOOD_FOR_MS, type PkiPlace, type PlacedFile } from './pki.ts';

/** Where a kubelet keeps the certificate that it was given, which it replaces by itself. */
export const KUBELET_CERTIFICATE = '/var/lib/kubelet/pki/kubelet-client-current.pem';

/** What a kubelet shows to the API server: certificate and key in one file. */
export function kubeletCredentials(place: PkiPlace, signedAt: Millis): PlacedFile {
  const { certificate, key } = issueCredentials(
    {
      identity: `${place.seed} ${place.node} kubelet ${signedAt}`,
      subject: [
        ['O', 'system:nodes'],
        ['CN', `system:node:${place.node}`],
      ],
      usages: ['client auth'],
      notBefore: place.epochMs + signedAt,
      goodForMs: GOOD_FOR_MS,
    },
    authorityOf('ca', place),
  );
  return { path: KUBELET_CERTIFICATE, content: `${certificate}${key}`, mode: 0o600 };
}
