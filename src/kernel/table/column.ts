/**
 * Numbers one after another that only grow at their end, as many bytes each as they need: an array of objects
 * for each of a million entries would cost a hundred bytes apiece. In chunks, so that growing copies nothing.
 */
export interface Column {
  readonly length: number;
  /** The number at a place, counted from 0; 0 where there is none. */
  at(place: number): number;
  push(value: number): void;
  /** A column that begins with so many numbers of this one, and grows apart from it. */
  branch(length: number): Column;
}

type Chunk = Uint8Array | Int32Array | Float64Array;

const CHUNKS = {
  uint8: (length: number): Chunk => new Uint8Array(length),
  int32: (length: number): Chunk => new Int32Array(length),
  float64: (length: number): Chunk => new Float64Array(length),
};

const CHUNK_BITS = 14;
const CHUNK = 1 << CHUNK_BITS;
const WITHIN = CHUNK - 1;

/** An empty column. What does not fit into the kind of number is cut to it. */
export function createColumn(kind: keyof typeof CHUNKS): Column {
  return columnOf([], 0, CHUNKS[kind]);
}

function columnOf(chunks: Chunk[], begun: number, chunkOf: (length: number) => Chunk): Column {
  let length = begun;
  return {
    get length() {
      return length;
    },
    at: (place) => chunks[place >> CHUNK_BITS]?.[place & WITHIN] ?? 0,
    push(value) {
      const within = length & WITHIN;
      if (within === 0) chunks.push(chunkOf(CHUNK));
      const chunk = chunks[chunks.length - 1];
      if (chunk) chunk[within] = value;
      length++;
    },
    branch(wanted) {
      const shared = Math.min(wanted, length);
      const own = chunks.slice(0, Math.ceil(shared / CHUNK));
      // Only a chunk that is not full is written to.
      if ((shared & WITHIN) !== 0) own.push(own.pop()?.slice() ?? chunkOf(CHUNK));
      return columnOf(own, shared, chunkOf);
    },
  };
}
