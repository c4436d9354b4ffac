import { encodeBytes } from '../base64.ts';
import { bitString, der, integer, membersOf, octets, oid, readDer, sequence, TAG, textOf } from './der.ts';
import { type DistinguishedName, readName, writeName } from './distinguished-name.ts';
import { readPem, writePem } from './pem.ts';
import { drawn, type RsaKey } from './rsa-key.ts';

/** What somebody asks a certificate authority for (PKCS #10). */
export interface CertificateRequest {
  readonly subject: DistinguishedName;
  readonly publicKey: readonly number[];
  readonly dnsNames: readonly string[];
}

export const SHA256_WITH_RSA = sequence(oid('1.2.840.113549.1.1.11'), der(TAG.null));
const ALT_NAMES = '2.5.29.17';
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14';

/** A request as PEM. */
export function writeRequest(
  subject: DistinguishedName,
  key: RsaKey,
  dnsNames: readonly string[] = [],
): string {
  const attributes = dnsNames.length === 0 ? [] : [extensionRequest(dnsNames)];
  const info = sequence(integer([0]), writeName(subject), key.publicKey, der(0xa0, ...attributes));
  const signature = bitString(drawn(`request ${encodeBytes(info)}`, key.bits / 8));
  return writePem({ type: 'CERTIFICATE REQUEST', bytes: sequence(info, SHA256_WITH_RSA, signature) });
}

function extensionRequest(dnsNames: readonly string[]): readonly number[] {
  const extensions = sequence(altNames(dnsNames));
  return sequence(oid(EXTENSION_REQUEST), der(TAG.set, extensions));
}

/** The extension that names hosts. */
export function altNames(dnsNames: readonly string[]): readonly number[] {
  const names = dnsNames.map((name) =>
    der(
      0x82,
      [...name].map((letter) => letter.charCodeAt(0)),
    ),
  );
  return sequence(oid(ALT_NAMES), octets(sequence(...names)));
}

/** The request in a file, openssl's own too; undefined if there is none. */
export function readRequest(pem: string): CertificateRequest | undefined {
  const block = readPem(pem).find(({ type }) => /^(?:NEW )?CERTIFICATE REQUEST$/.test(type));
  const [outer] = (block && readDer(block.bytes)) ?? [];
  const [info] = membersOf(outer);
  const [, subject, publicKey, attributes] = membersOf(info);
  if (subject === undefined || publicKey === undefined) return undefined;
  const dnsNames = membersOf(attributes).flatMap((attribute) =>
    membersOf(membersOf(attribute)[1]).flatMap((extensions) => namesIn(membersOf(extensions))),
  );
  return { subject: readName(subject), publicKey: publicKey.whole, dnsNames };
}

/** The host names that extensions give. */
export function namesIn(extensions: ReturnType<typeof membersOf>): readonly string[] {
  return extensions.flatMap((extension) => {
    const members = membersOf(extension);
    const value = members.at(-1);
    const [list] = (value && readDer(value.content)) ?? [];
    return membersOf(list).flatMap((name) => (name.tag === 0x82 ? [textOf(name)] : []));
  });
}
