import type { Outcomes } from './outcomes.ts';

/**
 * Randomness is keyed, not streamed: a draw is a hash of (seed, purpose, identity, counter). Adding an object
 * therefore changes no draw of another, and two runs that differ in one thing differ only by its
 * consequences.
 */

/** A seed, and what is settled beforehand: two runs with equal chance make equal draws. */
export interface Chance {
  readonly seed: string;
  /** Only the draws that say so are settled by it. */
  readonly outcomes?: Outcomes;
}

export type DrawKey = readonly [purpose: string, ...identity: (string | number)[]];

/** A number in [0, 1), uniform, with 53 random bits. */
export function draw(chance: Chance, ...key: DrawKey): number {
  const [high, low] = hash64(keyText(chance, key));
  return ((high >>> 11) * 0x1_0000_0000 + low) / 0x20_0000_0000_0000;
}

/** A whole number in [low, high], both included. */
export function drawWhole(chance: Chance, low: number, high: number, ...key: DrawKey): number {
  return low + Math.floor(draw(chance, ...key) * (high - low + 1));
}

/** `count` whole numbers in [0, below). */
export function drawMany(chance: Chance, count: number, below: number, ...key: DrawKey): number[] {
  return Array.from({ length: count }, (_, index) => drawWhole(chance, 0, below - 1, ...key, index));
}

/** A version-4 UUID. */
export function drawUuid(chance: Chance, ...key: DrawKey): string {
  const text = keyText(chance, key);
  const words = [...hash64(`${text}\u0000a`), ...hash64(`${text}\u0000b`)];
  const hex = words.map((word) => word.toString(16).padStart(8, '0')).join('');
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}

/** `length` hexadecimal digits, as container IDs have 64. */
export function drawHex(chance: Chance, length: number, ...key: DrawKey): string {
  const text = keyText(chance, key);
  let hex = '';
  for (let part = 0; hex.length < length; part++) {
    for (const word of hash64(`${text}\u0000${part}`)) hex += word.toString(16).padStart(8, '0');
  }
  return hex.slice(0, length);
}

function keyText(chance: Chance, key: DrawKey): string {
  return `${chance.seed}\u0000${key.join('\u0000')}`;
}

/** A draw whose first parts are known: many draws share them, and their hash is made once. */
export interface DrawBegun {
  readonly high: number;
  readonly low: number;
}

/** Begins draws whose keys begin so; `drawWholeAfter` goes on with the rest. */
export function beginDraw(chance: Chance, ...key: DrawKey): DrawBegun {
  const text = keyText(chance, key);
  return { high: lane(text, FIRST_HIGH, HIGH_PRIME), low: lane(text, FIRST_LOW, LOW_PRIME) };
}

/** The same as `drawWhole` with the whole key. */
export function drawWholeAfter(
  begun: DrawBegun,
  low: number,
  high: number,
  ...rest: readonly (string | number)[]
): number {
  const [upper, lower] = hash64(`\u0000${rest.join('\u0000')}`, begun.high, begun.low);
  const drawn = ((upper >>> 11) * 0x1_0000_0000 + lower) / 0x20_0000_0000_0000;
  return low + Math.floor(drawn * (high - low + 1));
}

const FIRST_HIGH = 0xdeadbeef;
const FIRST_LOW = 0x41c6ce57;
/** What `hash64` multiplies by: for sums over something else than a text. */
export const HIGH_PRIME = 2654435761;
export const LOW_PRIME = 1597334677;

/**
 * Two unsigned 32-bit words that depend on every character (two multiply-xor lanes, mixed at the end, after
 * the public-domain cyrb53). Not for secrets; for draws and for the sums of log lines.
 */
export function hash64(text: string, high = FIRST_HIGH, low = FIRST_LOW): [high: number, low: number] {
  let a = high;
  let b = low;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, HIGH_PRIME);
    b = Math.imul(b ^ code, LOW_PRIME);
  }
  return finishHash(a, b);
}

/** Mixes what the two lanes have become. */
export function finishHash(high: number, low: number): [high: number, low: number] {
  const a = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  const b = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return [a >>> 0, b >>> 0];
}

function lane(text: string, first: number, prime: number): number {
  let word = first;
  for (let index = 0; index < text.length; index++) word = Math.imul(word ^ text.charCodeAt(index), prime);
  return word;
}
