import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { afterEach, describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import { openingScene } from '../../src/replay/opening-scene.ts';
import { cutToCells } from '../../src/tui/columns.ts';
import { layoutOf } from '../../src/tui/layout.ts';
import { openingFrame } from '../../src/tui/opening-frame.ts';
import { podLog } from '../support/pod-log.ts';
import { type Shown, showPlayer } from '../support/show-player.tsx';

const events = podLog.map(({ event }) => event);

let shown: Shown | undefined;
afterEach(() => shown?.close());

function opening(log: readonly Event[], size: { columns: number; rows: number }, look = {}): string {
  const scene = openingScene(log) ?? { title: {}, step: 0, steps: 0, items: [] };
  return openingFrame({ scene, language: 'en', colours: true, ...look }, size).join('\n');
}

describe('the first frame is what the player then draws, but for what is not known yet', () => {
  test.each([
    { columns: 80, rows: 24, language: 'en', colours: true },
    { columns: 60, rows: 18, language: 'ko', colours: true },
    { columns: 120, rows: 40, language: 'en', colours: false },
    { columns: 160, rows: 30, language: 'ko', colours: true },
  ])('%j', async ({ language, colours, ...size }) => {
    const first = opening(events, size, { language, colours }).split('\n');
    shown = await showPlayer(podLog, { size, language, colours });
    const then = shown.frame().split('\n');
    expect(first.length).toBe(then.length);
    const layout = layoutOf({ columns: size.columns, rows: size.rows - 4, podsRows: 3, recent: ['story'] });
    const [story] = layout.columns[0] ?? [];
    const known = [...first.keys()].slice(0, 1 + (story?.height ?? 0)).concat(first.length - 1);
    for (const row of known) {
      const isBeside = layout.columns.length > 1 && row > 0 && row <= (story?.height ?? 0);
      const whole = stripVTControlCharacters(first[row] ?? '').replace(/(?:opening|여는 중) …$/, '');
      const line = isBeside ? cutToCells(whole, story?.width ?? 0).replace(/…$/, '') : whole;
      expect(then[row]?.startsWith(line.trimEnd()), `${then[row]}\n${line}`).toBe(true);
    }
    for (const line of first) expect(stringWidth(line)).toBeLessThanOrEqual(size.columns);
    expect(first.join('\n')).toContain(language === 'ko' ? '여는 중' : 'opening');
  });
});

describe('the first frame', () => {
  const size = { columns: 80, rows: 24 };

  test('shows what is typed at the first step', () => {
    const frame = opening(
      [
        { type: 'ScenarioOpened', name: 'a', title: { en: 'A' }, steps: 2 },
        { type: 'StepBegan', step: 1, kind: 'run', text: { en: 'kubectl get pods' } },
        { type: 'CommandTyped', command: 'step-1', line: 'kubectl get pods' },
        { type: 'CommandPrinted', command: 'step-1', stdout: 'printed\n' },
        { type: 'StepBegan', step: 2, kind: 'say', text: { en: 'Later.' }, told: true },
      ],
      size,
    );
    expect(frame).toContain('$ kubectl get pods');
    expect(frame).toContain('step 1/2');
    expect(frame).not.toMatch(/printed|Later/);
  });

  test('does not act on what a scenario says', () => {
    const frame = opening(
      [
        { type: 'ScenarioOpened', name: 'a', title: { en: 'A\u001b[2J' }, steps: 1 },
        { type: 'StepBegan', step: 1, kind: 'say', text: { en: 'b\u001b[2Jc' }, told: true },
      ],
      size,
    );
    expect(frame).toContain('A^[[2J');
    expect(frame).toContain('b^[[2Jc');
    expect(frame).not.toContain('\u001b[2J');
  });

  test('is empty where there is no room, and of a log that opens no story there is none', () => {
    expect(opening(events, { columns: 59, rows: 24 })).toBe('');
    expect(openingScene([{ type: 'CommandTyped', command: 'a', line: 'ls' }])).toBe(undefined);
  });
});
