/**
 * Which sequences of three characters there are in each block of a file, whatever their case: a word that is
 * looked for need not be looked for in a block that lacks one of its own.
 */
export interface SearchedBlocks {
  /** Takes the bytes of the next block, and those that follow it, as many as `BLOCK_OVERLAP`. */
  add(bytes: Uint8Array): void;
  /** How many blocks have been taken. */
  readonly count: number;
  /** Whether a word may begin between two places of the file; what has not been taken may have any. */
  mayHave(word: string, from: number, to: number): boolean;
}

export const BLOCK_BYTES = 1 << 20;
/** A word that begins at the end of a block is found in it, as far as so many bytes. */
export const BLOCK_OVERLAP = 64;

/** Six bits for a character, whatever its case; those that are rare share one. */
const CODE_BITS = 6;
const CODES = codes();
const MASK = (1 << (3 * CODE_BITS)) - 1;
const WORD_BITS = 5;

export function createSearchedBlocks(blockBytes = BLOCK_BYTES): SearchedBlocks {
  const blocks: Uint32Array[] = [];
  const seen = new Uint8Array(MASK + 1);
  return {
    get count() {
      return blocks.length;
    },
    add(bytes) {
      seen.fill(0);
      let three = 0;
      for (let place = 0; place < bytes.length; place++) {
        three = ((three << CODE_BITS) | (CODES[bytes[place] as number] as number)) & MASK;
        seen[three] = 1;
      }
      blocks.push(packed(seen));
    },
    mayHave(word, from, to) {
      const wanted = threesIn(word.slice(0, BLOCK_OVERLAP));
      const last = Math.floor((to - 1) / blockBytes);
      for (let index = Math.floor(from / blockBytes); index <= last; index++) {
        const block = blocks[index];
        if (!block || wanted.every((three) => isIn(block, three))) return true;
      }
      return false;
    },
  };
}

function packed(seen: Uint8Array): Uint32Array {
  const bits = new Uint32Array(seen.length >> WORD_BITS);
  for (let three = 0; three < seen.length; three++) {
    if (seen[three] === 1)
      bits[three >> WORD_BITS] = (bits[three >> WORD_BITS] as number) | (1 << (three & 31));
  }
  return bits;
}

function isIn(bits: Uint32Array, three: number): boolean {
  return (((bits[three >> WORD_BITS] as number) >>> (three & 31)) & 1) === 1;
}

/** Of a word of ASCII. */
function threesIn(word: string): readonly number[] {
  const threes: number[] = [];
  let three = 0;
  for (let index = 0; index < word.length; index++) {
    three = ((three << CODE_BITS) | (CODES[word.charCodeAt(index)] as number)) & MASK;
    if (index >= 2) threes.push(three);
  }
  return threes;
}

function codes(): Uint8Array {
  const all = new Uint8Array(256).fill((1 << CODE_BITS) - 1);
  const known = 'abcdefghijklmnopqrstuvwxyz0123456789-./:"_ ,{}[]=()%\'@*';
  for (const [code, char] of [...known].entries()) {
    all[char.charCodeAt(0)] = code;
    all[char.toUpperCase().charCodeAt(0)] = code;
  }
  return all;
}
