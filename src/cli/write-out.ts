import { once } from 'node:events';
import { EXIT } from './exit.ts';

/** Writes to standard output, no faster than whoever reads it takes it. */
export async function writeOut(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) {
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
  }
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
