import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BINDINGS } from '../../src/tui/keymap.ts';
import { root } from '../tidy/project-files.ts';

test('the keys in docs/playing.md are those of the player', async () => {
  const path = join(root, 'docs/playing.md');
  const rows = BINDINGS.map(({ keys, does }) => {
    const each = keys.split(' ').map((key) => `\`${key}\``);
    return `| ${each.join(' ')} | ${does['en']} |`;
  });
  const table = ['| key | what it does |', '|---|---|', ...rows].join('\n');
  const page = readFileSync(path, 'utf8');
  const anew = page.replace(
    /(<!-- keys -->\n)[\s\S]*(<!-- \/keys -->)/,
    (_, from, to) => `${from}\n${table}\n\n${to}`,
  );
  expect(anew).toContain('| `space` | play, pause |');
  await expect(anew).toMatchFileSnapshot(path);
});
