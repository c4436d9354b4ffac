import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { EXIT } from './exit.ts';

/** Writes to standard output, no faster than whoever reads it takes it. */
export async function writeOut(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) {
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
  }
}

/** Writes to a file, or to standard output where none is named. */
export async function writeTo(file: string | undefined, pieces: Iterable<string>): Promise<void> {
  if (file === undefined) await writeOut(pieces);
  else writeFileSync(file, [...pieces].join(''));
}

/** Says something beside what is written. */
export function tellBeside(text: string): void {
  process.stderr.write(text);
}

/** A reader that has seen enough (`| head`), or a terminal that is gone, is no error of ours. */
export function quitWithoutReader(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE' || error.code === 'EIO') process.exit(EXIT.ok);
  throw error;
}
