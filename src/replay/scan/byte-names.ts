import { asciiText, isPlain, QUOTE } from './bytes.ts';

/** Texts that come again and again, told apart by their bytes: no text is made of one that is known. */
export interface ByteNames {
  /** The number of the text between two places, counted from 0; a new one gets the next. Only of ASCII. */
  idOf(bytes: Uint8Array, from: number, to: number): number;
  /** The same of the text from a place up to its quote; -1 where it is not plain all along. */
  idAt(bytes: Uint8Array, from: number): number;
  /** Where the text ended of which `idAt` was asked last. */
  readonly end: number;
  /** The texts that have come since this was asked last. */
  fresh(): string[];
}

/** Half as many places as this are taken before there are twice as many. */
const FIRST_PLACES = 1 << 12;

export function createByteNames(): ByteNames {
  /** All texts, one after another, and where each ends. */
  let known = new Uint8Array(1 << 16);
  const ends: number[] = [0];
  const hashes: number[] = [];
  /** Number of a text and one more, at the place that its hash leads to, or after it. */
  let places = new Int32Array(FIRST_PLACES);
  let told = 0;
  const isKnown = (id: number, bytes: Uint8Array, from: number, to: number): boolean => {
    const start = ends[id] as number;
    if ((ends[id + 1] as number) - start !== to - from) return false;
    for (let place = from, other = start; place < to; place++, other++)
      if (bytes[place] !== known[other]) return false;
    return true;
  };
  const put = (id: number, hash: number): void => {
    let place = hash & (places.length - 1);
    while (places[place] !== 0) place = (place + 1) & (places.length - 1);
    places[place] = id + 1;
  };
  const add = (hash: number, bytes: Uint8Array, from: number, to: number): number => {
    const id = hashes.length;
    const start = ends[id] as number;
    const end = start + to - from;
    if (end > known.length) {
      const larger = new Uint8Array(2 * end);
      larger.set(known);
      known = larger;
    }
    known.set(bytes.subarray(from, to), start);
    ends.push(end);
    hashes.push(hash);
    if (2 * hashes.length > places.length) {
      places = new Int32Array(2 * places.length);
      for (const [other, otherHash] of hashes.entries()) put(other, otherHash);
    } else put(id, hash);
    return id;
  };
  const idWith = (sum: number, bytes: Uint8Array, from: number, to: number): number => {
    let hash = Math.imul(sum ^ (sum >>> 15), 0x85ebca6b);
    hash ^= hash >>> 13;
    const mask = places.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const id = (places[place] as number) - 1;
      if (id < 0) return add(hash, bytes, from, to);
      if (hashes[id] === hash && isKnown(id, bytes, from, to)) return id;
    }
  };
  let last = 0;
  return {
    get end() {
      return last;
    },
    idOf(bytes, from, to) {
      let sum = 0;
      for (let place = from; place < to; place++) sum = (Math.imul(sum, 31) + (bytes[place] as number)) | 0;
      return idWith(sum, bytes, from, to);
    },
    idAt(bytes, from) {
      let sum = 0;
      let place = from;
      for (let byte = bytes[place] as number; isPlain(byte); byte = bytes[++place] as number)
        sum = (Math.imul(sum, 31) + byte) | 0;
      last = place;
      return bytes[place] === QUOTE ? idWith(sum, bytes, from, place) : -1;
    },
    fresh() {
      const texts: string[] = [];
      for (; told < hashes.length; told++)
        texts.push(asciiText(known, ends[told] as number, ends[told + 1] as number));
      return texts;
    },
  };
}
