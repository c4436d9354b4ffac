import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { playedLog } from '../support/play-scenario.ts';
import { showPlayer } from '../support/show-player.tsx';
import { root } from '../tidy/project-files.ts';

const DOWN = '\u001b[B';
const FAR = 200;

/**
 * `<!-- screen 100x26 "keys" … -->` and the block below it. A key `@text` goes down to a line with that text.
 */
const SCREEN = /<!-- screen (\d+)x(\d+) (.*) -->\n```\n[\s\S]*?```\n/g;

test('the screens in docs/time-travel.md are what the player shows', async () => {
  const log = playedLog('liveness-failure');
  const path = join(root, 'docs/time-travel.md');
  let text = readFileSync(path, 'utf8');
  const screens = [...text.matchAll(SCREEN)];
  expect(screens.length).toBeGreaterThan(5);
  for (const [block, columns, rows, list = ''] of screens) {
    const keys = [...list.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([key]) => JSON.parse(key) as string);
    const size = { columns: Number(columns), rows: Number(rows) };
    const { press, frame, close } = await showPlayer(log, { size });
    for (const key of keys) {
      if (!key.startsWith('@')) await press(key);
      else
        for (let line = 0; line < FAR && !frame().includes(`.${key.slice(1)} ━`); line++) await press(DOWN);
    }
    const head = block.slice(0, block.indexOf('```'));
    text = text.replace(block, () => `${head}\`\`\`\n${frame()}\n\`\`\`\n`);
    close();
  }
  await expect(text).toMatchFileSnapshot(path);
}, 120_000);
