import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  derivedOfEach,
  filteredByEach,
  newItems,
  sortedByEach,
} from '../../../src/cluster/objects/derived-list.ts';

interface Item {
  readonly id: number;
}

/** Lists as they follow one another: items come, go and are replaced, seldom very many at once. */
const histories = fc
  .array(fc.array(fc.record({ at: fc.nat(200), gone: fc.nat(50), come: fc.nat(3) }), { maxLength: 3 }), {
    maxLength: 12,
  })
  .map((steps) => {
    let next = 0;
    const fresh = (count: number): Item[] =>
      Array.from({ length: count }, () => ({ id: ((next++ * 7919) % 1009) + next }));
    let list = fresh(60);
    return [
      list,
      ...steps.map((changes) => {
        for (const { at, gone, come } of changes) {
          list = list.toSpliced(at % (list.length + 1), at % 4 === 0 ? gone : gone % 2, ...fresh(come));
        }
        return list;
      }),
    ];
  });

const compare = (a: Item, b: Item): number => a.id - b.id;

describe('what is kept of the list before', () => {
  test('changes nothing of what follows from each item', () => {
    fc.assert(
      fc.property(histories, (lists) => {
        const doubled = derivedOfEach(({ id }: Item) => id * 2);
        const even = filteredByEach(({ id }: Item) => id % 2 === 0);
        const sorted = sortedByEach(compare);
        for (const list of lists) {
          expect(doubled(list)).toEqual(list.map(({ id }) => id * 2));
          expect(even(list)).toEqual(list.filter(({ id }) => id % 2 === 0));
          expect(sorted(list)).toEqual(list.toSorted(compare));
        }
      }),
    );
  });

  test('is not found again', () => {
    const list = Array.from({ length: 40 }, (_, id): Item => ({ id }));
    const asked: number[] = [];
    const ids = derivedOfEach(({ id }: Item) => asked.push(id));
    ids(list);
    asked.length = 0;
    ids([{ id: -1 }, ...list.slice(0, 10), ...list.slice(20, 30), { id: -2 }, ...list.slice(31)]);
    expect(asked).toEqual([-1, -2]);
  });

  test('a list that is the very same leads to the very same', () => {
    const list = [{ id: 1 }, { id: 2 }];
    const even = filteredByEach(({ id }: Item) => id % 2 === 0);
    expect(even(list)).toBe(even(list));
  });
});

test('new items are those that the list before does not have', () => {
  const [a, b, c, d] = [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }];
  expect(newItems([a, d, c], [a, b, c])).toEqual([d]);
  expect(newItems([a, b], [a, b, c])).toEqual([]);
});
