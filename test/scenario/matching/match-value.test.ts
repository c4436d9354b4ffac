import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/cluster/objects/json.ts';
import { describePattern } from '../../../src/scenario/matching/describe-pattern.ts';
import { matchValue, nearest } from '../../../src/scenario/matching/match-value.ts';

const STATUS = {
  phase: 'Running',
  conditions: [
    { type: 'Ready', status: 'False', reason: 'ContainersNotReady' },
    { type: 'Initialized', status: 'True' },
  ],
  containerStatuses: [{ name: 'a', restartCount: 3, ready: false, state: { running: {} } }],
};

function missesOf(pattern: Json, found: unknown): string[] {
  return matchValue(pattern, found).misses.map(
    ({ path, wanted, found: is }) => `${path} is ${is}, wanted ${wanted}`,
  );
}

interface Row {
  readonly pattern: Json;
  readonly misses: readonly string[];
}

describe('a pattern', () => {
  test.each`
    says                                   | pattern                                                               | misses
    ${'nothing'}                           | ${{}}                                                                 | ${[]}
    ${'a part'}                            | ${{ phase: 'Running' }}                                               | ${[]}
    ${'another value'}                     | ${{ phase: 'Failed' }}                                                | ${['phase is "Running", wanted "Failed"']}
    ${'another type'}                      | ${{ containerStatuses: [{ restartCount: '3' }] }}                     | ${['containerStatuses[0].restartCount is 3, wanted "3"']}
    ${'an element'}                        | ${{ conditions: [{ type: 'Initialized', status: 'True' }] }}          | ${[]}
    ${'two elements in any order'}         | ${{ conditions: [{ type: 'Initialized' }, { type: 'Ready' }] }}       | ${[]}
    ${'an element, nearly'}                | ${{ conditions: [{ type: 'Ready', status: 'True' }] }}                | ${['conditions[0].status is "False", wanted "True"']}
    ${'an empty list'}                     | ${{ conditions: [] }}                                                 | ${['conditions is [{"type":"Ready","status":"False","reason":"ContainersNotReady"},{"type":"Initialized","status":"True"}], wanted an empty list']}
    ${'an empty list where none is'}       | ${{ hostIPs: [] }}                                                    | ${[]}
    ${'something far inside of nothing'}   | ${{ resize: { a: { b: 1 } } }}                                        | ${['resize is nothing, wanted {"a":{"b":1}}']}
    ${'that something is not there'}       | ${{ reason: { absent: true } }}                                       | ${[]}
    ${'that it is not there, far inside'}  | ${{ resize: { a: { absent: true } } }}                                | ${[]}
    ${'that what is there is not'}         | ${{ phase: { absent: true } }}                                        | ${['phase is "Running", wanted to be absent']}
    ${'that an object is there'}           | ${{ containerStatuses: [{ state: { running: { absent: false } } }] }} | ${[]}
    ${'that a state is not the one it is'} | ${{ containerStatuses: [{ state: { running: { absent: true } } }] }}  | ${['containerStatuses[0].state.running is {}, wanted to be absent']}
    ${'more than'}                         | ${{ containerStatuses: [{ restartCount: { gt: 2, lte: 3 } }] }}       | ${[]}
    ${'not so many'}                       | ${{ containerStatuses: [{ restartCount: { lt: 3 } }] }}               | ${['containerStatuses[0].restartCount is 3, wanted < 3']}
    ${'a regular expression'}              | ${{ phase: { matches: '/^run/i' } }}                                  | ${[]}
    ${'another regular expression'}        | ${{ phase: { matches: '^run' } }}                                     | ${['phase is "Running", wanted to match /^run/']}
    ${'a part of a text'}                  | ${{ phase: { contains: ['Run', 'ing'], lacks: 'Fail' } }}             | ${[]}
    ${'one of several'}                    | ${{ phase: { oneOf: ['Pending', 'Failed'] } }}                        | ${['phase is "Running", wanted one of "Pending", "Failed"']}
    ${'not this'}                          | ${{ phase: { not: 'Running' } }}                                      | ${['phase is "Running", wanted not "Running"']}
    ${'how many'}                          | ${{ conditions: { count: 2 } }}                                       | ${[]}
    ${'how many, of none'}                 | ${{ hostIPs: { count: { gte: 1 } } }}                                 | ${['hostIPs is nothing, wanted a count of >= 1']}
    ${'all of an object'}                  | ${{ containerStatuses: [{ state: { equals: { running: {} } } }] }}    | ${[]}
    ${'an object where a text is'}         | ${{ phase: { a: 1 } }}                                                | ${['phase is "Running", wanted {"a":1}']}
  `('that says $says', ({ pattern, misses }: Row) => {
    expect(missesOf(pattern, STATUS)).toEqual(misses);
  });

  test('takes a field that is called like an operator for a field, in an object', () => {
    expect(missesOf({ series: { count: 4 } }, { series: { count: 3 } })).toEqual([
      'series.count is 3, wanted 4',
    ]);
  });

  test('is nearest to the object that agrees in most', () => {
    const items = [{ a: 1, b: 2, c: 9 }, { a: 1 }, { a: 1, b: 2, c: 3, d: 5 }];
    expect(nearest({ a: 1, b: 2, c: 3, d: 4 }, items)?.item).toBe(items[2]);
    expect(nearest({}, [])).toBeUndefined();
  });
});

test('every value is like itself, and says so in one line', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const json = value as Json;
      expect(matchValue({ equals: json }, json).misses).toEqual([]);
      expect(describePattern(json)).not.toContain('\n');
    }),
  );
});

test.each`
  pattern                                                                        | words
  ${{ status: { phase: 'Running' } }}                                            | ${'status.phase "Running"'}
  ${{ status: { containerStatuses: [{ name: 'a', restartCount: { gt: 1 } }] } }} | ${'status.containerStatuses[name "a", restartCount > 1]'}
  ${{ spec: { args: ['-v'] } }}                                                  | ${'spec.args["-v"]'}
  ${{ contains: ['a', 'b'] }}                                                    | ${'to contain "a" and "b"'}
  ${{ gte: 2 }}                                                                  | ${'>= 2'}
  ${3}                                                                           | ${'3'}
`(
  'a pattern is told in one line: $words',
  ({ pattern, words }: { readonly pattern: Json; readonly words: string }) => {
    expect(describePattern(pattern)).toBe(words);
  },
);
