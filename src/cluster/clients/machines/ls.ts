import { formatDate } from '../../tools/format-date.ts';
import { type Found, findFile } from '../files.ts';
import { humanSize } from '../pipes/human-size.ts';
import { readOptions } from '../pipes/read-options.ts';
import type { Call, Program } from '../program.ts';
import { factsOfFile } from './facts-of-file.ts';
import { namedIn, shownBelow } from './file-tree.ts';

const OPTIONS = { flags: 'alhtr1dRAFp', long: { all: 'a', 'human-readable': 'h' } };

/** One name a line: what it writes into a pipe, and what can be read on any terminal. */
export const ls: Program = {
  type: 'program',
  name: 'ls',
  *run(call) {
    const { given, operands, unknown } = readOptions(call.args, OPTIONS);
    if (unknown !== undefined) {
      call.write('stderr', `ls: unrecognized option '${unknown}'\nTry 'ls --help' for more information.\n`);
      return { exitCode: 2 };
    }
    const paths = operands.length === 0 ? ['.'] : operands;
    const found = paths.map((path) => ({ path, what: findFile(call.files, path) }));
    const missing = found.filter(({ what }) => what.type === 'missing' || what.type === 'outside');
    for (const { path } of missing)
      call.write('stderr', `ls: cannot access '${path}': No such file or directory\n`);
    const single = found.filter(
      ({ what }) => what.type === 'file' || (what.type === 'folder' && given.has('d')),
    );
    const folders = found.filter(({ what }) => what.type === 'folder' && !given.has('d'));
    const listing: Listing = {
      call,
      isLong: given.has('l'),
      isHuman: given.has('h'),
      showsAll: given.has('a'),
    };
    printNames(
      single.map(({ path }) => ({ name: path, path })),
      listing,
      false,
    );
    const isDeep = given.has('R');
    const listed = isDeep
      ? folders.flatMap(({ path }) =>
          namedIn(call.files, path)
            .filter(({ isFolder }) => isFolder)
            .map(({ below }) => ({ path: shownBelow(path, below) })),
        )
      : folders;
    for (const [index, { path }] of listed.entries()) {
      const what = findFile(call.files, path);
      if (paths.length > 1 || isDeep)
        call.write('stdout', `${index > 0 || single.length > 0 ? '\n' : ''}${path}:\n`);
      printFolder(what, listing);
    }
    return { exitCode: missing.length > 0 ? 2 : 0 };
  },
};

interface Listing {
  readonly call: Call;
  readonly isLong: boolean;
  readonly isHuman: boolean;
  readonly showsAll: boolean;
}

function printFolder(what: Found, listing: Listing): void {
  if (what.type !== 'folder') return;
  const prefix = what.path === '' || what.path === '/' ? what.path : `${what.path}/`;
  const names = what.names.filter((name) => listing.showsAll || !name.startsWith('.'));
  printNames(
    names.map((name) => ({ name, path: prefix + name })),
    listing,
    true,
  );
}

interface Shown {
  readonly name: string;
  readonly path: string;
}

function printNames(shown: readonly Shown[], listing: Listing, isFolder: boolean): void {
  const { call, isLong } = listing;
  if (!isLong) {
    for (const { name } of shown) call.write('stdout', `${name}\n`);
    return;
  }
  const rows = shown.map((one) => longRow(one, listing));
  const width = Math.max(0, ...rows.map(({ size }) => size.length));
  // Blocks of 1 KiB, in fours: as a disk is divided.
  const total = rows.reduce((sum, { bytes }) => sum + Math.ceil(bytes / 4096) * 4, 0);
  if (isFolder) call.write('stdout', `total ${listing.isHuman ? humanSize(total * 1024) : total}\n`);
  for (const { mode, size, time, name } of rows)
    call.write('stdout', `${mode} 1 root root ${size.padStart(width)} ${time} ${name}\n`);
}

function longRow({ name, path }: Shown, { call, isHuman }: Listing) {
  const { letters, bytes, modifiedAt } = factsOfFile(call, path);
  const size = isHuman ? humanSize(bytes) : String(bytes);
  return { name, mode: letters, size, bytes, time: clockOf(call, modifiedAt) };
}

/** `Nov 21 09:30`. */
function clockOf({ view }: Call, at: number): string {
  return formatDate(view.settings.epochMs + at, '%b %e %H:%M');
}
