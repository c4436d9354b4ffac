import { decodeBase64 } from '../base64.ts';
import { isEqualJson } from '../json.ts';
import type { CertificateSigningRequest } from '../kubernetes.ts';
import { readRequest } from '../pki/certificate-request.ts';
import { duplicate, type FieldErrors, forbidden, invalid, notSupported, required } from './field-error.ts';
import { checkObjectMeta, checkObjectMetaUpdate } from './object-meta.ts';

/** pkg/apis/certificates/validation. */

const USAGES: readonly string[] = [
  'any',
  'cert sign',
  'client auth',
  'code signing',
  'content commitment',
  'crl sign',
  'data encipherment',
  'decipher only',
  'digital signature',
  'email protection',
  'encipher only',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'key agreement',
  'key encipherment',
  'microsoft sgc',
  'netscape sgc',
  'ocsp signing',
  's/mime',
  'server auth',
  'signing',
  'timestamping',
];
const LEGACY_SIGNER = 'kubernetes.io/legacy-unknown';
const SHORTEST_S = 600;

export function checkNewCertificateRequest(request: CertificateSigningRequest): FieldErrors {
  return [
    ...checkObjectMeta(request.metadata, { isNamespaced: false, nameProblems: () => [] }),
    ...checkSpec(request),
  ];
}

function checkSpec({ spec }: CertificateSigningRequest): FieldErrors {
  const { request = '', usages = [], signerName = '', expirationSeconds } = spec;
  const text = decodeBase64(request) ?? '';
  const isRead = readRequest(text) !== undefined;
  const why = /-----BEGIN/.test(text)
    ? 'asn1: structure error'
    : 'PEM block type must be CERTIFICATE REQUEST';
  const isShort = expirationSeconds !== undefined && expirationSeconds < SHORTEST_S;
  const tooShort = 'may not specify a duration less than 600 seconds (10 minutes)';
  return [
    ...(isRead ? [] : [invalid('spec.request', request, why)]),
    ...(usages.length === 0 ? [required('spec.usages')] : []),
    ...usages.flatMap((usage, index) => {
      const field = `spec.usages[${index}]`;
      if (!USAGES.includes(usage)) return [notSupported(field, usage, USAGES)];
      return usages.indexOf(usage) < index ? [duplicate(field, usage)] : [];
    }),
    ...checkSigner(signerName),
    ...(isShort ? [invalid('spec.expirationSeconds', expirationSeconds, tooShort)] : []),
  ];
}

function checkSigner(name: string): FieldErrors {
  const field = 'spec.signerName';
  if (name === '') return [required(field)];
  if (name === LEGACY_SIGNER)
    return [invalid(field, name, 'the legacy signerName is not allowed via this API version')];
  const parts = name.split('/');
  if (parts.length === 2 && parts.every((part) => part !== '')) return [];
  const why = 'must be a fully qualified domain and path of the form "example.com/signer-name"';
  return [invalid(field, name, why)];
}

export function checkCertificateRequestUpdate(
  request: CertificateSigningRequest,
  old: CertificateSigningRequest,
): FieldErrors {
  return checkObjectMetaUpdate(request.metadata, old.metadata);
}

/** Who reports a status may not approve; what was approved or denied stays so. */
export function checkCertificateRequestStatusUpdate(
  request: CertificateSigningRequest,
  old: CertificateSigningRequest,
): FieldErrors {
  const decided = ['Approved', 'Denied'].flatMap((type) => {
    const [before, after] = [conditionsOf(old, type), conditionsOf(request, type)];
    if (after.length > before.length)
      return [forbidden('status.conditions', `updates may not add a condition of type "${type}"`)];
    if (after.length < before.length || isEqualJson(before, after)) return [];
    return [forbidden('status.conditions', `updates may not modify a condition of type "${type}"`)];
  });
  const isReplaced = old.status?.certificate && request.status?.certificate !== old.status.certificate;
  const why = 'updates may not modify existing certificate content';
  return [
    ...checkObjectMetaUpdate(request.metadata, old.metadata),
    ...checkKept(request, old),
    ...decided,
    ...(isReplaced ? [forbidden('status.certificate', why)] : []),
  ];
}

export function checkCertificateRequestApproval(
  request: CertificateSigningRequest,
  old: CertificateSigningRequest,
): FieldErrors {
  const conditions = request.status?.conditions ?? [];
  const isBoth = ['Approved', 'Denied'].every((type) => conditions.some((each) => each.type === type));
  const last = conditions.findLast(({ type }) => type === 'Approved' || type === 'Denied')?.type;
  const why = 'Approved and Denied conditions are mutually exclusive';
  const isChanged = request.status?.certificate !== old.status?.certificate;
  return [
    ...(isBoth ? [invalid('status.conditions', last, why)] : []),
    ...checkObjectMetaUpdate(request.metadata, old.metadata),
    ...checkKept(request, old),
    ...(isChanged ? [forbidden('status.certificate', 'updates may not set certificate content')] : []),
  ];
}

function checkKept(request: CertificateSigningRequest, old: CertificateSigningRequest): FieldErrors {
  return ['Approved', 'Denied', 'Failed'].flatMap((type) =>
    conditionsOf(request, type).length < conditionsOf(old, type).length
      ? [forbidden('status.conditions', `updates may not remove a condition of type "${type}"`)]
      : [],
  );
}

function conditionsOf({ status }: CertificateSigningRequest, type: string) {
  return (status?.conditions ?? []).filter((condition) => condition.type === type);
}
