import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { afterEach, describe, expect, test } from 'vitest';
import { podLog } from '../support/pod-log.ts';
import { type Showing, type Shown, showPlayer } from '../support/show-player.tsx';

const golden = (name: string): string => fileURLToPath(new URL(`frames/${name}.txt`, import.meta.url));

const SMALL = { columns: 80, rows: 24 };
const LARGE = { columns: 120, rows: 40 };
const WIDE = { columns: 160, rows: 30 };
const KEYS = { tab: '\t', right: '\u001b[C', up: '\u001b[A' } as const;

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
    ['events', [']', ']', KEYS.tab, KEYS.tab], { size: SMALL }],
    ['lanes', [']', ']', KEYS.tab, KEYS.tab, KEYS.tab], { size: SMALL }],
    ['lanes-ko', ['G', KEYS.tab, KEYS.tab], { size: LARGE, language: 'ko' }],
    ['all-entries', [']', '.', '.', '.', 'a', KEYS.tab], { size: SMALL }],
    ['end', ['G'], { size: SMALL }],
    ['help', ['?'], { size: SMALL }],
    ['help-ko', ['?'], { size: { columns: 60, rows: 18 }, language: 'ko' }],
    ['smallest', [']', ']'], { size: { columns: 60, rows: 18 } }],
    ['large', [']', ']'], { size: LARGE }],
    ['large-ko', [']', ']', ']'], { size: LARGE, language: 'ko' }],
    ['wide', [']', ']'], { size: WIDE }],
  ])('%s', async (name, keys, showing) => {
    const { press, frame } = await show(showing);
    await press(...keys);
    await expect(`${frame()}\n`).toMatchFileSnapshot(golden(name));
    const lines = frame().split('\n');
    expect(lines.length).toBeLessThan(showing.size.rows);
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(showing.size.columns);
  });
});
