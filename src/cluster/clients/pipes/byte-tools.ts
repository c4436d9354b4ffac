import { utf8Bytes } from '../../objects/base64.ts';
import { hexOf } from '../../objects/hex.ts';
import type { Filter } from '../program.ts';
import { joinedText, textFilter } from './text-filter.ts';

/** `hexdump -C`: sixteen bytes a line, with what of them can be read. */
export const hexdump: Filter = textFilter({
  name: 'hexdump',
  options: { flags: 'Cv', valued: 'n' },
  isSteady: () => false,
  refusal: ({ given }) => (given.has('C') ? undefined : 'another format than -C is not simulated'),
  run(inputs, { given }) {
    const bytes = utf8Bytes(joinedText(inputs)).slice(0, Number(given.get('n') ?? Number.POSITIVE_INFINITY));
    return { stdout: dump(bytes), exitCode: 0 };
  },
});

/** `xxd`. */
export const xxd: Filter = textFilter({
  name: 'xxd',
  options: { flags: '', valued: 'l' },
  isSteady: () => false,
  run(inputs, { given }) {
    const bytes = utf8Bytes(joinedText(inputs)).slice(0, Number(given.get('l') ?? Number.POSITIVE_INFINITY));
    const lines = rowsOf(bytes).map((row, index) => {
      const pairs = rowsOf(row, 2).map(hexOf);
      return `${(index * 16).toString(16).padStart(8, '0')}: ${pairs.join(' ').padEnd(39)}  ${readable(row)}\n`;
    });
    return { stdout: lines.join(''), exitCode: 0 };
  },
});

/** What can be read in between, four characters at least. */
export const strings: Filter = textFilter({
  name: 'strings',
  options: { flags: 'a', valued: 'n' },
  isSteady: () => false,
  run(inputs, { given }) {
    const least = Number(given.get('n') ?? 4);
    const found = joinedText(inputs).match(new RegExp(`[\\t -~]{${least},}`, 'g')) ?? [];
    return { stdout: found.map((text) => `${text}\n`).join(''), exitCode: 0 };
  },
});

function readable(bytes: readonly number[]): string {
  return bytes.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
}

function rowsOf(bytes: readonly number[], width = 16): readonly (readonly number[])[] {
  return Array.from({ length: Math.ceil(bytes.length / width) }, (_, row) =>
    bytes.slice(row * width, (row + 1) * width),
  );
}

/** Lines that are the same again are a star (hexdump(1)). */
function dump(bytes: readonly number[]): string {
  let text = '';
  let before = '';
  let isStarred = false;
  for (const [index, row] of rowsOf(bytes).entries()) {
    const cells = row.map((byte) => hexOf([byte]));
    const body = `${cells.slice(0, 8).join(' ').padEnd(23)}  ${cells.slice(8).join(' ').padEnd(23)}  |${readable(row)}|`;
    if (body === before && row.length === 16) {
      if (!isStarred) text += '*\n';
      isStarred = true;
      continue;
    }
    [before, isStarred] = [body, false];
    text += `${(index * 16).toString(16).padStart(8, '0')}  ${body}\n`;
  }
  return bytes.length === 0 ? '' : `${text}${bytes.length.toString(16).padStart(8, '0')}\n`;
}
