import { closeSync, existsSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { createLogEncoder, type LogHeader } from '../kernel/log/log-format.ts';
import { createLogReader, type LogReading } from '../kernel/log/read-log.ts';
import { BadInput } from './exit.ts';

const CHUNK = 1 << 20;

/** A log being written, entry by entry. */
export interface LogFile {
  append(entries: readonly Entry<Event>[]): void;
  close(): void;
}

export function createLogFile(path: string, header: LogHeader): LogFile {
  const file = openSync(path, 'w');
  const encoder = createLogEncoder();
  let pending = encoder.header(header);
  const flush = (): void => {
    writeSync(file, pending);
    pending = '';
  };
  return {
    append(entries) {
      for (const entry of entries) pending += encoder.entry(entry);
      if (pending.length > CHUNK) flush();
    },
    close() {
      pending += encoder.end();
      flush();
      closeSync(file);
    },
  };
}

/** Reads a log up to its end or its damage, a chunk at a time. */
export function readLogFile(path: string): LogReading<Event> {
  if (!existsSync(path) || !statSync(path).isFile()) throw new BadInput(({ files }) => files.noLogFile(path));
  const file = openSync(path, 'r');
  const reader = createLogReader<Event>();
  const decoder = new TextDecoder();
  const buffer = Buffer.alloc(CHUNK);
  let rest = '';
  let open = true;
  for (let size = readSync(file, buffer); open && size > 0; size = readSync(file, buffer)) {
    const lines = (rest + decoder.decode(buffer.subarray(0, size), { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    open = lines.every((line) => reader.line(line));
  }
  closeSync(file);
  if (open && rest !== '') reader.line(rest);
  return reader.finish();
}

/** The entries of a reading up to the last whole commit. */
export function wholeCommits({ entries }: LogReading<Event>): readonly Entry<Event>[] {
  let count = entries.length;
  while (count > 0 && entries[count - 1]?.more) count--;
  return entries.slice(0, count);
}
