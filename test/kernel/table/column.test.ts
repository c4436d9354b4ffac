import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Column, createColumn } from '../../../src/kernel/table/column.ts';
import { createNames } from '../../../src/kernel/table/names.ts';

function contentsOf(column: Column): readonly number[] {
  return Array.from({ length: column.length }, (_, place) => column.at(place));
}

describe('a column', () => {
  const length = fc.oneof(fc.nat(40), fc.integer({ min: 16_380, max: 16_390 }), fc.nat(40_000));

  test('has what was pushed, also where it has branched, and each branch goes its own way', () => {
    fc.assert(
      fc.property(length, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(20_000), (count, part, more) => {
        const numbers = Array.from({ length: count }, (_, place) => place * 3 - 7);
        const column = createColumn('int32');
        for (const number of numbers) column.push(number);
        const at = Math.floor(part * count);
        const branch = column.branch(at);
        for (let place = 0; place < more; place++) branch.push(place + 9);
        column.push(5);
        expect(contentsOf(column)).toEqual([...numbers, 5]);
        expect(contentsOf(branch)).toEqual([
          ...numbers.slice(0, at),
          ...Array.from({ length: more }, (_, place) => place + 9),
        ]);
      }),
      { numRuns: 25 },
    );
  });

  test('has nothing where nothing was pushed', () => {
    expect(createColumn('float64').at(3)).toBe(0);
  });
});

test('a text has one number, and a number one text', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (texts) => {
      const names = createNames();
      const ids = texts.map((text) => names.idOf(text));
      expect(ids.map((id) => names.of(id))).toEqual(texts);
      expect(texts.map((text) => names.find(text))).toEqual(ids);
      expect(names.length).toBe(new Set(['', ...texts]).size);
      expect(names.find('\u0000 nobody')).toBe(texts.includes('\u0000 nobody') ? 1 : undefined);
    }),
  );
});
