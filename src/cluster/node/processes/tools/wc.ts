import { byteLength } from '../../../tools/byte-length.ts';
import { sizeOf } from '../files/file-view.ts';
import { isOutcome, readAllInputs } from './input.ts';
import { isGnu, readOptions } from './options.ts';
import type { Tool, ToolIo } from './tool.ts';

const usage = 'wc [-cmlwL] [FILE]...';

export const wc: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, {
      letters: 'clwmL',
      long: { lines: 'l', words: 'w', bytes: 'c' },
    });
    if (!options) return 1;
    const inputs = readAllInputs(io, options.operands);
    if (isOutcome(inputs)) return inputs;
    const shown = ['l', 'w', 'm', 'c', 'L'].filter((letter) => options.has(letter));
    const columns = shown.length > 0 ? shown : ['l', 'w', 'c'];
    const rows = inputs.flatMap(({ name, text }) =>
      text === undefined
        ? []
        : [
            {
              name: options.operands.length > 0 ? name : '',
              counts: columns.map((letter) => count(io, letter, text, name)),
            },
          ],
    );
    const totals = columns.map((_, index) => rows.reduce((sum, row) => sum + (row.counts[index] ?? 0), 0));
    const all = inputs.length > 1 ? [...rows, { name: 'total', counts: totals }] : rows;
    const width = columnWidth(io, columns.length, Math.max(0, ...totals), options.operands.length > 0);
    for (const { name, counts } of all) {
      const numbers = counts.map((number) => String(number).padStart(width)).join(' ');
      io.out(`${numbers}${name === '' ? '' : ` ${name}`}\n`);
    }
    return inputs.some((input) => input.text === undefined) ? 1 : 0;
  },
};

/** busybox: one number stands alone, several are nine wide. */
function columnWidth(io: ToolIo, columns: number, largest: number, hasFiles: boolean): number {
  if (columns === 1) return 0;
  if (!isGnu(io)) return 9;
  return hasFiles ? String(largest).length : 7;
}

function count(io: ToolIo, letter: string, text: string, name: string): number {
  switch (letter) {
    case 'l':
      return text.split('\n').length - 1;
    case 'w':
      return text.split(/\s+/).filter((word) => word !== '').length;
    case 'm':
      return [...text].length;
    case 'L':
      return Math.max(...text.split('\n').map((line) => line.length));
    default: {
      const node = name === '-' ? undefined : io.files.node(io.files.resolve(name, io.task.cwd) ?? name);
      return node ? sizeOf(node) : byteLength(text);
    }
  }
}
