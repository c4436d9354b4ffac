import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignedRows, shortName } from '../../src/tui/columns.ts';
import { layoutOf } from '../../src/tui/layout.ts';
import { type PaneName, TURNS } from '../../src/tui/pane-names.ts';
import { sceneLines } from '../../src/tui/story-lines.ts';
import { scrollableLines, visibleStory } from '../../src/tui/visible-story.ts';
import { screenWordsIn } from '../../src/words/screen-words-in.ts';

describe('the layout', () => {
  test.each`
    columns | rows  | recent                  | panes                                                       | others
    ${80}   | ${20} | ${'story'}              | ${'story+pods'}                                             | ${'lanes,pipeline,logs,events,entries,cluster,object'}
    ${80}   | ${20} | ${'entries story'}      | ${'story+entries'}                                          | ${'cluster,object,pods,lanes,pipeline,logs,events'}
    ${80}   | ${36} | ${'logs story'}         | ${'story+logs / lanes'}                                     | ${'events,entries,cluster,object,pods,pipeline'}
    ${120}  | ${20} | ${'cluster story'}      | ${'story | cluster'}                                        | ${'object,pods,lanes,pipeline,logs,events,entries'}
    ${120}  | ${36} | ${'story'}              | ${'story+entries | cluster+object / lanes'}                 | ${'pods,pipeline,logs,events'}
    ${120}  | ${36} | ${'cluster logs story'} | ${'story+entries | cluster+logs / lanes'}                   | ${'events,object,pods,pipeline'}
    ${120}  | ${36} | ${'answer story'}       | ${'story+entries | cluster+answer / lanes'}                 | ${'object,pods,pipeline,logs,events'}
    ${200}  | ${56} | ${'object story'}       | ${'story+entries | cluster+object | pipeline+pods / lanes'} | ${'logs,events'}
  `('of $columns by $rows, where one was in $recent: $panes', ({ columns, rows, recent, panes, others }) => {
    const layout = layoutOf({ columns, rows, recent: recent.split(' '), podsRows: 4 });
    const beside = layout.columns.map((column) => column.map(({ name }) => name).join('+')).join(' | ');
    expect([beside, ...(layout.below ? [layout.below.name] : [])].join(' / ')).toBe(panes);
    const turned = layout.columns.flat().find((slot) => slot.others.length > 0);
    expect(turned?.others.join()).toBe(others);
  });

  test('fills the screen, whatever its size and wherever one is', () => {
    const size = fc.record({
      columns: fc.integer({ min: 60, max: 300 }),
      rows: fc.integer({ min: 14, max: 100 }),
      podsRows: fc.integer({ min: 3, max: 400 }),
      recent: fc.array(fc.constantFrom<PaneName>(...TURNS, 'answer'), { minLength: 1, maxLength: 9 }),
      zoomed: fc.boolean(),
      isLinear: fc.boolean(),
    });
    fc.assert(
      fc.property(size, (room) => {
        const { columns, below } = layoutOf(room);
        const height = room.rows - (below?.height ?? 0);
        for (const column of columns) expect(column.reduce((sum, slot) => sum + slot.height, 0)).toBe(height);
        const widths = columns.map(([slot]) => slot?.width ?? 0);
        expect(widths.reduce((sum, width) => sum + width + 1, -1)).toBe(room.columns);
        if (below) expect(below.width).toBe(room.columns);
        if (room.isLinear) expect(columns.length).toBe(1);
        const slots = [...columns.flat(), ...(below ? [below] : [])];
        expect(new Set(slots.map(({ name }) => name)).size).toBe(slots.length);
        expect(slots.some(({ name }) => name === room.recent[0])).toBe(true);
        for (const { width, height: rows } of slots) {
          expect(rows).toBeGreaterThanOrEqual(3);
          expect(width).toBeGreaterThanOrEqual(45);
        }
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
    name                 | width | short
    ${'web-1'}           | ${5}  | ${'web-1'}
    ${'web-abcd'}        | ${5}  | ${'…abcd'}
    ${'아주-긴-이름'}    | ${7}  | ${'…-이름'}
    ${'이름'}            | ${4}  | ${'이름'}
    ${'a\u001b[2Jb'}     | ${9}  | ${'a^[[2Jb'}
    ${'x\u001b[2Jyz'}    | ${5}  | ${'…2Jyz'}
    ${'ab👨‍👩‍👧'}            | ${3}  | ${'…👨‍👩‍👧'}
    ${'new\nline\there'} | ${13} | ${'new line here'}
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
        const words = screenWordsIn('en');
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
