import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignedRows, shortName } from '../../src/tui/columns.ts';
import { layoutOf } from '../../src/tui/layout.ts';
import { sceneLines } from '../../src/tui/story-lines.ts';
import { scrollableLines, visibleStory } from '../../src/tui/visible-story.ts';
import { wordsIn } from '../../src/tui/words.ts';

describe('the layout', () => {
  test.each`
    columns | rows  | turns | panes                   | others
    ${80}   | ${20} | ${0}  | ${'pods'}               | ${'entries,events,lanes'}
    ${80}   | ${20} | ${1}  | ${'entries'}            | ${'events,lanes,pods'}
    ${80}   | ${20} | ${-1} | ${'lanes'}              | ${'pods,entries,events'}
    ${120}  | ${36} | ${0}  | ${'entries pods'}       | ${'events,lanes'}
    ${120}  | ${36} | ${3}  | ${'entries pods'}       | ${'events,lanes'}
    ${160}  | ${36} | ${0}  | ${'entries pods aside'} | ${'events,lanes'}
  `('of $columns by $rows, turned $turns times: $panes', ({ columns, rows, turns, panes, others }) => {
    const { turned, pods, isBeside } = layoutOf({ columns, rows, turns, podsRows: 4 });
    expect([turned.name, ...(pods ? ['pods'] : []), ...(isBeside ? ['aside'] : [])].join(' ')).toBe(panes);
    expect(turned.others.join()).toBe(others);
  });

  test('fills the screen, whatever its size', () => {
    const size = fc.record({
      columns: fc.integer({ min: 60, max: 300 }),
      rows: fc.integer({ min: 14, max: 100 }),
      podsRows: fc.integer({ min: 3, max: 400 }),
      turns: fc.integer({ min: -9, max: 9 }),
    });
    fc.assert(
      fc.property(size, (room) => {
        const { story, turned, pods, isBeside } = layoutOf(room);
        const below = isBeside ? 0 : turned.height;
        expect(story.height + below + (pods?.height ?? 0)).toBe(room.rows);
        expect(story.width + (isBeside ? turned.width + 1 : 0)).toBe(room.columns);
        for (const box of [story, turned, ...(pods ? [pods] : [])])
          expect(box.height).toBeGreaterThanOrEqual(3);
      }),
    );
  });
});

describe('rows', () => {
  test('stand under each other, Korean too', () => {
    expect(
      alignedRows([
        ['이름', 'x', 'end'],
        ['a', 'long', ''],
      ]),
    ).toEqual(['이름  x     end', 'a     long']);
  });

  test.each`
    name          | width | short
    ${'web-1'}    | ${5}  | ${'web-1'}
    ${'web-abcd'} | ${5}  | ${'…abcd'}
  `('$name in $width cells is $short', ({ name, width, short }) => {
    expect(shortName(name, width)).toBe(short);
  });
});

describe('the story', () => {
  const setting = { language: 'en', width: 20 };
  const scene = { title: {}, step: 1, steps: 1, items: [] };
  const told = (en: string): readonly string[] =>
    sceneLines({ ...scene, told: { en } }, setting).told.map(({ text }) => text);

  test.each([
    ['is set to the width', 'One two three four\nfive six', ['One two three four', 'five six']],
    ['keeps lists under their marks', '- one two three four five', ['- one two three four', '  five']],
    ['closes code at the end of a line', 'Type `kubectl get pods` now', ['Type `kubectl get`', '`pods` now']],
    ['breaks Korean by its cells', '가나다라마바사아자차카타파하', ['가나다라마바사아자차', '카타파하']],
  ])('%s', (_name, text, lines) => {
    expect(told(text)).toEqual(lines);
  });

  test('gives tabs their width', () => {
    const item = { kind: 'output', command: 'c', text: 'a\tb\n\tc\n', resumed: false } as const;
    expect(sceneLines({ ...scene, items: [item] }, setting).rest.map(({ text }) => text)).toEqual([
      'a       b',
      '        c',
    ]);
  });

  test('is never higher than its window, and can be scrolled to its first line', () => {
    const lines = (count: number, tone: 'told' | 'plain') =>
      Array.from({ length: count }, (_, index) => ({ tone, text: `${tone} ${index}` }));
    const window = fc.record({
      told: fc.nat(30),
      rest: fc.nat(60),
      height: fc.integer({ min: 2, max: 40 }),
      up: fc.nat(100),
    });
    fc.assert(
      fc.property(window, ({ told, rest, height, up }) => {
        const story = { told: lines(told, 'told'), rest: lines(rest, 'plain') };
        const words = wordsIn('en');
        const shown = visibleStory(story, { height, up, words });
        expect(shown.length).toBeLessThanOrEqual(height);
        const first = visibleStory(story, { height, up: scrollableLines(story, height), words })[0];
        if (told > 0) expect(first?.text).toMatch(/^told 0/);
        if (told > 0 && up === 0) expect(shown[0]?.text).toMatch(/^told 0/);
        if (rest > 0 && up === 0) expect(shown.at(-1)?.text).toBe(`plain ${rest - 1}`);
      }),
      { numRuns: 1000, examples: [[{ told: 1, rest: 2, height: 2, up: 0 }]] },
    );
  });
});
