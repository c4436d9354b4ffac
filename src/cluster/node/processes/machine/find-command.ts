import { NO_SUCH, UNKNOWN } from '../../images/image-behaviour.ts';
import { nameOf } from '../files/paths.ts';
import type { Task } from '../process-state.ts';
import { hasTool, isUnsimulated } from '../tools/tool-names.ts';
import type { Machine } from './machine.ts';

/** What a command's name leads to. */
export type FoundCommand =
  | { readonly kind: 'shell'; readonly name: string }
  | { readonly kind: 'tool'; readonly tool: string }
  | { readonly kind: 'program'; readonly program: string }
  | { readonly kind: 'script'; readonly path: string }
  | { readonly kind: 'failure'; readonly code: 126 | 127; readonly why: CommandFailure };

export type CommandFailure = 'notFound' | 'missing' | 'denied' | 'directory';

const PROGRAM_DIRECTORIES = ['/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin'];
export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const SHELLS = ['sh', 'ash', 'dash', 'bash'];

interface Where {
  readonly cwd: string;
  readonly path: string;
}

export function findCommand(machine: Machine, command: string, where: Where): FoundCommand {
  const found = lookUp(machine, command, where);
  const isMissing = found.kind === 'failure' && found.code === 127 && command !== '';
  const isUnread = isMissing || isEmptyCopy(machine, found, where);
  return isUnread && mayHave(machine, command) && !NO_SUCH.test(command) ? assumed(machine) : found;
}

/** A program that was copied from an image of which nothing is known: there is nothing in it to be run. */
function isEmptyCopy({ files }: Machine, found: FoundCommand, { cwd }: Where): boolean {
  if (found.kind !== 'script') return false;
  const node = files.named(files.resolve(found.path, cwd) ?? found.path);
  return node?.kind === 'file' && node.content === '';
}

/** Whether the image may well have a command that is not known here. */
function mayHave({ host: { image } }: Machine, command: string): boolean {
  if (image.isUnknown) return true;
  if (!image.hasMore) return false;
  // Where there is no shell, there are no tools.
  const name = nameOf(command);
  return image.userland !== 'none' || !(SHELLS.includes(name) || hasTool('all', name));
}

/** What nobody knows is taken to be what a container is for; beside it, in an exec, to end well at once. */
function assumed({ state, host }: Machine): FoundCommand {
  if (!state.isPid1) return { kind: 'tool', tool: 'true' };
  return { kind: 'program', program: host.isToEnd ? UNKNOWN.task : UNKNOWN.program };
}

function lookUp(machine: Machine, command: string, { cwd, path }: Where): FoundCommand {
  if (command.includes('/')) return findByPath(machine, command, cwd);
  if (command === '') return { kind: 'failure', code: 127, why: 'notFound' };
  for (const directory of path.split(':')) {
    const file = `${directory === '' ? cwd : directory}/${command}`;
    const node = machine.files.named(file);
    if (node?.kind === 'file' && node.mode & 0o111) return { kind: 'script', path: file };
    if (PROGRAM_DIRECTORIES.includes(directory)) {
      const own = findInImage(machine, command);
      if (own) return own;
    }
  }
  return { kind: 'failure', code: 127, why: 'notFound' };
}

function findByPath(machine: Machine, command: string, cwd: string): FoundCommand {
  if (Object.hasOwn(machine.host.image.programs, command)) return { kind: 'program', program: command };
  const resolved = machine.files.resolve(command, cwd) ?? command;
  const node = machine.files.node(resolved);
  if (node?.kind === 'directory') return { kind: 'failure', code: 126, why: 'directory' };
  if (node?.kind === 'file') {
    if (node.mode & 0o111) return { kind: 'script', path: command };
    return { kind: 'failure', code: 126, why: 'denied' };
  }
  const inside = PROGRAM_DIRECTORIES.includes(resolved.slice(0, resolved.lastIndexOf('/')));
  return (inside && findInImage(machine, nameOf(resolved))) || { kind: 'failure', code: 127, why: 'missing' };
}

/** What the image brings under that name, wherever it lies. */
function findInImage(machine: Machine, name: string): FoundCommand | undefined {
  const { image } = machine.host;
  if (Object.hasOwn(image.programs, name)) return { kind: 'program', program: name };
  if (SHELLS.includes(name) && hasShell(machine, name)) return { kind: 'shell', name };
  const isThere = hasTool(image.userland, name) || image.commands.includes(name);
  if (isThere && hasTool('all', name)) return { kind: 'tool', tool: name };
  // What the image has and this has not is better named than denied.
  const isOnlyThere = isUnsimulated(image.userland, name) || image.commands.includes(name);
  return isOnlyThere ? { kind: 'tool', tool: 'unsimulated' } : undefined;
}

function hasShell(machine: Machine, name: string): boolean {
  const { userland, commands } = machine.host.image;
  if (userland === 'none') return commands.includes(name);
  if (name === 'sh') return true;
  return commands.includes(name) || (userland === 'busybox' ? name === 'ash' : name !== 'ash');
}

/** Where the image has a command, for `which`, `type` and `command -v`; undefined for what it has not. */
export function commandPath(machine: Machine, command: string, task: Task, path: string): string | undefined {
  const found = lookUp(machine, command, { cwd: task.cwd, path });
  if (found.kind === 'failure') return undefined;
  if (found.kind === 'script') return found.path;
  return command.includes('/') ? command : `/bin/${command}`;
}
