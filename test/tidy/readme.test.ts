import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './project-files.ts';

test('what the README shows of a played scenario is in its golden transcript, in that order', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const excerpt = /<!-- excerpt -->\n```\n([\s\S]*?)```\n<!-- \/excerpt -->/.exec(readme)?.[1] ?? '';
  const transcript = readFileSync(join(root, 'snapshots/liveness-failure.en.txt'), 'utf8').split('\n');
  const wanted = excerpt.split('\n').filter((line) => line !== '' && line !== '…');
  expect(wanted.length).toBeGreaterThan(10);
  let from = 0;
  for (const line of wanted) {
    const found = transcript.indexOf(line, from);
    expect({ line, isFound: found >= 0 }).toEqual({ line, isFound: true });
    from = found + 1;
  }
});
