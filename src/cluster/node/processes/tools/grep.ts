import type { Json } from '../process-state.ts';
import { filterLines } from './filter-lines.ts';
import { type Options, readOptions, refuse } from './options.ts';
import { posixRegex } from './posix-regex.ts';
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
  const isFixed = options.has('F') || io.name === 'fgrep';
  const extended = options.has('E') || options.has('P') || io.name === 'egrep';
  const sources = patterns
    .flatMap((pattern) => pattern.split('\n'))
    .map((pattern) => {
      const quoted = isFixed
        ? pattern.replace(/[\^$.*+?()[\]{}|\\/]/g, '\\$&')
        : posixRegex(pattern, { extended })?.source;
      if (quoted === undefined) return undefined;
      if (options.has('x')) return `^(?:${quoted})$`;
      return options.has('w') ? `\\b(?:${quoted})\\b` : quoted;
    });
  if (sources.some((source) => source === undefined)) return undefined;
  try {
    return new RegExp(
      sources.map((source) => `(?:${source ?? ''})`).join('|'),
      `gu${options.has('i') ? 'i' : ''}`,
    );
  } catch {
    return undefined;
  }
}

function search(io: ToolIo, options: Options, operands: readonly string[], matcher: RegExp): ToolOutcome {
  const named = options.has('H') || (operands.length > 1 && !options.has('h'));
  const most = Number(options.value('m') ?? Number.POSITIVE_INFINITY);
  const after = Number(options.value('A') ?? options.value('C') ?? 0);
  const before = Number(options.value('B') ?? options.value('C') ?? 0);
  const isSilent = options.has('q') || options.has('c') || options.has('l') || options.has('L');
  const outcome = filterLines<GrepState>(io, operands, {
    start: { count: 0, number: 0, file: '', after: 0, before: [] },
    line(state, { text, file }) {
      const number = file === state.file ? state.number + 1 : 1;
      const start = `${named ? `${file === '-' ? '(standard input)' : file}:` : ''}${options.has('n') ? `${number}:` : ''}`;
      const found = [...text.matchAll(matcher)];
      const matches = found.length > 0 !== options.has('v');
      const next = { ...state, number, file };
      if (!matches) {
        const kept =
          before > 0 ? [...state.before, `${start.replace(/:$/, '-')}${text}\n`].slice(-before) : [];
        const isAfter = state.after > 0 && !isSilent;
        return {
          state: { ...next, after: Math.max(0, state.after - 1), before: isAfter ? [] : kept },
          text: isAfter ? `${start.replace(/:$/, '-')}${text}\n` : '',
        };
      }
      const count = state.count + 1;
      const stop = count >= most || options.has('q') || (options.has('l') && operands.length <= 1);
      const own = options.has('o')
        ? found
            .filter(([part]) => part !== '')
            .map(([part]) => `${start}${part}\n`)
            .join('')
        : `${start}${text}\n`;
      const shown = options.has('l')
        ? operands.length <= 1 || file !== state['listed']
          ? `${file === '-' ? '(standard input)' : file}\n`
          : ''
        : isSilent
          ? ''
          : state.before.join('') + own;
      return { state: { ...next, count, after, before: [], listed: file }, text: shown, stop };
    },
    end: (state) => ({
      ...(options.has('c') && { text: `${state.count}\n` }),
      code: state.count > 0 ? 0 : 1,
    }),
  });
  if (
    outcome === 1 &&
    operands.some((path) => path !== '-' && !io.files.node(io.files.resolve(path, io.task.cwd) ?? path))
  )
    return 2;
  return outcome;
}
