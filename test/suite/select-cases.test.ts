import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../src/suite/case.ts';
import { type Selection, selectCases } from '../../src/suite/select-cases.ts';

const cases: readonly Case[] = [
  { name: 'rollout', path: 'shop/rollout/scenario.yaml', tags: ['smoke', 'slow'] },
  { name: 'drain', path: 'shop/drain/scenario.yaml', tags: ['smoke'] },
  { name: 'restore', path: 'etcd/scenario.yaml', tags: [] },
];

const chosen = (selection: Selection): readonly string[] =>
  selectCases(cases, selection).map(({ name, seed }) => (seed === undefined ? name : `${name} ${seed}`));

describe('the cases that are run', () => {
  it.each<[string, Selection, readonly string[]]>([
    ['all of them, by their files', {}, ['restore', 'drain', 'rollout']],
    ['by name', { filter: /^d/ }, ['drain']],
    ['by file', { filter: /shop/ }, ['drain', 'rollout']],
    ['by tag', { tags: ['smoke'] }, ['drain', 'rollout']],
    ['by any of several tags', { tags: ['slow', 'other'] }, ['rollout']],
    ['without a tag', { tags: ['!slow'] }, ['restore', 'drain']],
    ['with one tag and without another', { tags: ['smoke', '!slow'] }, ['drain']],
    ['with another seed', { seed: '7', filter: /drain/ }, ['drain 7']],
    ['with several seeds', { seeds: 3, filter: /drain/ }, ['drain 1', 'drain 2', 'drain 3']],
    ['a part of them', { shard: { part: 1, of: 2 } }, ['restore', 'rollout']],
    ['a part that has none left', { shard: { part: 4, of: 4 } }, []],
  ])('%s', (_what, selection, names) => {
    expect(chosen(selection)).toEqual(names);
  });

  it('each in exactly one shard, in whichever order they were found', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { maxLength: 30 }),
        fc.integer({ min: 1, max: 8 }),
        (names, of) => {
          const found = names.map((name) => ({ name, path: `${name}/scenario.yaml`, tags: [] }));
          const parts = Array.from({ length: of }, (_, index) =>
            selectCases(index % 2 === 0 ? found : [...found].reverse(), { shard: { part: index + 1, of } }),
          );
          expect(
            parts
              .flat()
              .map(({ name }) => name)
              .sort(),
          ).toEqual([...names].sort());
          const sizes = parts.map(({ length }) => length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
