import type { Options } from '../../../tools/option-words.ts';
import { filterLines } from './filter-lines.ts';
import { isOutcome, openSource, readAllInputs, take } from './input.ts';
import { isGnu, readOptions } from './options.ts';
import { titleOf } from './tail.ts';
import type { Tool, ToolIo, ToolOutcome } from './tool.ts';

const usage = 'head [OPTIONS] [FILE]...';

export const head: Tool = {
  usage,
  run(io) {
    // `-5` as the first argument is short for `-n 5`.
    const args = io.args.map((arg, index) => (index === 0 && /^-\d+$/.test(arg) ? `-n${arg.slice(1)}` : arg));
    const options = readOptions({ ...io, args }, usage, {
      letters: 'n:c:qv',
      long: { lines: 'n', bytes: 'c' },
    });
    if (!options) return 1;
    const count = countOf(options.value('c') ?? options.value('n') ?? '10');
    if (count === undefined) {
      const text = options.value('c') ?? options.value('n') ?? '';
      io.complain(isGnu(io) ? `invalid number of lines: ‘${text}’` : `invalid number '${text}'`);
      return 1;
    }
    if (options.operands.length > 1 || count < 0) return headOfAll(io, options, count);
    return options.has('c') ? firstCharacters(io, options, count) : firstLines(io, options.operands, count);
  },
};

function firstLines(io: ToolIo, operands: readonly string[], count: number): ToolOutcome {
  if (count === 0) return 0;
  return filterLines<number>(io, operands, {
    start: 0,
    line: (seen, { text, isWhole }) => ({
      state: seen + 1,
      text: isWhole ? `${text}\n` : text,
      stop: seen + 1 >= count,
    }),
    end: () => ({ code: 0 }),
  });
}

function firstCharacters(io: ToolIo, options: Options, count: number): ToolOutcome {
  const source = openSource(io, options.operands[0] ?? '-');
  if (!source) return 1;
  const seen = typeof io.memory === 'number' ? io.memory : 0;
  const { text, ended, endless } = take(io, source.descriptor);
  io.out(text.slice(0, count - seen));
  if (ended || seen + text.length >= count) return 0;
  return { wait: endless ? { until: io.now } : { readable: source.descriptor }, memory: seen + text.length };
}

/** Several files with titles, and counts from the end. */
function headOfAll(io: ToolIo, options: Options, count: number): ToolOutcome {
  const inputs = readAllInputs(io, options.operands);
  if (isOutcome(inputs)) return inputs;
  for (const [index, input] of inputs.entries()) {
    if (input.text === undefined) continue;
    if (inputs.length > 1 && !options.has('q')) io.out(titleOf(input.name, index));
    const lines = input.text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    io.out(options.has('c') ? input.text.slice(0, count) : lines.slice(0, count).join(''));
  }
  return inputs.some((input) => input.text === undefined) ? 1 : 0;
}

/** `10`, `-5`, `2k`. */
function countOf(text: string): number | undefined {
  const found = /^([-+]?\d+)([bkmKM]?)$/.exec(text);
  if (!found) return undefined;
  const unit = { b: 512, k: 1024, m: 1 << 20 }[(found[2] ?? '').toLowerCase()] ?? 1;
  return Number(found[1]) * unit;
}
