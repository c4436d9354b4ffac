import { grepMatcher } from '../../../tools/grep-matcher.ts';
import type { Options } from '../../../tools/option-words.ts';
import type { Json } from '../process-state.ts';
import { filterLines, type Line, type LineFilter } from './filter-lines.ts';
import { readOptions, refuse } from './options.ts';
import type { Tool, ToolIo, ToolOutcome } from './tool.ts';

const usage = 'grep [-HhnlLoqvsrRiwFE] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...';

interface GrepState {
  [key: string]: Json;
  count: number;
  number: number;
  file: string;
  /** Lines still to be printed after a match. */
  after: number;
  before: string[];
}

export const grep: Tool = {
  usage,
  run(io) {
    const long = {
      color: 'K:',
      'line-buffered': 'U',
      count: 'c',
      quiet: 'q',
      'ignore-case': 'i',
      'invert-match': 'v',
      'extended-regexp': 'E',
      'only-matching': 'o',
      'max-count': 'm',
    };
    const args = io.args.map((arg) => (arg === '--color' || arg === '--colour' ? '--color=auto' : arg));
    const options = readOptions({ ...io, args }, usage, {
      letters: 'HhnlLoqvsriwFEzxcm:A:B:C:e:RPUK:',
      long,
    });
    if (!options) return 2;
    const operands = [...options.operands];
    const patterns = options.has('e') ? options.values('e') : operands.splice(0, 1);
    if (patterns.length === 0) {
      refuse(io, usage, 'no pattern');
      return 2;
    }
    const matcher = matcherOf(io, options, patterns);
    if (!matcher) {
      io.complain('bad regex');
      return 2;
    }
    return search(io, options, operands, matcher);
  },
};

function matcherOf(io: ToolIo, options: Options, patterns: readonly string[]): RegExp | undefined {
  return grepMatcher(patterns, {
    syntax:
      options.has('F') || io.name === 'fgrep'
        ? 'fixed'
        : options.has('E') || options.has('P') || io.name === 'egrep'
          ? 'extended'
          : 'basic',
    isWhole: options.has('x'),
    isWord: options.has('w'),
    ignoresCase: options.has('i'),
  });
}

interface Search {
  readonly matcher: RegExp;
  readonly options: Options;
  /** Lines are shown with the name of their file. */
  readonly isNamed: boolean;
  readonly isSingle: boolean;
  readonly most: number;
  readonly after: number;
  readonly before: number;
  /** Lines themselves are not shown. */
  readonly isSilent: boolean;
}

function search(io: ToolIo, options: Options, operands: readonly string[], matcher: RegExp): ToolOutcome {
  const around = options.value('C');
  const how: Search = {
    matcher,
    options,
    isNamed: options.has('H') || (operands.length > 1 && !options.has('h')),
    isSingle: operands.length <= 1,
    most: Number(options.value('m') ?? Number.POSITIVE_INFINITY),
    after: Number(options.value('A') ?? around ?? 0),
    before: Number(options.value('B') ?? around ?? 0),
    isSilent: ['q', 'c', 'l', 'L'].some((letter) => options.has(letter)),
  };
  const outcome = filterLines<GrepState>(io, operands, {
    start: { count: 0, number: 0, file: '', after: 0, before: [] },
    line: (state, line) => searchLine(how, state, line),
    end: (state) => ({
      ...(options.has('c') && { text: `${state.count}\n` }),
      code: state.count > 0 ? 0 : 1,
    }),
  });
  const isMissing = (path: string): boolean =>
    path !== '-' && !io.files.node(io.files.resolve(path, io.task.cwd) ?? path);
  return outcome === 1 && operands.some(isMissing) ? 2 : outcome;
}

type Searched = ReturnType<LineFilter<GrepState>['line']>;

function searchLine(how: Search, state: GrepState, { text, file }: Line): Searched {
  const { options, isNamed } = how;
  const number = file === state.file ? state.number + 1 : 1;
  const shownFile = file === '-' ? '(standard input)' : file;
  const start = `${isNamed ? `${shownFile}:` : ''}${options.has('n') ? `${number}:` : ''}`;
  const found = [...text.matchAll(how.matcher)];
  const next = { ...state, number, file };
  if (found.length > 0 === options.has('v'))
    return passLine(how, next, `${start.replace(/:$/, '-')}${text}\n`);
  const count = state.count + 1;
  const stop = count >= how.most || options.has('q') || (options.has('l') && how.isSingle);
  const parts = found.filter(([part]) => part !== '').map(([part]) => `${start}${part}\n`);
  const own = options.has('o') ? parts.join('') : `${start}${text}\n`;
  const isListed = options.has('l') && (how.isSingle || file !== state['listed']);
  const shown = how.isSilent ? (isListed ? `${shownFile}\n` : '') : state.before.join('') + own;
  return { state: { ...next, count, after: how.after, before: [], listed: file }, text: shown, stop };
}

/** A line that does not match is shown when it stands close enough to one that does. */
function passLine(how: Search, state: GrepState, line: string): Searched {
  if (state.after > 0 && !how.isSilent)
    return { state: { ...state, after: state.after - 1, before: [] }, text: line };
  const before = how.before > 0 ? [...state.before, line].slice(-how.before) : [];
  return { state: { ...state, before } };
}
