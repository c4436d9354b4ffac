import { decodeBase64, encodeBase64 } from '../../objects/base64.ts';
import { echoText } from '../../tools/echo-text.ts';
import { formatPrintf } from '../../tools/printf-text.ts';
import type { Filter, Program } from '../program.ts';
import { joinedText, textFilter } from './text-filter.ts';

export const echo: Filter = {
  type: 'filter',
  name: 'echo',
  isSteady: () => true,
  run(args) {
    return { stdout: echoText(args), exitCode: 0 };
  },
};

export const printf: Filter = {
  type: 'filter',
  name: 'printf',
  isSteady: () => true,
  run([format = '', ...words]) {
    const { text, problems, code } = formatPrintf(format, words);
    const stderr = problems.map((problem) => `printf: ${problem}\n`).join('');
    return { stdout: text, stderr, exitCode: code };
  },
};

export const base64: Filter = textFilter({
  name: 'base64',
  options: { flags: 'dD', valued: 'w', long: { decode: 'd', wrap: 'w' } },
  isSteady: () => false,
  run(inputs, { given }) {
    const input = joinedText(inputs);
    if (!given.has('d') && !given.has('D')) {
      const text = encodeBase64(input);
      const width = Number(given.get('w') ?? 76);
      const lines = width === 0 ? [text] : (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []);
      return { stdout: lines.map((line) => (width === 0 ? line : `${line}\n`)).join(''), exitCode: 0 };
    }
    const text = decodeBase64(input.replace(/\s/g, ''));
    if (text === undefined) return { stdout: '', stderr: 'base64: invalid input\n', exitCode: 1 };
    return { stdout: text, exitCode: 0 };
  },
});

const constant = (name: string, exitCode: number): Filter => ({
  type: 'filter',
  name,
  isSteady: () => true,
  run: () => ({ stdout: '', exitCode }),
});

export const trueTool: Filter = constant('true', 0);
export const falseTool: Filter = constant('false', 1);
/** The shell's `:`, as in `: > file`. */
export const nothing: Filter = constant(':', 0);
export const clear: Filter = constant('clear', 0);

/** Into files, and on. */
export const tee: Filter = {
  type: 'filter',
  name: 'tee',
  isSteady: () => true,
  run(args, stdin) {
    const isAdded = args.some((word) => word === '-a' || word === '--append');
    const paths = args.filter((word) => !word.startsWith('-'));
    return { stdout: stdin, exitCode: 0, written: paths.map((path) => ({ path, text: stdin, isAdded })) };
  },
};

/** The shell itself keeps the variables. */
export const exportTool: Filter = constant('export', 0);

/** The shell itself goes there. */
export const changeFolder: Filter = { ...constant('cd', 0), isOfMachine: true };

/** The shell itself goes back to where its person has come from. */
export const leave = (name: string): Filter => constant(name, 0);

/** The one short name that everybody gives, and that is there in any case. */
export const alias: Filter = {
  ...constant('alias', 0),
  check(args) {
    const other = args.find(({ text }) => text !== 'k=kubectl');
    if (other === undefined) return undefined;
    const { offset, length } = other;
    const message = 'another alias than k=kubectl is not simulated';
    return { code: 'notSimulated', message, hint: 'write the command out', offset, length };
  },
};

/** `seq LAST`, `seq FIRST LAST`, `seq FIRST STEP LAST`. */
export const seq: Filter = {
  type: 'filter',
  name: 'seq',
  isSteady: () => true,
  run(args) {
    const wrong = args.find((word) => !/^[-+]?\d+$/.test(word));
    const isShort = args.length === 0 || args.length > 3;
    if (wrong !== undefined || isShort) {
      const what = isShort
        ? 'one to three numbers are needed'
        : `invalid floating point argument: '${wrong}'`;
      return { stdout: '', stderr: `seq: ${what}\n`, exitCode: 1 };
    }
    const numbers = args.map(Number);
    const [first, last] =
      numbers.length === 1 ? [1, numbers[0] ?? 0] : [numbers[0] ?? 0, numbers.at(-1) ?? 0];
    const step = numbers.length === 3 ? (numbers[1] ?? 1) : 1;
    const count = step === 0 ? 0 : Math.min(SEQ_MAX, Math.floor((last - first) / step) + 1);
    const lines = Array.from({ length: Math.max(0, count) }, (_none, index) => `${first + index * step}\n`);
    return { stdout: lines.join(''), exitCode: 0 };
  },
};

/** More numbers than this are not counted out. */
const SEQ_MAX = 100_000;

const UNIT_MS: Readonly<Record<string, number>> = {
  '': 1000,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

export const sleep: Program = {
  type: 'program',
  name: 'sleep',
  *run({ args, memory, now, write }) {
    const spans = args.map((word) => /^(\d*\.?\d+)([smhd]?)$/.exec(word));
    const wrong = spans.indexOf(null);
    if (args.length === 0 || wrong >= 0) {
      const what = args.length === 0 ? 'missing operand' : `invalid time interval '${args[wrong]}'`;
      write('stderr', `sleep: ${what}\nTry 'sleep --help' for more information.\n`);
      return { exitCode: 1 };
    }
    const ms = spans.reduce((sum, span) => sum + Number(span?.[1]) * (UNIT_MS[span?.[2] ?? ''] ?? 0), 0);
    const until = typeof memory === 'number' ? memory : now + Math.round(ms);
    return now >= until ? { exitCode: 0 } : { pause: { memory: until, wakeAt: until } };
  },
};
