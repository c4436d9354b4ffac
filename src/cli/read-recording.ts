import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { createTraceReader, type TraceReading } from '../compare/recording/read-trace.ts';
import { type Recording, recordingOf } from '../compare/recording/recording.ts';
import { BadInput } from './exit.ts';

const CHUNK = 1 << 20;

export interface OpenedRecording {
  readonly recording: Recording;
  /** What could not be read of it, in words. */
  readonly damage: readonly string[];
}

/** Reads the recording of a real cluster: its folder, or the trace in it. */
export function openRecording(path: string): OpenedRecording {
  const isFolder = statSync(path).isDirectory();
  const folder = isFolder ? path : dirname(path);
  const traceFile = isFolder ? join(path, 'trace.ndjson') : path;
  if (!statSync(traceFile, { throwIfNoEntry: false })?.isFile())
    throw new BadInput(({ files }) => files.noTrace(path));
  const trace = readTraceFile(traceFile);
  if (trace.changes.length === 0)
    throw new BadInput(({ files }) => [files.emptyTrace(traceFile), ...trace.damage].join('; '));
  const recording = recordingOf({ name: nameOf(folder), trace, files: textsOf(folder) });
  return { recording, damage: trace.damage.map((each) => `${traceFile}: ${each}`) };
}

/** A folder's name, with that of the version above it: `v1.36/a1-rolling-update-solo`. */
function nameOf(folder: string): string {
  const whole = resolve(folder);
  const above = basename(dirname(whole));
  return /^v?1\.\d+/.test(above) ? `${above}/${basename(whole)}` : basename(whole);
}

function textsOf(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder).filter((file) => /\.ya?ml$|^(meta\.json|commands\.txt)$/.test(file));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

function readTraceFile(path: string): TraceReading {
  const reader = createTraceReader();
  for (const line of linesOfFile(path)) reader.line(line);
  return reader.finish();
}

/** A chunk at a time: a file may be larger than a text may be. */
export function* linesOfFile(path: string): Generator<string, void, void> {
  const file = openSync(path, 'r');
  const decoder = new TextDecoder();
  const buffer = Buffer.alloc(CHUNK);
  let rest = '';
  for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer)) {
    const lines = (rest + decoder.decode(buffer.subarray(0, size), { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  closeSync(file);
  if (rest !== '') yield rest;
}
