import { openSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { scanChunks } from './scanned-chunks.ts';
import { AHEAD, GIVEN, type Scanned, type ScannerTask, TAKEN } from './scanner-thread.ts';

/** The other end of a scanner: it goes through a file as far ahead of who takes its lines as it may be. */
const { path, counts, port } = workerData as ScannerTask;

try {
  scan();
} catch (error) {
  give({ failure: String(error) }, []);
}

function scan(): void {
  const chunks = scanChunks(openSync(path, 'r'));
  // The first one has been scanned by whoever opened the file.
  chunks.next();
  for (let chunk = chunks.next(); !chunk.done; chunk = chunks.next()) {
    const { bytes, lines, times } = chunk.value;
    give({ lines: chunk.value }, [bytes.buffer, lines.buffer, times.buffer]);
  }
  give({ readSoFar: chunks.readSoFar() }, []);
}

function give(scanned: Scanned, moved: readonly ArrayBuffer[]): void {
  for (let taken = Atomics.load(counts, TAKEN); ; taken = Atomics.load(counts, TAKEN)) {
    if (Atomics.load(counts, GIVEN) - taken < AHEAD) break;
    Atomics.wait(counts, TAKEN, taken);
  }
  port.postMessage(scanned, moved);
  Atomics.add(counts, GIVEN, 1);
  Atomics.notify(counts, GIVEN);
}
