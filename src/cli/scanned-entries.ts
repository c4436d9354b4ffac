import type { Event } from '../cluster/contract/event.ts';
import type { ChangedFields } from '../cluster/world/change-outline.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Outline, OutlinedEntry } from '../replay/outlined-entry.ts';
import { fieldsNamed } from '../replay/scan/field-names.ts';
import { LINE, MORE, OUTLINED, PLAIN, type ScannedLines } from '../replay/scan/scan-log.ts';

/**
 * Entries of lines that have been scanned: the event of an update is not parsed before somebody looks at it.
 */
export interface ScannedEntries {
  /** Takes the lines that follow those before, as one scan named what is in them. */
  entriesOf(lines: ScannedLines): readonly Entry<Event>[];
}

export function createScannedEntries(): ScannedEntries {
  const actors: string[] = [];
  const keys: string[] = [];
  const fields: ChangedFields[] = [];
  let seq = 0;
  return {
    entriesOf(scanned) {
      for (const actor of scanned.actors) actors.push(actor);
      for (const key of scanned.keys) keys.push(key);
      for (const name of scanned.fields) fields.push({ id: fields.length + 1, ...fieldsNamed(name) });
      const { lines, times } = scanned;
      const entries: Entry<Event>[] = [];
      for (let index = 0; index < scanned.count; index++) {
        const row = index * LINE.size;
        seq++;
        const flags = lines[row + LINE.flags] as number;
        if ((flags & OUTLINED) === 0) {
          entries.push(parsed(scanned, row));
          continue;
        }
        const entry = Object.create(LAZY) as Lazy;
        entry.seq = seq;
        entry.at = times[index] as number;
        entry.actor = actors[lines[row + LINE.actor] as number] as string;
        entry.cause = lines[row + LINE.cause] || null;
        const key = lines[row + LINE.key] as number;
        entry.outline = {
          key: keys[key] as string,
          object: key + 1,
          answers: lines[row + LINE.answers] as number,
          fields: fields[lines[row + LINE.fields] as number] as ChangedFields,
        };
        entry.scanned = scanned;
        entry.row = row;
        if ((flags & MORE) !== 0) entry.more = true;
        entries.push(entry);
      }
      return entries;
    },
  };
}

/** An entry that knows where its line lies. */
interface Lazy extends Pick<OutlinedEntry, 'key' | 'event'> {
  seq: number;
  at: number;
  actor: string;
  cause: number | null;
  more?: true;
  outline: Outline;
  scanned: ScannedLines;
  row: number;
  whole?: Entry<Event>;
}

const LAZY: Pick<Lazy, 'key' | 'event'> & ThisType<Lazy> = {
  get key() {
    return wholeOf(this).key;
  },
  get event() {
    return wholeOf(this).event;
  },
};

function wholeOf(entry: Lazy): Entry<Event> {
  entry.whole ??= parsed(entry.scanned, entry.row);
  return entry.whole;
}

type Summed = Entry<Event> & { readonly sum?: string };

function parsed({ bytes, lines }: ScannedLines, row: number): Entry<Event> {
  const isPlain = ((lines[row + LINE.flags] as number) & PLAIN) !== 0;
  const [from, to] = [lines[row + LINE.from] as number, lines[row + LINE.to] as number];
  const entry = JSON.parse(textOf(bytes, from, to, isPlain)) as Summed;
  if (entry.sum === undefined) return entry;
  const { sum: _, ...rest } = entry;
  return rest;
}

/** Of UTF-8, or, which is faster, of bytes each of which is a character. */
export function textOf(bytes: Uint8Array, from: number, to: number, isPlain: boolean): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString(isPlain ? 'latin1' : 'utf8', from, to);
}
