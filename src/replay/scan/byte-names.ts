import { asciiText, isPlain, QUOTE } from './bytes.ts';

/** Texts that come again and again, told apart by their bytes: no text is made of one that is known. */
export interface ByteNames {
  /**
   * The number of the text from a place up to its quote, counted from 0; a new one gets the next. -1 where it
   * has something else than plain characters.
   */
  idAt(bytes: Uint8Array, from: number): number;
  /** Where the text ended that was asked for last. */
  readonly end: number;
  /** The texts that have come since this was asked last. */
  fresh(): string[];
}

/** Half as many places as this are taken before there are twice as many. */
const FIRST_PLACES = 1 << 12;

export function createByteNames(): ByteNames {
  const texts = createTexts();
  const hashes: number[] = [];
  /** Number of a text and one more, at the place that its hash leads to, or after it. */
  let places = new Int32Array(FIRST_PLACES);
  let told = 0;
  let end = 0;
  const put = (id: number, hash: number): void => {
    let place = hash & (places.length - 1);
    while (places[place] !== 0) place = (place + 1) & (places.length - 1);
    places[place] = id + 1;
  };
  const add = (hash: number, bytes: Uint8Array, from: number): number => {
    const id = hashes.length;
    texts.add(bytes, from, end);
    hashes.push(hash);
    if (2 * hashes.length > places.length) {
      places = new Int32Array(2 * places.length);
      for (const [other, otherHash] of hashes.entries()) put(other, otherHash);
    } else put(id, hash);
    return id;
  };
  return {
    get end() {
      return end;
    },
    idAt(bytes, from) {
      let sum = 0;
      let place = from;
      for (let byte = bytes[place] as number; isPlain(byte); byte = bytes[++place] as number)
        sum = (Math.imul(sum, 31) + byte) | 0;
      end = place;
      if (bytes[end] !== QUOTE) return -1;
      let hash = Math.imul(sum ^ (sum >>> 15), 0x85ebca6b);
      hash ^= hash >>> 13;
      const mask = places.length - 1;
      for (let at = hash & mask; ; at = (at + 1) & mask) {
        const id = (places[at] as number) - 1;
        if (id < 0) return add(hash, bytes, from);
        if (hashes[id] === hash && texts.is(id, bytes, { from, to: end })) return id;
      }
    },
    fresh() {
      const fresh: string[] = [];
      for (; told < hashes.length; told++) fresh.push(texts.of(told));
      return fresh;
    },
  };
}

interface Texts {
  add(bytes: Uint8Array, from: number, to: number): void;
  is(id: number, bytes: Uint8Array, at: { readonly from: number; readonly to: number }): boolean;
  of(id: number): string;
}

/** Texts one after another. */
function createTexts(): Texts {
  let known = new Uint8Array(1 << 16);
  const ends: number[] = [0];
  return {
    add(bytes, from, to) {
      const start = ends[ends.length - 1] as number;
      const end = start + to - from;
      if (end > known.length) {
        const larger = new Uint8Array(2 * end);
        larger.set(known);
        known = larger;
      }
      known.set(bytes.subarray(from, to), start);
      ends.push(end);
    },
    is(id, bytes, { from, to }) {
      const start = ends[id] as number;
      if ((ends[id + 1] as number) - start !== to - from) return false;
      for (let place = from, other = start; place < to; place++, other++)
        if (bytes[place] !== known[other]) return false;
      return true;
    },
    of: (id) => asciiText(known, ends[id] as number, ends[id + 1] as number),
  };
}
