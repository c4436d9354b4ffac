import { expect, test } from 'vitest';
import { momentOfInstant, parseInstant } from '../../src/replay/place.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { terminalText } from '../../src/tui/set-lines.ts';
import { stillFrame } from '../../src/tui/still-frame.ts';
import { terminalRuns } from '../../src/tui/terminal-runs.ts';
import { playedLog } from '../support/play-scenario.ts';
import { showPlayer } from '../support/show-player.tsx';

const log = playedLog('liveness-failure');
const timeline = createTimeline(log);
timeline.finish();

test.each([
  { language: 'en', columns: 120, rows: 34, step: 5 },
  { language: 'ko', columns: 120, rows: 34, step: 11 },
  { language: 'en', columns: 80, rows: 24, step: 7 },
  { language: 'ko', columns: 200, rows: 50, step: 16 },
])('a still is what the player paints: $language $columns x $rows', async ({ language, step, ...size }) => {
  const { press, styled, close } = await showPlayer(log, { size, language });
  for (let at = 1; at < step; at++) await press(']');
  const instant = parseInstant(`step:${step}`);
  const at = instant && momentOfInstant(timeline, instant);
  if (!at) throw new Error(`there is no step ${step}`);
  const lines = stillFrame(timeline, { at, size, language, name: 'name' });
  expect(lines.map((line) => terminalText(line, true)).join('\n')).toBe(styled());
  close();
});

test('a pane of a still takes all of its screen', () => {
  const at = momentOfInstant(timeline, { kind: 'end' });
  if (!at) throw new Error('every log ends');
  const still = { at, size: { columns: 100, rows: 30 }, language: 'en', name: 'name' };
  const [, title] = stillFrame(timeline, { ...still, pane: 'events' });
  expect(title?.map(({ text }) => text).join('')).toMatch(/^━ Kubernetes events ━+$/);
});

test.each<[string, readonly (readonly [cell: number, cells: number, text: string])[]]>([
  [
    'a  word',
    [
      [0, 1, 'a'],
      [1, 2, '  '],
      [3, 4, 'word'],
    ],
  ],
  [
    '단계 3',
    [
      [0, 4, '단계'],
      [4, 2, ' 3'],
    ],
  ],
  [
    '██░→x',
    [
      [0, 2, '██'],
      [2, 1, '░'],
      [3, 1, '→'],
      [4, 1, 'x'],
    ],
  ],
  [
    '→→',
    [
      [0, 1, '→'],
      [1, 1, '→'],
    ],
  ],
  ['e\u0301x', [[0, 2, 'e\u0301x']]],
])('%j stands at its cells', (text, expected) => {
  const runs = terminalRuns([{ text }]);
  expect(runs.map((run) => [run.cell, run.cells, run.text])).toEqual(expected);
});
