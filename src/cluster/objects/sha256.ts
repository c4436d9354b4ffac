import { utf8Bytes } from './base64.ts';

/** SHA-256 of a text as UTF-8, in hexadecimal: the pure part has no library for it (FIPS 180-4). */
export function sha256(text: string): string {
  const state = [...INITIAL];
  const bytes = padded(utf8Bytes(text));
  for (let at = 0; at < bytes.length; at += 64) digestBlock(state, bytes.slice(at, at + 64));
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** The first 32 bits behind the point of roots of primes: square roots of eight, cube roots of 64. */
const PRIMES = primes(64);
const INITIAL = PRIMES.slice(0, 8).map((prime) => fractionOfRoot(prime, 2n));
const ROUNDS = PRIMES.map((prime) => fractionOfRoot(prime, 3n));

function primes(count: number): number[] {
  const found: number[] = [];
  for (let number = 2; found.length < count; number++) {
    if (found.every((prime) => number % prime !== 0)) found.push(number);
  }
  return found;
}

/** In whole numbers, for engines differ in the last bit of a root. */
function fractionOfRoot(prime: number, degree: bigint): number {
  const scaled = BigInt(prime) << (32n * degree);
  let root = 0n;
  for (let bit = 1n << 40n; bit > 0n; bit >>= 1n) if ((root + bit) ** degree <= scaled) root += bit;
  return Number(BigInt.asIntN(32, root));
}

function padded(bytes: readonly number[]): readonly number[] {
  const zeros = (119 - (bytes.length % 64)) % 64;
  const length = BigInt(bytes.length * 8);
  const size = Array.from({ length: 8 }, (_, index) => Number((length >> BigInt(56 - 8 * index)) & 255n));
  return [...bytes, 0x80, ...new Array<number>(zeros).fill(0), ...size];
}

function digestBlock(state: number[], block: readonly number[]): void {
  const words = scheduleOf(block);
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (const [round, constant] of ROUNDS.entries()) {
    const mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const one = (h + mixed + ((e & f) ^ (~e & g)) + constant + (words[round] ?? 0)) | 0;
    const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) {
    state[index] = ((state[index] ?? 0) + word) | 0;
  }
}

function scheduleOf(block: readonly number[]): readonly number[] {
  const words = Array.from({ length: 16 }, (_, index) =>
    [0, 1, 2, 3].reduce((word, place) => (word << 8) | (block[4 * index + place] ?? 0), 0),
  );
  for (let index = 16; index < 64; index++) {
    const [near = 0, far = 0] = [words[index - 2], words[index - 15]];
    const low = turned(near, 17) ^ turned(near, 19) ^ (near >>> 10);
    const high = turned(far, 7) ^ turned(far, 18) ^ (far >>> 3);
    words.push(((words[index - 16] ?? 0) + high + (words[index - 7] ?? 0) + low) | 0);
  }
  return words;
}

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}
