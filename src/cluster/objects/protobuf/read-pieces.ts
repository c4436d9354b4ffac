/** One field of a message in protobuf, as it stands there. */
export interface Piece {
  readonly number: number;
  /** The bytes of its value: of a number those of its varint. */
  readonly content: Uint8Array;
}

/** The fields of a message, in their order; undefined for what is none. */
export function readPieces(bytes: Uint8Array): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = varintAt(bytes, at);
    if (tag === undefined) return undefined;
    const number = Math.floor(tag.value / 8);
    const found = valueAt(bytes, tag.end, tag.value % 8);
    if (number < 1 || found === undefined) return undefined;
    pieces.push({ number, content: bytes.subarray(found.start, found.end) });
    at = found.end;
  }
  return pieces;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const WIDTHS: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

function valueAt(bytes: Uint8Array, at: number, wireType: number): Span | undefined {
  if (wireType === 0) {
    const found = varintAt(bytes, at);
    return found && { start: at, end: found.end };
  }
  if (wireType === 2) {
    const length = varintAt(bytes, at);
    const end = length && length.end + length.value;
    return end !== undefined && end <= bytes.length ? { start: length?.end ?? 0, end } : undefined;
  }
  const width = WIDTHS[wireType];
  return width !== undefined && at + width <= bytes.length ? { start: at, end: at + width } : undefined;
}

const LONGEST = 10;

function varintAt(
  bytes: Uint8Array,
  at: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let place = at; place < Math.min(bytes.length, at + LONGEST); place += 1) {
    const byte = bytes[place] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * (place - at));
    if (byte < 0x80) return { value, end: place + 1 };
  }
  return undefined;
}

/** A whole number that may be negative, of 64 bits, from the bytes of its varint. */
export function signedIn(bytes: Uint8Array): number {
  let value = 0n;
  for (const [place, byte] of bytes.entries()) value |= BigInt(byte & 0x7f) << BigInt(7 * place);
  return Number(BigInt.asIntN(64, value));
}
