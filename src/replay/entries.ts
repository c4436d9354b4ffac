import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';

/**
 * The entries of a log, by their seq. They may lie in memory, or where they were read from: then each is read
 * again when it is asked for, so whoever goes through many asks the timeline's facts instead.
 */
export interface Entries extends Iterable<Entry<Event>> {
  readonly length: number;
  of(seq: number): Entry<Event> | undefined;
  /** From one seq to another, both included. */
  between(first: number, last: number): readonly Entry<Event>[];
  /** Where entries are not at hand: those that may have words in them (`EntryArchive`). */
  readonly likely?: EntryArchive['likely'];
}

/** Where entries are found again that a timeline has taken before: a file, whoever reads it. */
export interface EntryArchive {
  entryAt(seq: number): Entry<Event>;
  /**
   * seq of each entry whose line has all of the words, whatever their case, from one seq on, or back; words
   * are ASCII as JSON writes it. It may give others as well: what an entry says is for the asker to see.
   */
  likely(words: readonly string[], from: number, way: 1 | -1): Iterable<number>;
  /**
   * Takes note of a part of what there is, so that words are found soon; whether that was all of it. For the
   * time in which nobody asks for anything.
   */
  prepare?(): boolean;
}

/** Entries that grow at their end. */
export interface GrowingEntries extends Entries {
  push(entry: Entry<Event>): void;
}

export function createEntries(archive?: EntryArchive): GrowingEntries {
  if (!archive) return entriesOf(remembered());
  const entries = entriesOf(archived(archive));
  return Object.assign(entries, { likely: archive.likely });
}

/** Entries that are others up to a seq, and go on in their own way. */
export function branchEntries(origin: Entries, at: number): GrowingEntries {
  const own: Entry<Event>[] = [];
  return entriesOf({
    length: () => at + own.length,
    push: (entry) => own.push(entry),
    of: (seq) => (seq <= at ? origin.of(seq) : own[seq - at - 1]),
  });
}

function entriesOf({ length, push, of }: Keeping): GrowingEntries {
  const between = (first: number, last: number): readonly Entry<Event>[] => {
    const some: Entry<Event>[] = [];
    for (let seq = Math.max(1, first); seq <= last; seq++) {
      const entry = of(seq);
      if (entry) some.push(entry);
    }
    return some;
  };
  return {
    get length() {
      return length();
    },
    push,
    of,
    between,
    *[Symbol.iterator]() {
      for (let seq = 1; seq <= length(); seq++) {
        const entry = of(seq);
        if (entry) yield entry;
      }
    },
  };
}

interface Keeping extends Pick<GrowingEntries, 'push' | 'of'> {
  length(): number;
}

function remembered(): Keeping {
  const all: Entry<Event>[] = [];
  return {
    length: () => all.length,
    push: (entry) => all.push(entry),
    of: (seq) => all[seq - 1],
  };
}

/** A screenful and what led to it. */
const CACHED = 2000;

function archived({ entryAt }: EntryArchive): Keeping {
  const cached = new Map<number, Entry<Event>>();
  let count = 0;
  return {
    length: () => count,
    push: () => count++,
    of(seq) {
      if (seq < 1 || seq > count) return undefined;
      const known = cached.get(seq);
      if (known) return known;
      const entry = entryAt(seq);
      if (cached.size >= CACHED) forgetOldest(cached);
      cached.set(seq, entry);
      return entry;
    },
  };
}

/** A Map is in the order in which its keys came. */
function forgetOldest(cached: Map<number, unknown>): void {
  for (const seq of cached.keys()) {
    cached.delete(seq);
    return;
  }
}
