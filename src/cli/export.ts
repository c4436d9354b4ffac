import { watchStreamOf } from '../report/watch-stream.ts';
import { BadInput, EXIT } from './exit.ts';
import { openLog } from './open-log.ts';
import { tellBeside, writeOut } from './write-out.ts';

/**
 * `kubereel export`: a log in another form, on standard output. Of a damaged log what could be read is
 * written, and the exit code says that it is not all.
 */
export async function exportCommand(path: string, { format }: { readonly format: string }): Promise<number> {
  if (format !== 'watch') throw new BadInput(({ files }) => files.noFormat(format));
  const { entries, damage } = openLog(path, tellBeside);
  await writeOut(watchStreamOf(entries));
  return damage === undefined ? EXIT.ok : EXIT.badInput;
}
