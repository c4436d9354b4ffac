import type { Millis } from '../../../kernel/time/millis.ts';
import { civilOf, epochMsOf } from '../../../kernel/time/rfc3339.ts';
import { encodeBytes, utf8Bytes } from '../base64.ts';
import { hexOf } from '../hex.ts';
import { altNames, namesIn, SHA256_WITH_RSA } from './certificate-request.ts';
import {
  bitString,
  der,
  integer,
  membersOf,
  type Node,
  octets,
  oid,
  readDer,
  sequence,
  TAG,
  textOf,
} from './der.ts';
import { type DistinguishedName, readName, writeName } from './distinguished-name.ts';
import { readPem, writePem } from './pem.ts';
import { drawn } from './rsa-key.ts';

/** What a certificate says. */
export interface Certificate {
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  readonly publicKey: readonly number[];
  /** Milliseconds since 1970. */
  readonly notBefore: Millis;
  readonly notAfter: Millis;
  /** Hexadecimal. */
  readonly serial: string;
  readonly usages: readonly Usage[];
  readonly dnsNames: readonly string[];
  readonly isAuthority: boolean;
}

export type Usage = 'client auth' | 'server auth';

/** Who signs: a name, and what nobody else has. */
export interface Authority {
  readonly name: DistinguishedName;
  readonly secret: string;
}

/** The authority of a cluster, as kubeadm makes it: what it signs, its API server believes. */
export function clusterAuthority({ seed }: { readonly seed: string }): Authority {
  return { name: [['CN', 'kubernetes']], secret: `${seed} kubernetes` };
}

const USAGES: readonly (readonly [Usage, string])[] = [
  ['client auth', '1.3.6.1.5.5.7.3.2'],
  ['server auth', '1.3.6.1.5.5.7.3.1'],
];
const KEY_USAGE = '2.5.29.15';
const BASIC_CONSTRAINTS = '2.5.29.19';
const EXTENDED_USAGE = '2.5.29.37';
const CRITICAL = [0x01, 0x01, 0xff];

/** A certificate as PEM. */
export function signCertificate(certificate: Certificate, { secret }: Authority): string {
  const content = contentOf(certificate);
  const signature = bitString(signatureOf(secret, content));
  return writePem({ type: 'CERTIFICATE', bytes: sequence(content, SHA256_WITH_RSA, signature) });
}

/** A stand-in for mathematics: it follows from what is signed and from the secret, and from nothing else. */
function signatureOf(secret: string, content: readonly number[]): readonly number[] {
  return drawn(`${secret} signs ${encodeBytes(content)}`, 256);
}

function contentOf(certificate: Certificate): readonly number[] {
  const { subject, issuer, publicKey, notBefore, notAfter, serial } = certificate;
  const number = Array.from({ length: Math.ceil(serial.length / 2) }, (_, index) =>
    Number.parseInt(
      serial.padStart(2 * Math.ceil(serial.length / 2), '0').slice(2 * index, 2 * index + 2),
      16,
    ),
  );
  return sequence(
    der(0xa0, integer([2])),
    integer(number),
    SHA256_WITH_RSA,
    writeName(issuer),
    sequence(timeOf(notBefore), timeOf(notAfter)),
    writeName(subject),
    publicKey,
    der(0xa3, sequence(...extensionsOf(certificate))),
  );
}

function extensionsOf({ usages, dnsNames, isAuthority }: Certificate): (readonly number[])[] {
  // Digital signature and key encipherment; an authority signs certificates too.
  const bits = isAuthority ? [TAG.bits, 2, 2, 0xa4] : [TAG.bits, 2, 5, 0xa0];
  const purposes = USAGES.flatMap(([usage, dotted]) => (usages.includes(usage) ? [oid(dotted)] : []));
  const constraints = isAuthority ? sequence([0x01, 0x01, 0xff]) : sequence();
  return [
    sequence(oid(KEY_USAGE), CRITICAL, octets(bits)),
    ...(purposes.length > 0 ? [sequence(oid(EXTENDED_USAGE), octets(sequence(...purposes)))] : []),
    sequence(oid(BASIC_CONSTRAINTS), CRITICAL, octets(constraints)),
    ...(dnsNames.length > 0 ? [altNames(dnsNames)] : []),
  ];
}

/** The first certificate in a file; undefined if there is none. */
export function readCertificate(pem: string): Certificate | undefined {
  return partsOf(pem)?.certificate;
}

/** Whether an authority has signed just this. */
export function isSignedBy(pem: string, { secret }: Authority): boolean {
  const parts = partsOf(pem);
  return parts !== undefined && parts.signature === encodeBytes([0, ...signatureOf(secret, parts.content)]);
}

interface Parts {
  readonly certificate: Certificate;
  readonly content: readonly number[];
  readonly signature: string;
}

function partsOf(pem: string): Parts | undefined {
  const block = readPem(pem).find(({ type }) => type === 'CERTIFICATE');
  const [outer] = (block && readDer(block.bytes)) ?? [];
  const [content, , signature] = membersOf(outer);
  if (content === undefined || signature === undefined) return undefined;
  const members = membersOf(content);
  const fields = members[0]?.tag === 0xa0 ? members.slice(1) : members;
  const [serial, , issuer, span, subject, publicKey, ...more] = fields;
  const [from, until] = membersOf(span);
  if (!serial || !from || !until || !publicKey) return undefined;
  const extensions = membersOf(membersOf(more.find(({ tag }) => tag === 0xa3))[0]);
  const certificate: Certificate = {
    subject: readName(subject),
    issuer: readName(issuer),
    publicKey: publicKey.whole,
    notBefore: timeIn(from),
    notAfter: timeIn(until),
    serial: hexOf(serial.content),
    usages: USAGES.flatMap(([usage, dotted]) => (hasPurpose(extensions, oid(dotted)) ? [usage] : [])),
    dnsNames: namesIn(extensions),
    isAuthority: extensions.some(({ whole }) => isIn(whole, [...octets(sequence(CRITICAL))])),
  };
  return { certificate, content: content.whole, signature: encodeBytes(signature.content) };
}

function hasPurpose(extensions: readonly Node[], purpose: readonly number[]): boolean {
  return extensions.some(({ whole }) => isIn(whole, oid(EXTENDED_USAGE)) && isIn(whole, purpose));
}

function isIn(bytes: readonly number[], part: readonly number[]): boolean {
  return bytes.some((_, at) => part.every((byte, index) => bytes[at + index] === byte));
}

/** UTCTime, as everything before 2050 is dated. */
function timeOf(epochMs: Millis): readonly number[] {
  const { year, month, day, hour, minute, second } = civilOf(epochMs);
  const isShort = year < 2050;
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${isShort ? two(year % 100) : year}${two(month)}${two(day)}`;
  const text = `${date}${two(hour)}${two(minute)}${two(second)}Z`;
  return der(isShort ? TAG.utcTime : TAG.time, utf8Bytes(text));
}

function timeIn(node: Node): Millis {
  const text = node.tag === TAG.utcTime ? `20${textOf(node)}` : textOf(node);
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(text)?.slice(1).map(Number) ?? [];
  return epochMsOf({ year, month, day, hour, minute, second, millisecond: 0 });
}
