import { drawHex } from '../../../kernel/chance/draw.ts';
import { HOUR, MINUTE, type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { Component, View } from '../../contract/component.ts';
import { decodeBase64, encodeBase64 } from '../../objects/base64.ts';
import type {
  CertificateSigningRequest,
  CertificateSigningRequestCondition,
} from '../../objects/kubernetes.ts';
import { clusterAuthority, signCertificate } from '../../objects/pki/certificate.ts';
import { type CertificateRequest, readRequest } from '../../objects/pki/certificate-request.ts';
import { isOwnSigner, whyNotSign } from '../../objects/pki/signers.ts';

const ACTOR = 'certificate-controller';
const RESOURCE = 'certificatesigningrequests.certificates.k8s.io';

/** --cluster-signing-duration */
const LONGEST_MS = 365 * 24 * HOUR;
const SHORTEST_MS = 10 * MINUTE;
/** Clocks differ: a certificate is valid from a little before it was signed. */
const BACKDATE_MS = 5 * MINUTE;
/** What is shorter than this lives its whole span from now on. */
const SHORT_MS = 8 * HOUR;

/** Signs what has been approved (controller/certificates/signer/signer.go). */
export const certificateSigningController: Component = {
  name: ACTOR,
  watches: [RESOURCE],
  *deliveriesOf({ object }) {
    yield { actor: ACTOR, key: object.metadata.name ?? '' };
  },
  *reconcile(view, { key }, now) {
    const stored = view.objects.get<CertificateSigningRequest>(RESOURCE, undefined, key);
    if (!stored || !isToSign(stored)) return;
    const { spec, status } = stored;
    const request = readRequest(decodeBase64(spec.request) ?? '');
    if (request === undefined) return;
    const why = whyNotSign(spec.signerName, request, spec.usages ?? []);
    const conditions = [...(status?.conditions ?? []), ...(why === undefined ? [] : [failed(why)])];
    const certificate = why === undefined ? { certificate: signed(stored, request, { view, now }) } : {};
    const object = { ...stored, status: { ...certificate, conditions } };
    yield { verb: 'update', resource: RESOURCE, subresource: 'status', name: key, object };
  },
};

function isToSign({ spec, status }: CertificateSigningRequest): boolean {
  const has = (type: string): boolean =>
    status?.conditions?.some((each) => each.type === type && each.status === 'True') === true;
  const isApproved = has('Approved') && !has('Denied') && !has('Failed');
  return isApproved && !status?.certificate && isOwnSigner(spec.signerName);
}

function failed(message: string): CertificateSigningRequestCondition {
  return { type: 'Failed', status: 'True', reason: 'SignerValidationFailure', message };
}

function signed(
  { metadata, spec }: CertificateSigningRequest,
  { subject, publicKey, dnsNames }: CertificateRequest,
  { view: { settings, chance }, now }: { readonly view: View; readonly now: Millis },
): string {
  const authority = clusterAuthority(settings);
  const asked = (spec.expirationSeconds ?? LONGEST_MS / SECOND) * SECOND;
  const lifeMs = Math.max(SHORTEST_MS, Math.min(LONGEST_MS, asked));
  const notBefore = settings.epochMs + now - BACKDATE_MS;
  const usages = (['client auth', 'server auth'] as const).filter((usage) => spec.usages?.includes(usage));
  const pem = signCertificate(
    {
      subject,
      issuer: authority.name,
      publicKey,
      notBefore,
      notAfter: (lifeMs < SHORT_MS ? settings.epochMs + now : notBefore) + lifeMs,
      serial: drawHex(chance, 32, 'certificate serial', metadata.uid ?? ''),
      usages,
      dnsNames,
      isAuthority: false,
    },
    authority,
  );
  return encodeBase64(pem);
}
