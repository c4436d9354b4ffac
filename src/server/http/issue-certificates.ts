import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { bitString, der, integer, octets, oid, sequence, TAG } from '../../cluster/objects/pki/der.ts';
import { writeName } from '../../cluster/objects/pki/distinguished-name.ts';
import { writePem } from '../../cluster/objects/pki/pem.ts';

/** What a server over TLS shows, and by what clients believe it: PEM. */
export interface ServingCertificates {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

type Bytes = readonly number[];

/** ecdsa-with-SHA256 (RFC 5758). */
const ALGORITHM = sequence(oid('1.2.840.10045.4.3.2'));
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * An authority that lives as long as the process does, and a certificate of it for these names and addresses.
 * Its key is kept nowhere: nobody can sign anything more.
 */
export function issueCertificates(hosts: readonly string[], nowMs: number): ServingCertificates {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = writeName([['CN', 'kubereel']]);
  const span = sequence(timeOf(nowMs - DAY_MS), timeOf(nowMs + 365 * DAY_MS));
  const signed = (subject: Bytes, key: KeyObject, extensions: readonly Bytes[]): string => {
    const content = sequence(
      der(0xa0, integer([2])),
      integer([0x40, ...randomBytes(15)]),
      ALGORITHM,
      issuer,
      span,
      subject,
      [...key.export({ type: 'spki', format: 'der' })],
      der(0xa3, sequence(...extensions)),
    );
    const signature = sign('sha256', Buffer.from(content), authority.privateKey);
    return writePem({
      type: 'CERTIFICATE',
      bytes: sequence(content, ALGORITHM, bitString([...signature])),
    });
  };
  return {
    authority: signed(issuer, authority.publicKey, [
      extension('2.5.29.19', sequence(TRUE), true),
      // keyCertSign and cRLSign, and digitalSignature.
      extension('2.5.29.15', [TAG.bits, 2, 1, 0x86], true),
    ]),
    certificate: signed(writeName([['CN', 'kube-apiserver']]), own.publicKey, [
      extension('2.5.29.19', sequence(), true),
      extension('2.5.29.15', [TAG.bits, 2, 7, 0x80], true),
      extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
      extension('2.5.29.17', sequence(...hosts.map(hostName))),
    ]),
    key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

const TRUE: Bytes = [0x01, 0x01, 0xff];

function extension(id: string, value: Bytes, isCritical = false): Bytes {
  return sequence(oid(id), ...(isCritical ? [TRUE] : []), octets(value));
}

/** dNSName or iPAddress (RFC 5280, 4.2.1.6). */
function hostName(host: string): Bytes {
  const family = isIP(host);
  if (family === 0) return der(0x82, [...Buffer.from(host, 'latin1')]);
  return der(0x87, family === 4 ? host.split('.').map(Number) : bytesOfIpv6(host));
}

function bytesOfIpv6(host: string): Bytes {
  const [head = '', tail] = host.split('::');
  const words = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((word) => Number.parseInt(word, 16));
  const [before, after] = [words(head), tail === undefined ? [] : words(tail)];
  const between = Array.from({ length: 8 - before.length - after.length }, () => 0);
  return [...before, ...between, ...after].flatMap((word) => [word >> 8, word & 0xff]);
}

/** GeneralizedTime, in whole seconds. */
function timeOf(ms: number): Bytes {
  const text = new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '');
  return der(TAG.time, [...Buffer.from(text, 'latin1')]);
}
