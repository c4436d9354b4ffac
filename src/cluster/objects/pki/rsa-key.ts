import { sha256After } from '../sha256.ts';
import { bitString, der, integer, membersOf, octets, oid, readDer, sequence, TAG } from './der.ts';
import { readPem, writePem } from './pem.ts';

/**
 * A key as openssl makes one, as far as anybody looks at it: the right shape and size, a modulus of its own,
 * and the public half the same wherever it is found. It is no RSA: nothing in the simulation is secret, so
 * the numbers are drawn and not computed.
 */
export interface RsaKey {
  /** `SubjectPublicKeyInfo`, as requests and certificates hold it. */
  readonly publicKey: readonly number[];
  readonly pem: string;
  readonly bits: number;
}

const RSA = sequence(oid('1.2.840.113549.1.1.1'), der(TAG.null));
const EXPONENT = integer([1, 0, 1]);

/** A new key; `identity` is all that it is drawn from. */
export function makeKey(identity: string, bits: number, style: 'pkcs1' | 'pkcs8' = 'pkcs8'): RsaKey {
  const size = bits / 8;
  const modulus = drawn(`${identity} modulus`, size);
  modulus[0] = (modulus[0] ?? 0) | 0x80;
  modulus[size - 1] = (modulus[size - 1] ?? 0) | 1;
  const half = ['p', 'q', 'dp', 'dq', 'qinv'].map((part) => integer(drawn(`${identity} ${part}`, size / 2)));
  const exponent = integer(drawn(`${identity} d`, size));
  const inner = sequence(integer([0]), integer(modulus), EXPONENT, exponent, ...half);
  const isOld = style === 'pkcs1';
  const bytes = isOld ? inner : sequence(integer([0]), RSA, octets(inner));
  const pem = writePem({ type: isOld ? 'RSA PRIVATE KEY' : 'PRIVATE KEY', bytes });
  return { publicKey: publicKeyOf(integer(modulus)), pem, bits };
}

/** The key in a file; undefined if there is none. */
export function readKey(pem: string): RsaKey | undefined {
  const block = readPem(pem).find(({ type }) => type.endsWith('PRIVATE KEY'));
  const [outer] = (block && readDer(block.bytes)) ?? [];
  const members = membersOf(outer);
  const wrapped = block?.type === 'PRIVATE KEY' ? members[2] : undefined;
  const inner = wrapped ? membersOf(membersOf(wrapped)[0]) : members;
  const modulus = inner[1];
  if (modulus === undefined) return undefined;
  const bits = 8 * (modulus.content[0] === 0 ? modulus.content.length - 1 : modulus.content.length);
  return { publicKey: publicKeyOf(modulus.whole), pem, bits };
}

function publicKeyOf(modulus: readonly number[]): readonly number[] {
  return sequence(RSA, bitString(sequence(modulus, EXPONENT)));
}

/** Bytes that follow from a text. */
export function drawn(identity: string, size: number): number[] {
  const digest = sha256After(identity);
  let hex = '';
  for (let part = 0; hex.length < 2 * size; part++) hex += digest(` ${part}`);
  return Array.from({ length: size }, (_, index) => Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16));
}
