import { textOfUtf8, utf8Bytes } from '../base64.ts';

/** The part of DER (X.690) that certificates and requests for them are written in. */

type Bytes = readonly number[];

export const TAG = {
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  utcTime: 0x17,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One value with its tag and its length. */
export function der(tag: number, ...contents: readonly Bytes[]): Bytes {
  let length = 0;
  for (const content of contents) length += content.length;
  const bytes = [tag, ...lengthOf(length)];
  for (const content of contents) for (const byte of content) bytes.push(byte);
  return bytes;
}

export function sequence(...members: readonly Bytes[]): Bytes {
  return der(TAG.sequence, ...members);
}

/** A number that is not negative, from its bytes, the highest first. */
export function integer(bytes: Bytes): Bytes {
  return der(TAG.integer, (bytes[0] ?? 0) >= 0x80 ? [0, ...bytes] : bytes);
}

export function bitString(bytes: Bytes): Bytes {
  return der(TAG.bits, [0], bytes);
}

export function octets(bytes: Bytes): Bytes {
  return der(TAG.octets, bytes);
}

export function utf8(text: string): Bytes {
  return der(TAG.utf8, utf8Bytes(text));
}

export function printable(text: string): Bytes {
  return der(TAG.printable, utf8Bytes(text));
}

/** `2.5.4.3` */
export function oid(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(TAG.oid, [40 * first + second], ...rest.map(base128));
}

function base128(value: number): Bytes {
  const digits = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

function lengthOf(length: number): Bytes {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let left = length; left > 0; left >>>= 8) bytes.unshift(left & 0xff);
  return [0x80 | bytes.length, ...bytes];
}

/** A value as it was read. */
export interface Node {
  readonly tag: number;
  readonly content: Bytes;
  /** With tag and length. */
  readonly whole: Bytes;
}

/** The values that stand one behind another; undefined for what is no DER. */
export function readDer(bytes: Bytes): readonly Node[] | undefined {
  const nodes: Node[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [tag = 0, short = 0] = bytes.slice(at, at + 2);
    const count = short < 0x80 ? 0 : short & 0x7f;
    const length = count === 0 ? short : numberOf(bytes.slice(at + 2, at + 2 + count));
    const start = at + 2 + count;
    const end = start + length;
    if (short === 0x80 || count > 4 || end > bytes.length) return undefined;
    nodes.push({ tag, content: bytes.slice(start, end), whole: bytes.slice(at, end) });
    at = end;
  }
  return nodes;
}

/** The members of a value that holds others; none if it holds none. */
export function membersOf(node: Node | undefined): readonly Node[] {
  return (node && readDer(node.content)) ?? [];
}

export function textOf({ content }: Node): string {
  return textOfUtf8(content);
}

export function oidOf({ content }: Node): string {
  const [first = 0, ...rest] = content;
  const numbers = [Math.min(2, Math.floor(first / 40)), first - 40 * Math.min(2, Math.floor(first / 40))];
  let value = 0;
  for (const byte of rest) {
    value = value * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    numbers.push(value);
    value = 0;
  }
  return numbers.join('.');
}

function numberOf(bytes: Bytes): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
