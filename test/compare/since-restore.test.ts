import { expect, test } from 'vitest';
import { newsSince } from '../../src/compare/normal/since-restore.ts';

const leaves = (replicas: string, image: string) => new Map(Object.entries({ replicas, image }));

/** Etcd was turned back from five replicas to three; then somebody writes each of these. */
function toldOf(...writes: readonly ReadonlyMap<string, string>[]) {
  const newsOf = newsSince(leaves('3', 'v1'));
  let before: ReadonlyMap<string, string> = leaves('5', 'v1');
  return writes.map((write) => {
    before = newsOf(before, write);
    return before;
  });
}

test.each([
  [
    'who writes something else first',
    [leaves('3', 'v1'), leaves('5', 'v1')],
    [leaves('5', 'v1'), leaves('5', 'v1')],
  ],
  ['who does not', [leaves('5', 'v1')], [leaves('5', 'v1')]],
  ['a new image', [leaves('3', 'v2')], [leaves('5', 'v2')]],
  [
    'what is three once more later',
    [leaves('5', 'v1'), leaves('3', 'v1')],
    [leaves('5', 'v1'), leaves('3', 'v1')],
  ],
  ['another number', [leaves('4', 'v1'), leaves('3', 'v1')], [leaves('4', 'v1'), leaves('3', 'v1')]],
])('what a store was turned back to is no news: %s', (_, writes, told) => {
  expect(toldOf(...writes)).toEqual(told);
});
