import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { ReadSoFar, ScannedLines } from '../replay/scan/scan-log.ts';

/** A thread that scans a log file after its first chunk, while others make something of its lines. */
export interface ScannerThread {
  /** What it has given next, which may take a while; undefined when it has not been heard of for too long. */
  next(): Scanned | undefined;
  close(): void;
}

/** What a scanner gives: one chunk after another, then how the log was read. */
export type Scanned =
  | { readonly lines: ScannedLines }
  | { readonly readSoFar: ReadSoFar }
  | { readonly failure: string };

export interface ScannerTask {
  readonly path: string;
  /** How many messages have been given and taken, at `GIVEN` and `TAKEN`. */
  readonly counts: Int32Array;
  readonly port: MessagePort;
}

export const GIVEN = 0;
export const TAKEN = 1;
/** So many chunks of a megabyte may lie between the two threads. */
export const AHEAD = 8;

/** Beside this file once it is bundled. */
const SCANNER = new URL('./log-scanner.js', import.meta.url);
const PATIENCE_MS = 10_000;

/** Starts a thread; undefined where there is none to start, as in tests of the sources. */
export function startScanner(path: string, scanner: URL = SCANNER): ScannerThread | undefined {
  if (!existsSync(fileURLToPath(scanner))) return undefined;
  const counts = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const { port1: port, port2 } = new MessageChannel();
  const task: ScannerTask = { path, counts, port: port2 };
  const worker = new Worker(scanner, { workerData: task, transferList: [port2] });
  // What becomes of it is seen by what it gives.
  worker.on('error', () => {});
  worker.unref();
  return {
    next() {
      for (;;) {
        const given = Atomics.load(counts, GIVEN);
        const received = receiveMessageOnPort(port) as { readonly message: Scanned } | undefined;
        if (received) {
          Atomics.add(counts, TAKEN, 1);
          Atomics.notify(counts, TAKEN);
          return received.message;
        }
        if (Atomics.wait(counts, GIVEN, given, PATIENCE_MS) === 'timed-out') return undefined;
      }
    },
    close() {
      port.close();
      void worker.terminate();
    },
  };
}
