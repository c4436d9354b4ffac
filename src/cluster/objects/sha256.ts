import { utf8Bytes } from './base64.ts';

/** SHA-256 of a text as UTF-8, in hexadecimal: the pure part has no library for it (FIPS 180-4). */
export function sha256(text: string): string {
  return sha256After('')(text);
}

/** SHA-256 of texts that begin alike: what they begin with is looked at once. */
export function sha256After(beginning: string): (rest: string) => string {
  const finish = digestAfter(utf8Bytes(beginning));
  return (rest) => finish(utf8Bytes(rest));
}

/** SHA-256 of bytes. */
export function sha256OfBytes(bytes: readonly number[]): string {
  return digestAfter([])(bytes);
}

function digestAfter(begun: readonly number[]): (rest: readonly number[]) => string {
  const whole = begun.length - (begun.length % BLOCK);
  const state = Int32Array.from(INITIAL);
  for (let at = 0; at < whole; at += BLOCK) digestBlock(state, begun, at);
  return (rest) => {
    const own = state.slice();
    const bytes = padded([...begun.slice(whole), ...rest], whole);
    for (let at = 0; at < bytes.length; at += BLOCK) digestBlock(own, bytes, at);
    let text = '';
    for (const word of own) text += (word >>> 0).toString(16).padStart(8, '0');
    return text;
  };
}

/** Bytes that are digested together. */
const BLOCK = 64;

/** The first 32 bits behind the point of roots of primes: square roots of eight, cube roots of 64. */
const PRIMES = primes(64);
const INITIAL = PRIMES.slice(0, 8).map((prime) => fractionOfRoot(prime, 2n));
const ROUNDS = Int32Array.from(PRIMES, (prime) => fractionOfRoot(prime, 3n));

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

/** The last bytes of a text, with the length of all of it behind them. */
function padded(bytes: readonly number[], before: number): readonly number[] {
  const zeros = (119 - (bytes.length % BLOCK)) % BLOCK;
  const length = BigInt((before + bytes.length) * 8);
  const size = Array.from({ length: 8 }, (_, index) => Number((length >> BigInt(56 - 8 * index)) & 255n));
  return [...bytes, 0x80, ...new Array<number>(zeros).fill(0), ...size];
}

// Keys and certificates take thousands of blocks: nothing is made anew for one.
const words = new Int32Array(64);

function digestBlock(state: Int32Array, bytes: readonly number[], at: number): void {
  schedule(bytes, at);
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let round = 0; round < 64; round++) {
    const mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const one = (h + mixed + ((e & f) ^ (~e & g)) + wordOf(ROUNDS, round) + wordOf(words, round)) | 0;
    const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index] = wordOf(state, index) + word;
}

function schedule(bytes: readonly number[], at: number): void {
  for (let index = 0; index < 16; index++) {
    const first = at + 4 * index;
    let word = 0;
    for (let place = first; place < first + 4; place++) word = (word << 8) | (bytes[place] ?? 0);
    words[index] = word;
  }
  for (let index = 16; index < 64; index++) {
    const near = wordOf(words, index - 2);
    const far = wordOf(words, index - 15);
    const low = turned(near, 17) ^ turned(near, 19) ^ (near >>> 10);
    const high = turned(far, 7) ^ turned(far, 18) ^ (far >>> 3);
    words[index] = wordOf(words, index - 16) + high + wordOf(words, index - 7) + low;
  }
}

function wordOf(list: Int32Array, index: number): number {
  return list[index] as number;
}

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}
