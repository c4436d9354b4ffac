import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../src/kernel/log/entry.ts';
import { createLogEncoder, LOG_FORMAT_VERSION, type LogHeader } from '../../../src/kernel/log/log-format.ts';
import { readLog } from '../../../src/kernel/log/read-log.ts';

const header: LogHeader = {
  kubereel: 'log',
  formatVersion: LOG_FORMAT_VERSION,
  product: '0.0.0',
  seed: '1',
  scenario: { name: 'test', digest: '0' },
};

const events = fc.array(fc.record({ type: fc.constant('Said'), text: fc.string({ unit: 'binary' }) }), {
  maxLength: 12,
});

function entriesOf(list: readonly { type: string; text: string }[]): Entry<unknown>[] {
  return list.map((event, index) => ({
    seq: index + 1,
    at: index * 10,
    actor: 'a',
    key: 'k',
    cause: null,
    event,
  }));
}

function encode(entries: readonly Entry<unknown>[]): string {
  const encoder = createLogEncoder();
  return [encoder.header(header), ...entries.map(encoder.entry), encoder.end()].join('');
}

const read = (text: string) => readLog(text.replace(/\n$/, '').split('\n'));

describe('the log file', () => {
  test('what is written is read back whole', () => {
    fc.assert(
      fc.property(events, (list) => {
        const entries = entriesOf(JSON.parse(JSON.stringify(list)));
        const reading = read(encode(entries));
        expect(reading).toMatchObject({ header, entries, damage: undefined });
        expect(reading.end?.count).toBe(entries.length);
      }),
    );
  });

  test('cut at any character, it opens up to the last whole entry and says where it ends', () => {
    const entries = entriesOf(
      Array.from({ length: 5 }, (_, index) => ({ type: 'Said', text: `line ${index}` })),
    );
    const text = encode(entries);
    for (let cut = 0; cut < text.length - 1; cut++) {
      const whole = text.slice(0, cut + 1).split('\n').length - 1;
      const { entries: found, damage, end } = read(text.slice(0, cut));
      const complete = text
        .slice(0, cut)
        .split('\n')
        .filter((line) => /"sum":"[0-9a-f]{8}"}$/.test(line)).length;
      expect(end).toBeUndefined();
      expect(damage?.line).toBeGreaterThanOrEqual(whole);
      expect(found).toEqual(entries.slice(0, Math.max(0, Math.min(complete, entries.length + 1) - 1)));
    }
  });

  test('a changed character is reported with its line, and what stands before is read', () => {
    const entries = entriesOf(
      Array.from({ length: 6 }, (_, index) => ({ type: 'Said', text: `line ${index}` })),
    );
    const text = encode(entries);
    for (let index = 0; index < text.length; index++) {
      if (text[index] === '\n') continue;
      const flipped =
        text.slice(0, index) + String.fromCharCode(text.charCodeAt(index) ^ 1) + text.slice(index + 1);
      const line = text.slice(0, index).split('\n').length;
      const { damage, entries: found } = read(flipped);
      expect(damage?.line).toBe(line);
      expect(found).toEqual(entries.slice(0, Math.max(0, line - 2)));
    }
  });

  test.each`
    what                 | change                                                          | reason
    ${'a lost line'}     | ${(lines: string[]) => lines.filter((_, index) => index !== 2)} | ${/was changed/}
    ${'swapped lines'}   | ${([a, b, c, ...rest]: string[]) => [a, c, b, ...rest]}         | ${/was changed/}
    ${'a second end'}    | ${(lines: string[]) => [...lines, lines.at(-1)]}                | ${/more after the end/}
    ${'another program'} | ${() => ['{"hello":1}']}                                        | ${/cut off/}
    ${'nothing'}         | ${() => []}                                                     | ${/empty/}
  `('$what is reported', ({ change, reason }) => {
    const entries = entriesOf(
      Array.from({ length: 4 }, (_, index) => ({ type: 'Said', text: `line ${index}` })),
    );
    const { damage } = readLog(change(encode(entries).trimEnd().split('\n')));
    expect(damage?.reason).toMatch(reason);
  });
});
