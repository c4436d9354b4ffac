import { DAY, MINUTE } from '../../../kernel/time/millis.ts';
import type { Deed } from '../../contract/component.ts';
import type { Response } from '../../contract/response.ts';
import { shellQuoted } from '../command-line/shell-quoted.ts';
import type { Call, LeftFile, Outcome, Program, ProgramTable } from '../program.ts';
import { fileRow } from './facts-of-file.ts';
import { namedIn, shownBelow } from './file-tree.ts';
import { placeHere, runInner } from './run-inner.ts';

/** `find DIR -name PATTERN -type f -exec COMMAND {} ;`; which programs there are, it is told. */
export function findFor(programs: () => ProgramTable): Program {
  return {
    type: 'program',
    name: 'find',
    *run(call) {
      const { paths, problems } = search(call);
      const { args, write } = call;
      if (call.memory === undefined) for (const problem of problems) write('stderr', `find: ${problem}\n`);
      const exitCode = problems.length > 0 ? 1 : 0;
      const command = commandIn(args);
      if (command) return yield* runEach(call, command, { paths, programs: programs() });
      if (args.includes('-delete')) {
        const written = paths.map((path): LeftFile => ({ path, text: '', kind: 'removed' }));
        return { exitCode, written: written.reverse() };
      }
      const end = args.includes('-print0') ? '\0' : '\n';
      for (const path of paths) write('stdout', `${path}${end}`);
      return { exitCode };
    },
  };
}

function search(call: Call): { readonly paths: readonly string[]; readonly problems: readonly string[] } {
  const cut = call.args.findIndex((word) => word.startsWith('-'));
  const roots = cut < 0 ? call.args : call.args.slice(0, cut);
  const tests = cut < 0 ? [] : call.args.slice(cut);
  const type = givenTo(tests, '-type');
  const depth = givenTo(tests, '-maxdepth');
  const patterns = valuesOf(tests, '-name', '-iname').map(globPattern);
  const paths: string[] = [];
  const problems: string[] = [];
  for (const root of roots.length === 0 ? ['.'] : roots) {
    const named = namedIn(call.files, root);
    if (named.length === 0) problems.push(`'${root}': No such file or directory`);
    for (const { below, isFolder, path } of named) {
      const shown = shownBelow(root, below);
      const name = shown.slice(shown.lastIndexOf('/') + 1);
      const isWanted =
        (patterns.length === 0 || patterns.some((pattern) => pattern.test(name))) &&
        (type === undefined || (type === 'd') === isFolder) &&
        (depth === undefined || below.split('/').length - 1 <= Number(depth)) &&
        isOfAge(call, tests, path);
      if (isWanted) paths.push(shown);
    }
  }
  return { paths, problems };
}

function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`);
}

function givenTo(tests: readonly string[], option: string): string | undefined {
  return valuesOf(tests, option)[0];
}

/** What follows any of these tests; of several, one has to hold (`-o`). */
function valuesOf(tests: readonly string[], ...options: readonly string[]): readonly string[] {
  return tests.flatMap((word, at) => (options.includes(word) ? [tests[at + 1] ?? ''] : []));
}

/** `-mtime +7`, `-mmin -10`: whole days or minutes since it was written. */
function isOfAge(call: Call, tests: readonly string[], path: string): boolean {
  for (const [option, unit] of [
    ['-mtime', DAY],
    ['-mmin', MINUTE],
  ] as const) {
    const asked = givenTo(tests, option);
    if (asked === undefined) continue;
    const age = Math.floor((call.now - (fileRow(call, path)?.modifiedAt ?? 0)) / unit);
    const count = Number(asked.replace(/^[+-]/, ''));
    const holds = asked.startsWith('+') ? age > count : asked.startsWith('-') ? age < count : age === count;
    if (!holds) return false;
  }
  return true;
}

interface Command {
  readonly words: readonly string[];
  /** `+`: all at once; otherwise one after another. */
  readonly isTogether: boolean;
}

function commandIn(args: readonly string[]): Command | undefined {
  const at = args.findIndex((word) => word === '-exec' || word === '-execdir' || word === '-ok');
  if (at < 0) return undefined;
  const end = args.findIndex((word, index) => index > at && (word === ';' || word === '+'));
  return { words: args.slice(at + 1, end < 0 ? args.length : end), isTogether: args[end] === '+' };
}

interface Found {
  readonly paths: readonly string[];
  readonly programs: ProgramTable;
}

/** What was found at the first look is what the command is called with. */
function* runEach(
  call: Call,
  { words, isTogether }: Command,
  { paths, programs }: Found,
): Generator<Deed, Outcome, Response> {
  const typed = (each: readonly string[]): string =>
    words
      .flatMap((word) => (word === '{}' ? each : [word.replaceAll('{}', each[0] ?? '')]))
      .map(shellQuoted)
      .join(' ');
  const lines = isTogether ? (paths.length === 0 ? [] : [typed(paths)]) : paths.map((path) => typed([path]));
  return yield* runInner(lines.join('\n'), call, { place: placeHere(call), programs });
}
