import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goSorted } from '../../../../../../src/cluster/clients/kubectl/print/go/go-sort.ts';

const NEW = { minor: 36, patch: 0 };
const OLD = { minor: 20, patch: 0 };

interface Item {
  readonly key: number;
  readonly place: number;
}

function sorted(keys: readonly number[], version = NEW): readonly Item[] {
  const items = keys.map((key, place) => ({ key, place }));
  return goSorted(items, (a, b) => a.key < b.key, version);
}

describe('goSorted', () => {
  test('sorts, and loses nothing', () => {
    const keys = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 400 });
    fc.assert(
      fc.property(keys, fc.constantFrom(NEW, OLD), (list, version) => {
        const result = sorted(list, version);
        expect(result.map(({ key }) => key)).toEqual([...list].sort((a, b) => a - b));
        expect(new Set(result.map(({ place }) => place)).size).toBe(list.length);
      }),
    );
  });

  test('up to twelve items keep the order of what is equal', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 }), (list) => {
        const items = list.map((key, place) => ({ key, place }));
        expect(sorted(list)).toEqual([...items].sort((a, b) => a.key - b.key));
      }),
    );
  });

  // Events of recorded clusters, by the second of their creation, and the places in which kubectl printed
  // them.
  test.each([
    [
      'kubectl 1.36',
      NEW,
      '0 0 0 1 8 0 0 0 1 3 0 0 0 1 2 0 0 0 1 7 7 0 0 0 1 4 0 0 0 1 5 6',
      '0 10 2 28 27 5 6 7 1 21 26 11 12 23 22 15 16 17 8 24 29 18 3 13 14 9 25 30 31 19 20 4',
    ],
    [
      'kubectl 1.20, as Debian builds it',
      OLD,
      '0 3 0 0 0 0 3 5 0 2 0 2 0 3 4 5 0 6 0 0 3 5 0 3 5 0 0 0 0 5 5 0 1 5',
      '16 25 2 3 0 5 31 28 8 18 10 27 12 26 22 19 4 32 11 9 1 13 20 23 6 14 21 15 29 30 33 7 24 17',
    ],
  ])('%s ordered ties so', (_, version, keys, places) => {
    expect(
      sorted(keys.split(' ').map(Number), version)
        .map(({ place }) => place)
        .join(' '),
    ).toBe(places);
  });
});
