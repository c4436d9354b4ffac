import type { Millis } from '../../../kernel/time/millis.ts';
import type { Certificate } from '../../objects/pki/certificate.ts';
import type { CertificateRequest } from '../../objects/pki/certificate-request.ts';
import type { DistinguishedName } from '../../objects/pki/distinguished-name.ts';
import { formatDate } from '../../tools/format-date.ts';

/** `CN = jane, O = dev` */
export function nameText(name: DistinguishedName): string {
  return name.map(([attribute, value]) => `${attribute} = ${value}`).join(', ');
}

/** `Nov 21 05:08:16 2027 GMT` */
export function dateText(epochMs: Millis): string {
  return formatDate(epochMs, '%b %e %H:%M:%S %Y GMT');
}

/** As `openssl x509 -text` prints it, without the numbers of keys and signatures. */
export function certificateText(certificate: Certificate): string {
  const { subject, issuer, notBefore, notAfter, serial, usages, dnsNames, isAuthority } = certificate;
  const purposes = usages.map(
    (usage) => `TLS Web ${usage === 'client auth' ? 'Client' : 'Server'} Authentication`,
  );
  return lines([
    'Certificate:',
    '    Data:',
    '        Version: 3 (0x2)',
    '        Serial Number:',
    `            ${(serial.match(/../g) ?? []).join(':')}`,
    '        Signature Algorithm: sha256WithRSAEncryption',
    `        Issuer: ${nameText(issuer)}`,
    '        Validity',
    `            Not Before: ${dateText(notBefore)}`,
    `            Not After : ${dateText(notAfter)}`,
    `        Subject: ${nameText(subject)}`,
    ...keyLines(certificate),
    '        X509v3 extensions:',
    '            X509v3 Key Usage: critical',
    `                Digital Signature, Key Encipherment${isAuthority ? ', Certificate Sign' : ''}`,
    ...(purposes.length === 0
      ? []
      : ['            X509v3 Extended Key Usage: ', `                ${purposes.join(', ')}`]),
    '            X509v3 Basic Constraints: critical',
    `                CA:${isAuthority ? 'TRUE' : 'FALSE'}`,
    ...hostLines(dnsNames),
    '    Signature Algorithm: sha256WithRSAEncryption',
  ]);
}

/** As `openssl req -text` prints it. */
export function requestText(request: CertificateRequest): string {
  const names = hostLines(request.dnsNames);
  return lines([
    'Certificate Request:',
    '    Data:',
    '        Version: 1 (0x0)',
    `        Subject: ${nameText(request.subject)}`,
    ...keyLines(request),
    '        Attributes:',
    ...(names.length === 0 ? ['            (none)'] : []),
    '            Requested Extensions:',
    ...names,
    '    Signature Algorithm: sha256WithRSAEncryption',
  ]);
}

function keyLines({ publicKey }: { readonly publicKey: readonly number[] }): readonly string[] {
  // The modulus and what stands around it: 2048 bits take 294 bytes.
  const bits = publicKey.length > 400 ? 4096 : publicKey.length > 200 ? 2048 : 1024;
  return [
    '        Subject Public Key Info:',
    '            Public Key Algorithm: rsaEncryption',
    `                Public-Key: (${bits} bit)`,
    '                Exponent: 65537 (0x10001)',
  ];
}

/** The names of hosts, so far to the right. */
export function hostLines(names: readonly string[], depth = 12): readonly string[] {
  if (names.length === 0) return [];
  const indent = ' '.repeat(depth);
  const end = depth === 0 ? '\n' : '';
  return [
    `${indent}X509v3 Subject Alternative Name: ${end}`,
    `${indent}    ${names.map((name) => `DNS:${name}`).join(', ')}${end}`,
  ];
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}
