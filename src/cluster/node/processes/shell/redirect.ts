import { addPipe, openPath } from '../machine/descriptors.ts';
import type { Descriptor } from '../process-state.ts';
import type { RedirectWord } from '../syntax/program.ts';
import { complain, type Shell } from './shell.ts';

type Descriptors = Record<string, Descriptor>;

/**
 * The descriptors after the redirections, in the order of writing; undefined when one failed, which is then
 * said.
 */
export function redirect(
  shell: Shell,
  redirects: readonly RedirectWord[],
  targets: readonly string[],
): Descriptors | undefined {
  let fds: Descriptors = { ...shell.task.fds };
  for (const [index, word] of redirects.entries()) {
    const next = redirectOne(shell, fds, word, targets[index] ?? '');
    if (typeof next === 'string') {
      complain(shell, next);
      return undefined;
    }
    fds = next;
  }
  return fds;
}

function redirectOne(
  shell: Shell,
  fds: Descriptors,
  word: RedirectWord,
  target: string,
): Descriptors | string {
  const { operator, fd } = word;
  if (operator === 'text') return { ...fds, [fd]: addPipe(shell.machine, target).reading };
  if (operator === '>&' || operator === '<&') {
    if (target === '-') return without(fds, fd);
    if (/^\d+$/.test(target)) {
      const copied = fds[target];
      return copied === undefined ? `${target}: Bad file descriptor` : { ...fds, [fd]: copied };
    }
    if (operator === '<&') return `${target}: bad fd number`;
  }
  const mode =
    operator === '<' ? 'read' : operator === '<>' ? 'both' : operator.endsWith('>>') ? 'append' : 'write';
  if (operator === '>' && shell.task.options.includes('C') && isFile(shell, target)) {
    return cannot(shell, 'create', target, 'File exists');
  }
  const opened = openPath(shell.machine, { ...shell.task, fds }, target, mode);
  if (typeof opened !== 'string')
    return cannot(shell, mode === 'read' ? 'open' : 'create', target, opened.why);
  const both = operator.startsWith('&') || operator === '>&';
  return both ? { ...fds, '1': opened, '2': opened } : { ...fds, [fd]: opened };
}

function without(fds: Descriptors, fd: number): Descriptors {
  const left = { ...fds };
  delete left[fd];
  return left;
}

function isFile({ machine, task }: Shell, path: string): boolean {
  const resolved = machine.files.resolve(path, task.cwd);
  return resolved !== undefined && !path.startsWith('/dev/') && machine.files.node(resolved)?.kind === 'file';
}

/** As ash, dash and bash say it (`ash.c`: openredirect; `error.c`: errmsg). */
function cannot({ task }: Shell, verb: 'open' | 'create', path: string, why: string): string {
  if (task.bash) return `${path}: ${why}`;
  const isMissing = why === 'No such file or directory';
  if (task.dash) {
    const text = isMissing ? (verb === 'open' ? 'No such file' : 'Directory nonexistent') : why;
    return `cannot ${verb} ${path}: ${text}`;
  }
  const text = isMissing ? (verb === 'open' ? 'no such file' : 'nonexistent directory') : why;
  return `can't ${verb} ${path}: ${text}`;
}
