import { closeSync, fstatSync, openSync, statSync } from 'node:fs';
import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { LogHeader } from '../kernel/log/log-format.ts';
import type { LogDamage } from '../kernel/log/read-log.ts';
import { createColumn } from '../kernel/table/column.ts';
import type { EntryArchive } from '../replay/entries.ts';
import { LINE, type ScannedLines } from '../replay/scan/scan-log.ts';
import { BadInput } from './exit.ts';
import { archiveOf, type Places } from './log-archive.ts';
import { scanBeside, scanChunks } from './scanned-chunks.ts';
import { createScannedEntries } from './scanned-entries.ts';

/** A log that is read while it is looked at already; what was read of it is found again in the file. */
export interface LogStream {
  /** Absent where the first line is none; then `damage` says why. */
  readonly header: LogHeader | undefined;
  /** The commits of the log, each read when it is asked for; up to the last whole one. */
  commits(): Generator<readonly Entry<Event>[], void, void>;
  readonly archive: EntryArchive;
  /** Bytes of the file. */
  readonly size: number;
  /** How much of the file has been read, 0 to 1. */
  part(): number;
  /** Where and why it could not be read further; known once all of it has been read. */
  damage(): LogDamage | undefined;
  close(): void;
}

/** A log of more bytes is worth a thread of its own. */
const LONG_BYTES = 8 << 20;

/** Opens a log file. Throws BadInput where there is none. */
export function openLogStream(path: string): LogStream {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new BadInput(({ files }) => files.noLogFile(path));
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  const places: Places = { starts: createColumn('float64'), end: 0 };
  const alone = scanChunks(file);
  const first = alone.next();
  const chunks = size > LONG_BYTES ? scanBeside(path, alone) : alone;
  let part = 0;
  return {
    header: chunks.readSoFar().header,
    *commits() {
      const entries = createScannedEntries();
      let commit: Entry<Event>[] = [];
      for (let chunk = first; !chunk.done; chunk = chunks.next()) {
        notePlaces(places, chunk.value);
        for (const entry of entries.entriesOf(chunk.value)) {
          commit.push(entry);
          if (entry.more) continue;
          yield commit;
          commit = [];
        }
        part = chunk.value.end / size;
      }
      part = 1;
    },
    archive: archiveOf(file, places),
    size,
    part: () => part,
    damage: () => chunks.readSoFar().damage,
    close() {
      chunks.return?.();
      closeSync(file);
    },
  };
}

function notePlaces(places: Places, { start, lines, count }: ScannedLines): void {
  for (let row = 0; row < count * LINE.size; row += LINE.size) {
    places.starts.push(start + (lines[row + LINE.from] as number));
    places.end = start + (lines[row + LINE.end] as number);
  }
}
