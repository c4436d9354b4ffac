import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { watchStreamOf } from '../report/watch-stream.ts';
import { BadInput, EXIT } from './exit.ts';
import { openLog } from './open-log.ts';

/** `kubereel export`: a log in another form, on standard output. */
export async function exportCommand(path: string, { format }: { readonly format: string }): Promise<number> {
  if (format !== 'watch') throw new BadInput(`there is no format "${format}": it is watch`);
  const { entries } = openLog(path);
  await pipeline(Readable.from(watchStreamOf(entries)), createWriteStream('', { fd: 1, autoClose: false }));
  return EXIT.ok;
}
