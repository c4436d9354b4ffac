import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { afterEach, describe, expect, test } from 'vitest';
import { podLog } from '../support/pod-log.ts';
import { type Showing, type Shown, showPlayer } from '../support/show-player.tsx';

const golden = (name: string): string => fileURLToPath(new URL(`frames/${name}.txt`, import.meta.url));

const SMALL = { columns: 80, rows: 24 };
const LARGE = { columns: 120, rows: 40 };
const WIDE = { columns: 160, rows: 30 };
const KEYS = { tab: '\t', down: '\u001b[B' } as const;
const tabs = (count: number): readonly string[] => Array<string>(count).fill(KEYS.tab);

let shown: Shown | undefined;
afterEach(() => shown?.close());

async function show(showing: Showing): Promise<Shown> {
  shown = await showPlayer(podLog, showing);
  return shown;
}

describe('what the player shows', () => {
  test.each<[name: string, keys: readonly string[], showing: Showing]>([
    ['opening', [], { size: SMALL }],
    ['opening-ko', [], { size: SMALL, language: 'ko' }],
    ['command', [']'], { size: SMALL }],
    ['pod-changed', [']', '.', '.', '.', '.'], { size: SMALL }],
    ['entries', [']', ']', KEYS.tab], { size: SMALL }],
    ['cluster', [']', ']', ...tabs(2), KEYS.down, KEYS.down], { size: SMALL }],
    ['object', [']', ']', ...tabs(3)], { size: SMALL }],
    ['pods', [']', ']', ...tabs(4), KEYS.down], { size: SMALL }],
    ['lanes', [']', ']', ...tabs(5)], { size: SMALL }],
    ['pipeline', [']', ...tabs(6)], { size: SMALL }],
    ['logs', [']', ']', ...tabs(7)], { size: SMALL }],
    ['events', [']', ']', ...tabs(8)], { size: SMALL }],
    ['yaml', [']', ']', 'y', ...Array<string>(9).fill(KEYS.down)], { size: SMALL }],
    ['owners', [']', ']', 'o'], { size: SMALL }],
    ['lanes-ko', ['G', ...tabs(5)], { size: SMALL, language: 'ko' }],
    ['all-entries', [']', '.', '.', '.', 'a', KEYS.tab], { size: SMALL }],
    ['end', ['G'], { size: SMALL }],
    ['help', ['?'], { size: SMALL }],
    ['help-ko', ['?'], { size: { columns: 60, rows: 18 }, language: 'ko' }],
    ['smallest', [']', ']'], { size: { columns: 60, rows: 18 } }],
    ['large', [']', ']'], { size: LARGE }],
    ['large-ko', [']', ']', ']'], { size: LARGE, language: 'ko' }],
    ['wide', [']', ']'], { size: WIDE }],
    ['widest', [']', ']'], { size: { columns: 200, rows: 60 } }],
    ['widest-ko', [']', ']'], { size: { columns: 200, rows: 60 }, language: 'ko' }],
  ])('%s', async (name, keys, showing) => {
    const { press, frame } = await show(showing);
    await press(...keys);
    await expect(`${frame()}\n`).toMatchFileSnapshot(golden(name));
    const lines = frame().split('\n');
    expect(lines.length).toBeLessThan(showing.size.rows);
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(showing.size.columns);
  });
});
