import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  alignColumns,
  DESCRIBE_ALIGNMENT,
  TABLE_ALIGNMENT,
} from '../../../../../../src/cluster/clients/kubectl/print/table/align-columns.ts';

describe('alignColumns', () => {
  test.each([
    [
      'pads each column but the last to its widest cell',
      'NAME\tAGE\nweb-0\t3s\n',
      'NAME    AGE\nweb-0   3s\n',
    ],
    ['no column is narrower than six', 'A\tB\tC\n1\t2\t3\n', 'A     B     C\n1     2     3\n'],
    [
      'an empty cell takes its place',
      'NAME\tCLASS\tAGE\na\t\t1s\n',
      'NAME   CLASS   AGE\na              1s\n',
    ],
    ['a character is one wide however many bytes it has', 'größe\tx\nab\ty\n', 'größe   x\nab      y\n'],
  ])('in tables %s', (_, cells, text) => {
    expect(alignColumns(cells, TABLE_ALIGNMENT).text).toBe(text);
  });

  test.each([
    [
      'a line without cells parts what is above from what is below',
      'Name:\tx\nEvents:\nType\tReason\nNormal\tPulled\n',
      'Name:  x\nEvents:\nType    Reason\nNormal  Pulled\n',
    ],
    [
      'a column ends where a line has none',
      'a\tb\tc\nlonger\tx\nd\te\tf\n',
      'a       b  c\nlonger  x\nd       e  f\n',
    ],
    [
      'the last cell is never padded, so it may be followed by none',
      'Labels:\t\nName:\tx\n',
      'Labels:  \nName:    x\n',
    ],
  ])('in descriptions %s', (_, cells, text) => {
    expect(alignColumns(cells, DESCRIBE_ALIGNMENT).text).toBe(text);
  });

  test('remembered widths only grow', () => {
    const first = alignColumns('NAME\tSTATUS\tAGE\n', TABLE_ALIGNMENT);
    const second = alignColumns('web\tContainerCreating\t0s\n', {
      ...TABLE_ALIGNMENT,
      remembered: first.widths,
    });
    const third = alignColumns('web\tRunning\t1s\n', { ...TABLE_ALIGNMENT, remembered: second.widths });
    expect([first.text, second.text, third.text]).toEqual([
      'NAME   STATUS   AGE\n',
      'web    ContainerCreating   0s\n',
      'web    Running             1s\n',
    ]);
  });

  test('the cells of a table can be read back', () => {
    const cell = fc.stringMatching(/^[a-z0-9/()]{1,12}$/);
    const table = fc
      .integer({ min: 1, max: 6 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
      );
    fc.assert(
      fc.property(table, (rows) => {
        const { text } = alignColumns(rows.map((row) => `${row.join('\t')}\n`).join(''), TABLE_ALIGNMENT);
        expect(
          text
            .trimEnd()
            .split('\n')
            .map((line) => line.split(/ {3,}/)),
        ).toEqual(rows);
      }),
    );
  });
});
