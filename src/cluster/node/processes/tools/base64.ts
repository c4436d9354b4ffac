import { isOutcome, readAllInputs } from './input.ts';
import { readOptions } from './options.ts';
import type { Tool } from './tool.ts';
import { fromUtf8, toUtf8 } from './utf8.ts';

const usage = 'base64 [-d] [-w COL] [FILE]';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export const base64: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'dDw:i', long: { decode: 'd', wrap: 'w' } });
    if (!options) return 1;
    const inputs = readAllInputs(io, options.operands.slice(0, 1));
    if (isOutcome(inputs)) return inputs;
    const text = inputs[0]?.text;
    if (text === undefined) return 1;
    if (options.has('d') || options.has('D')) {
      const decoded = decode(text.replace(/\s/g, ''));
      if (decoded === undefined) {
        io.complain('truncated input');
        return 1;
      }
      io.out(decoded);
      return 0;
    }
    const width = Number(options.value('w') ?? 76);
    const encoded = encode(text);
    const lines = width > 0 ? (encoded.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\n') : encoded;
    io.out(width > 0 && encoded !== '' ? `${lines}\n` : lines);
    return 0;
  },
};

function encode(text: string): string {
  const bytes = toUtf8(text);
  let result = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = bytes.slice(at, at + 3);
    const bits = ((group[0] ?? 0) << 16) | ((group[1] ?? 0) << 8) | (group[2] ?? 0);
    const letters = [18, 12, 6, 0].map((shift) => LETTERS[(bits >> shift) & 63] ?? '');
    result += letters
      .slice(0, group.length + 1)
      .join('')
      .padEnd(4, '=');
  }
  return result;
}

function decode(text: string): string | undefined {
  const plain = text.replace(/=+$/, '');
  const bytes: number[] = [];
  for (let at = 0; at < plain.length; at += 4) {
    const group = [...plain.slice(at, at + 4)].map((letter) => LETTERS.indexOf(letter));
    if (group.includes(-1) || group.length === 1) return undefined;
    const bits = group.reduce((sum, value, index) => sum | (value << (18 - 6 * index)), 0);
    bytes.push(...[16, 8, 0].slice(0, group.length - 1).map((shift) => (bits >> shift) & 255));
  }
  return fromUtf8(bytes);
}
