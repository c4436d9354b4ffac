import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  difference,
  type FieldSet,
  intersection,
  isEmptySet,
  isEqualSet,
  membersOf,
  setOf,
  union,
  withAncestors,
  withoutBelow,
} from '../../../../src/cluster/objects/field-sets/field-set.ts';
import { decodeFields, encodeFields } from '../../../../src/cluster/objects/field-sets/fields-v1.ts';

const element = fc.constantFrom('f:a', 'f:b', 'k:{"name":"c"}', 'v:1');
const path = fc.array(element, { minLength: 1, maxLength: 4 });
const paths = fc.array(path, { maxLength: 12 });

const textOf = (set: FieldSet): readonly string[] => [...membersOf(set)].map((each) => each.join(' ')).sort();
const textOfAll = (all: readonly (readonly string[])[]): readonly string[] =>
  [...new Set(all.map((each) => each.join(' ')))].sort();

test('a set has the places that it was made of, once each', () => {
  fc.assert(
    fc.property(paths, (all) => {
      expect(textOf(setOf(all))).toEqual(textOfAll(all));
    }),
  );
});

test('union, difference and intersection are those of the places', () => {
  fc.assert(
    fc.property(paths, paths, (a, b) => {
      const [left, right] = [setOf(a), setOf(b)];
      const [inA, inB] = [textOfAll(a), textOfAll(b)];
      expect(textOf(union(left, right))).toEqual(textOfAll([...a, ...b]));
      expect(textOf(difference(left, right))).toEqual(inA.filter((place) => !inB.includes(place)));
      expect(textOf(intersection(left, right))).toEqual(inA.filter((place) => inB.includes(place)));
    }),
  );
});

test('what is taken away with all below it leaves nothing below it', () => {
  fc.assert(
    fc.property(paths, paths, (a, b) => {
      const gone = textOfAll(b);
      const left = textOfAll(a).filter(
        (place) => !gone.some((each) => place === each || place.startsWith(`${each} `)),
      );
      expect(textOf(withoutBelow(setOf(a), setOf(b)))).toEqual(left);
    }),
  );
});

test('with its ancestors a set has every beginning of a place', () => {
  fc.assert(
    fc.property(paths, (all) => {
      const beginnings = all.flatMap((each) => each.map((_, index) => each.slice(0, index + 1)));
      const members = textOf(withAncestors(setOf(all))).filter((place) => place !== '');
      expect(members).toEqual(textOfAll(beginnings));
    }),
  );
});

test('a set is the same after the API has written and read it', () => {
  fc.assert(
    fc.property(paths, (all) => {
      const set = setOf(all);
      expect(isEqualSet(decodeFields(JSON.parse(JSON.stringify(encodeFields(set)))), set)).toBe(true);
      expect(isEmptySet(set)).toBe(all.length === 0);
    }),
  );
});
