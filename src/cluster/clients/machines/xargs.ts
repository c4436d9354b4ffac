import { shellQuoted } from '../command-line/shell-quoted.ts';
import { type Options, readOptions } from '../pipes/read-options.ts';
import type { Call, Program, ProgramTable } from '../program.ts';
import { placeHere, runInner } from './run-inner.ts';

const OPTIONS = {
  flags: 'rt0px',
  valued: 'InLPds',
  long: {
    'no-run-if-empty': 'r',
    null: '0',
    verbose: 't',
    replace: 'I',
    'max-args': 'n',
    'max-procs': 'P',
    delimiter: 'd',
  },
};

/** Calls a program with the words that come through the pipe (xargs(1)). */
export function xargsFor(programs: () => ProgramTable): Program {
  return {
    type: 'program',
    name: 'xargs',
    *run(call) {
      const lines = linesOf(call);
      if (call.args.some((word) => /^-t|^--verbose$/.test(word)) && call.memory === undefined)
        for (const line of lines) call.write('stderr', `${line}\n`);
      const inner = { place: placeHere(call), programs: programs() };
      const outcome = yield* runInner(lines.join('\n'), call, inner);
      // It says that one of its calls failed (xargs(1), EXIT STATUS).
      return 'exitCode' in outcome && outcome.exitCode !== 0 ? { ...outcome, exitCode: 123 } : outcome;
    },
  };
}

/** What it calls, one line a call. Its own options end where the command begins. */
function linesOf({ args, stdin }: Call): readonly string[] {
  const { own, command } = splitWords(args);
  const { given } = readOptions(
    own.map((word) => (word === '-i' ? '-I{}' : word)),
    OPTIONS,
  );
  const words = command.length === 0 ? ['echo'] : command;
  const replaced = given.get('I');
  const items = itemsOf(stdin, given, replaced !== undefined || given.has('L'));
  const typed = (each: readonly string[]): string => each.map(shellQuoted).join(' ');
  if (replaced !== undefined)
    return items.map((item) => typed(words.map((word) => word.replaceAll(replaced, item))));
  if (items.length === 0) return given.has('r') ? [] : [typed(words)];
  const most = Math.min(items.length, Number(given.get('n') ?? given.get('L') ?? items.length));
  return Array.from({ length: Math.ceil(items.length / most) }, (_, round) =>
    typed([...words, ...items.slice(round * most, (round + 1) * most)]),
  );
}

function itemsOf(stdin: string, given: Options['given'], isByLine: boolean): readonly string[] {
  const delimiter = given.has('0') ? '\0' : given.get('d')?.replace('\\n', '\n');
  return stdin
    .split(delimiter ?? (isByLine ? '\n' : /\s+/))
    .map((item) => (delimiter === undefined ? item.trim().replace(/^(["'])(.*)\1$/, '$2') : item))
    .filter((item) => item !== '');
}

function splitWords(args: readonly string[]): {
  readonly own: readonly string[];
  readonly command: readonly string[];
} {
  let at = 0;
  for (; args[at]?.startsWith('-'); at++) {
    const word = args[at] ?? '';
    if (/^-[InLPds]$/.test(word) || /^--(replace|max-args|max-procs|delimiter)$/.test(word)) at += 1;
  }
  return { own: args.slice(0, at), command: args.slice(at) };
}
