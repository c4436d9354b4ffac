import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { LogHeader } from '../kernel/log/log-format.ts';
import { createByteReader, type LogDamage } from '../kernel/log/read-log.ts';
import { createColumn } from '../kernel/table/column.ts';
import type { EntryArchive } from '../replay/entries.ts';
import { BadInput } from './exit.ts';
import { archiveOf, type Places } from './log-archive.ts';

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

const CHUNK = 1 << 20;
const NEWLINE = 10;

/** Opens a log file. Throws BadInput where there is none. */
export function openLogStream(path: string): LogStream {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new BadInput(({ files }) => files.noLogFile(path));
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  const places: Places = { starts: createColumn('float64'), end: 0 };
  const { starts } = places;
  let commit: Entry<Event>[] = [];
  const reader = createByteReader<Event>({ take: (entry) => commit.push(entry), textOf });
  const lines = linesOf(file);
  const readLine = (): boolean => {
    const { value: line } = lines.next();
    if (!line) return false;
    const before = commit.length;
    const isGood = reader.line(line.bytes, line.from, line.to);
    if (commit.length > before) {
      starts.push(line.at);
      places.end = line.at + line.to - line.from;
    }
    return isGood;
  };
  let part = 0;
  readLine();
  return {
    header: reader.finish().header,
    *commits() {
      while (readLine()) {
        part = places.end / size;
        if (commit.length === 0 || commit.at(-1)?.more) continue;
        yield commit;
        commit = [];
      }
      part = 1;
    },
    archive: archiveOf(file, places),
    size,
    part: () => part,
    damage: () => reader.finish().damage,
    close: () => closeSync(file),
  };
}

interface Line {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
  /** Where it begins in the file. */
  readonly at: number;
}

/**
 * The lines of a file without their newlines, a chunk at a time: a line is good until the next is asked for.
 */
function* linesOf(file: number): Generator<Line, void, void> {
  let bytes = Buffer.allocUnsafe(CHUNK);
  let end = 0;
  let at = 0;
  for (let size = readSync(file, bytes, 0, CHUNK, 0); size > 0; ) {
    end += size;
    let from = 0;
    for (let to = newlineIn(bytes, end - size, end); to >= 0; to = newlineIn(bytes, from, end)) {
      yield { bytes, from, to, at: at + from };
      from = to + 1;
    }
    at += from;
    bytes.copyWithin(0, from, end);
    end -= from;
    if (end === bytes.length) bytes = Buffer.concat([bytes], bytes.length * 2);
    size = readSync(file, bytes, end, bytes.length - end, at + end);
  }
  if (end > 0) yield { bytes, from: 0, to: end, at };
}

function newlineIn(bytes: Buffer, from: number, end: number): number {
  const place = bytes.indexOf(NEWLINE, from);
  return place < end ? place : -1;
}

function textOf(bytes: Uint8Array, from: number, to: number, isAscii: boolean): string {
  return (bytes as Buffer).toString(isAscii ? 'latin1' : 'utf8', from, to);
}
