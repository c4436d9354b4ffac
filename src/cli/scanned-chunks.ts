import { readSync } from 'node:fs';
import { createLogScan, type ReadSoFar, type ScannedLines } from '../replay/scan/scan-log.ts';
import { textOf } from './scanned-entries.ts';
import { startScanner } from './scanner-thread.ts';

/** The lines of a log file, scanned a piece at a time. */
export interface ScannedChunks extends Iterator<ScannedLines, void, void> {
  /** What is known of the log apart from its entries, once they have all been given; before, so far. */
  readSoFar(): ReadSoFar;
}

const CHUNK = 1 << 20;

/** Reads a file from its beginning, whoever asks; what it is cut into does not depend on that. */
export function scanChunks(file: number): ScannedChunks {
  const scan = createLogScan(textOf);
  let rest: Uint8Array = new Uint8Array(0);
  let start = 0;
  return {
    readSoFar: scan.readSoFar,
    next() {
      if (scan.isOver) return { done: true, value: undefined };
      // What is given away is not written into any more.
      const bytes = new Uint8Array(Math.max(CHUNK, 2 * rest.length));
      bytes.set(rest);
      const room = bytes.length - rest.length;
      const read = readSync(file, bytes, rest.length, room, start + rest.length);
      const length = rest.length + read;
      const lines = scan.take({ bytes, length, start, isLast: read < room });
      rest = bytes.slice(lines.end - start, length);
      start = lines.end;
      return { done: false, value: lines };
    },
  };
}

/**
 * The same with a thread that scans what comes after the first chunk. Both cut a file into the same chunks
 * and number the same names, so that where the thread fails its work is gone on with.
 */
export function scanBeside(path: string, chunks: ScannedChunks): ScannedChunks {
  let thread = startScanner(path);
  let taken = 0;
  let read: ReadSoFar | undefined;
  const byMyself = (): IteratorResult<ScannedLines, void> => {
    thread?.close();
    thread = undefined;
    for (; taken > 0; taken--) chunks.next();
    return chunks.next();
  };
  return {
    readSoFar: () => read ?? chunks.readSoFar(),
    next() {
      if (read) return { done: true, value: undefined };
      const scanned = thread?.next();
      if (!scanned || 'failure' in scanned) return byMyself();
      if ('lines' in scanned) {
        taken++;
        return { done: false, value: scanned.lines };
      }
      thread?.close();
      read = scanned.readSoFar;
      return { done: true, value: undefined };
    },
    return() {
      thread?.close();
      return { done: true, value: undefined };
    },
  };
}
