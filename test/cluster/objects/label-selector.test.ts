import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatLabelSelector,
  matchesLabels,
  parseLabelSelector,
  requirementsOf,
  selects,
} from '../../../src/cluster/objects/label-selector.ts';

function parsed(text: string) {
  const outcome = parseLabelSelector(text);
  if (!outcome.ok) throw new Error(outcome.problem);
  return outcome.requirements;
}

describe('a label selector', () => {
  const web = { app: 'web', tier: 'front', replica: '3' };
  test.each`
    selector                             | matches
    ${''}                                | ${true}
    ${'app=web'}                         | ${true}
    ${'app==web,tier=front'}             | ${true}
    ${'app=web,tier=back'}               | ${false}
    ${'app!=db'}                         | ${true}
    ${'missing!=x'}                      | ${true}
    ${'app'}                             | ${true}
    ${'!app'}                            | ${false}
    ${'!missing'}                        | ${true}
    ${'tier in (back, front)'}           | ${true}
    ${'tier notin (back,front)'}         | ${false}
    ${'missing notin (a)'}               | ${true}
    ${'missing in (a)'}                  | ${false}
    ${'app in ()'}                       | ${false}
    ${'missing in ()'}                   | ${false}
    ${'app='}                            | ${false}
    ${'replica>2'}                       | ${true}
    ${'replica < 2'}                     | ${false}
    ${'app>2'}                           | ${false}
    ${'in=in'}                           | ${false}
    ${'  app = web ,  tier in(front)  '} | ${true}
  `('"$selector" selects app=web,replica=3,tier=front: $matches', ({ selector, matches }) => {
    expect(matchesLabels(parsed(selector), web)).toBe(matches);
  });

  test.each`
    selector       | problem
    ${'app in'}    | ${"unable to parse requirement: found '' expected: '('"}
    ${'app in (a'} | ${"unable to parse requirement: found '', expected: ',' or ')'"}
    ${'app foo'}   | ${"unable to parse requirement: found 'foo', expected: in, notin, =, ==, !=, gt, lt"}
    ${'a=b,'}      | ${"found '', expected: identifier after ','"}
    ${',a'}        | ${"found ',', expected: !, identifier, or 'end of string'"}
    ${'a=b c'}     | ${"found 'c', expected: ',' or 'end of string'"}
    ${'a=(b'}      | ${"unable to parse requirement: found '(', expected: identifier"}
    ${'a>b'}       | ${`unable to parse requirement: values[0]: Invalid value: "b": for 'Gt', 'Lt' operators, the value must be an integer`}
  `('"$selector" is refused: $problem', ({ selector, problem }) => {
    expect(parseLabelSelector(selector)).toEqual({ ok: false, problem });
  });

  test('is refused for keys and values that no label can have', () => {
    expect(parseLabelSelector('-a=b')).toMatchObject({
      problem: expect.stringMatching(
        /^unable to parse requirement: <nil>: Invalid value: "-a": name part must consist/,
      ),
    });
    expect(parseLabelSelector('a=-b')).toMatchObject({
      problem: expect.stringMatching(
        /^unable to parse requirement: values\[0\]\[a\]: Invalid value: "-b": a valid label/,
      ),
    });
  });

  test('is printed sorted by key, lists sorted', () => {
    expect(formatLabelSelector(parsed('z,b in (y,x),a==1,!c,d!=2,n>5'))).toBe(
      'a==1,b in (x,y),!c,d!=2,n>5,z',
    );
  });

  test('of an object is the same as the one that is typed', () => {
    const selector = {
      matchLabels: { app: 'web' },
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['front', 'back'] },
        { key: 'old', operator: 'DoesNotExist' },
      ],
    };
    expect(formatLabelSelector(requirementsOf(selector) ?? [])).toBe('app=web,!old,tier in (back,front)');
    expect(selects(selector, web)).toBe(true);
    expect(selects(selector, { ...web, old: '' })).toBe(false);
  });

  test('that is empty selects all, and one that is missing selects nothing', () => {
    expect([selects({}, web), selects(undefined, web), selects({}, undefined)]).toEqual([true, false, true]);
  });

  test('reads what it prints', () => {
    const word = fc.constantFrom('a', 'b', 'in', 'notin', 'x.y/z');
    const value = fc.constantFrom('1', 'two', 'in', 'A_b.c');
    const requirement = fc.oneof(
      word,
      word.map((key) => `!${key}`),
      fc.tuple(word, fc.constantFrom('=', '!='), value).map((parts) => parts.join('')),
      fc
        .tuple(word, fc.constantFrom('in', 'notin'), fc.array(value, { minLength: 1, maxLength: 3 }))
        .map(([key, operator, values]) => `${key} ${operator} (${values})`),
    );
    fc.assert(
      fc.property(fc.array(requirement, { maxLength: 4 }), (parts) => {
        const printed = formatLabelSelector(parsed(parts.join(',')));
        expect(formatLabelSelector(parsed(printed))).toBe(printed);
      }),
    );
  });
});
