import { readSync } from 'node:fs';
import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Column } from '../kernel/table/column.ts';
import type { EntryArchive } from '../replay/entries.ts';
import { BLOCK_BYTES, BLOCK_OVERLAP, createSearchedBlocks } from './searched-blocks.ts';

/** Where the lines of the entries lie in a file. */
export interface Places {
  readonly starts: Column;
  /** Where the last one ends. */
  end: number;
}

type Summed = Entry<Event> & { readonly sum: string };

/** The entries of a log file that have been read once: a line is read and parsed again each time. */
export function archiveOf(file: number, places: Places): EntryArchive {
  let bytes = Buffer.allocUnsafe(1 << 16);
  const blocks = createSearchedBlocks();
  const read = (from: number, to: number): number => {
    if (to - from > bytes.length) bytes = Buffer.allocUnsafe(2 * (to - from));
    return readSync(file, bytes, 0, to - from, from);
  };
  const bytesBetween = (from: number, to: number): string => {
    const length = read(from, to);
    return bytes.toString('latin1', 0, length);
  };
  return {
    entryAt(seq) {
      // With the newline, where another line follows.
      const length = read(startOf(places, seq), startOf(places, seq + 1));
      const { sum: _, ...entry } = JSON.parse(bytes.toString('utf8', 0, length)) as Summed;
      if (entry.seq !== seq) throw new Error('the log has been changed while it was open');
      return entry;
    },
    *likely(words, from, way) {
      const patterns = words.map((word) => new RegExp(word.replace(/[^\w ]/g, '\\$&'), 'gi'));
      const count = places.starts.length;
      for (let seq = way > 0 ? from : Math.min(from, count); seq >= 1 && seq <= count; ) {
        const other = blockEnd(places, seq, way);
        const [low, high] = way > 0 ? [seq, other] : [other, seq];
        const [start, end] = [startOf(places, low), startOf(places, high + 1)];
        seq = other + way;
        if (!words.every((word) => blocks.mayHave(word, start, end))) continue;
        // A byte a character, so that places in the text are places in the file.
        const text = bytesBetween(start, end);
        const found = [
          ...linesWith(text, patterns, (seqIn) => startOf(places, seqIn) - start, { low, high }),
        ];
        yield* way > 0 ? found : found.reverse();
      }
    },
    prepare() {
      const from = blocks.count * BLOCK_BYTES;
      const length = read(from, Math.min(places.end, from + BLOCK_BYTES + BLOCK_OVERLAP));
      // The last block is taken once it is whole.
      if (length < BLOCK_BYTES) return true;
      blocks.add(bytes.subarray(0, length));
      return false;
    },
  };
}

function startOf({ starts, end }: Places, seq: number): number {
  return seq <= starts.length ? starts.at(seq - 1) : end;
}

/** The seq at which a block ends that begins at one: as far as it goes, at least the one itself. */
function blockEnd(places: Places, seq: number, way: 1 | -1): number {
  const limit = startOf(places, seq) + way * BLOCK_BYTES;
  let near = seq;
  let far = way > 0 ? places.starts.length : 1;
  while (near !== far) {
    const middle = way > 0 ? Math.ceil((near + far) / 2) : Math.floor((near + far) / 2);
    const isWithin = way > 0 ? startOf(places, middle + 1) <= limit : startOf(places, middle) >= limit;
    if (isWithin) near = middle;
    else far = middle - way;
  }
  return near;
}

interface Block {
  readonly low: number;
  readonly high: number;
}

/** The lines of a text in which all patterns are, by the seq of their entries, ascending. */
function* linesWith(
  text: string,
  [first, ...others]: readonly RegExp[],
  placeOf: (seq: number) => number,
  { low, high }: Block,
): Generator<number, void, void> {
  if (!first) return;
  first.lastIndex = 0;
  for (let match = first.exec(text); match; match = first.exec(text)) {
    const seq = lineAt(match.index, placeOf, { low, high });
    const end = seq < high ? placeOf(seq + 1) : text.length;
    const line = others.length === 0 ? '' : text.slice(placeOf(seq), end);
    if (others.every((other) => line.search(other) >= 0)) yield seq;
    first.lastIndex = end;
  }
}

/** The last seq whose line does not begin after a place. */
function lineAt(place: number, placeOf: (seq: number) => number, { low, high }: Block): number {
  let first = low;
  let last = high;
  while (first < last) {
    const middle = Math.ceil((first + last) / 2);
    if (placeOf(middle) <= place) first = middle;
    else last = middle - 1;
  }
  return first;
}
