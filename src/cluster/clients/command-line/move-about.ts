import { areInTouch } from '../../world/reach.ts';
import { findFile, HOME } from '../files.ts';
import { readSsh, unreachable } from '../machines/ssh-target.ts';
import type { Call, Ended } from '../program.ts';
import { absolutePath, filesNow } from './files-now.ts';
import type { Place } from './line-state.ts';
import type { Progress } from './progress.ts';

/** What only the shell itself can do: going to another folder, or to another machine, and back. */
export function moveAbout(
  [name = '', ...args]: readonly string[],
  progress: Progress,
  io: Pick<Call, 'write'>,
): Ended | undefined {
  switch (name) {
    case 'cd':
      return changeFolder(args[0] ?? '~', progress, io);
    case 'exit':
    case 'logout': {
      const { from } = progress.place;
      if (from !== undefined) progress.place = from;
      return { exitCode: 0 };
    }
    case 'ssh':
      return logIn(args, progress, io);
    default:
      return undefined;
  }
}

function changeFolder(path: string, progress: Progress, { write }: Pick<Call, 'write'>): Ended {
  const { place } = progress;
  const { folder: _, ...machine } = place;
  // Back to where lines are typed, as `cd` and `cd -` are mostly meant.
  if (path === '-' || (path === '~' && place.from === undefined)) {
    progress.place = machine;
    return { exitCode: 0 };
  }
  const up = /^\.\.(?:\/\.\.)*\/?$/.exec(path) && place.folder;
  const target = up ? absolutePath(path, place.folder) : path;
  const found = findFile(filesNow(progress), target);
  if (found.type === 'folder') {
    progress.place = { ...machine, folder: absolutePath(found.path, place.folder).replace(/(?<=.)\/$/, '') };
    return { exitCode: 0 };
  }
  const why = found.type === 'file' ? 'Not a directory' : 'No such file or directory';
  write('stderr', `bash: cd: ${path}: ${why}\n`);
  return { exitCode: 1 };
}

/** `ssh node-1`, after which lines are typed there until `exit`. */
function logIn(
  args: readonly string[],
  progress: Progress,
  { write }: Pick<Call, 'write'>,
): Ended | undefined {
  const { host, command } = readSsh(args);
  if (host === undefined || command.length > 0) return undefined;
  const { view, machine } = progress.shell;
  const here = progress.place.machine ?? machine;
  const target = unreachable(view.rows, host, (node) => areInTouch(view.rows, here, node));
  if ('problem' in target) {
    write('stderr', `${target.problem}\n`);
    return { exitCode: 255 };
  }
  const place: Place = { machine: target.node, folder: HOME, from: progress.place };
  progress.place = place;
  return { exitCode: 0 };
}
