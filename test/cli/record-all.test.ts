import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/bundle-cli.mjs';
import { buildCli, builtCli, kubereel } from '../support/built-cli.ts';
import { createScratch } from '../support/scenario-folder.ts';

const scratch = createScratch();
const NAME = 'image-pull-backoff';

/** The program as it is installed, with one scenario for all. */
const program = join(scratch.path, 'dist/cli/main.js');

beforeAll(async () => {
  await buildCli();
  cpSync(dirname(dirname(builtCli)), join(scratch.path, 'dist'), { recursive: true });
  cpSync(join(root, 'package.json'), join(scratch.path, 'package.json'));
  cpSync(join(root, 'scenarios', NAME), join(scratch.path, 'scenarios', NAME), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(scratch.path, 'node_modules'));
  const title = '{ en: Pods, ko: 파드 }';
  scratch.write(
    'scenarios/curriculum.yaml',
    `chapters: [{ title: ${title}, scenarios: [${NAME}] }]\nrows: []\n`,
  );
});
afterAll(() => scratch.remove());

test('all walkthroughs are a folder each, and an index in each language leads to all that is in them', () => {
  const output = join(scratch.path, 'walkthroughs');
  const { code, stderr } = kubereel(['record', '--all', '-o', output], { program });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const [index, chapter] of [
    ['index.html', 'Pods'],
    ['index.ko.html', '파드'],
  ] as const) {
    const page = readFileSync(join(output, index), 'utf8');
    expect(page).toContain(chapter);
    const links = [...page.matchAll(/href="([^"#:]+)[^"]*"/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((link) => !existsSync(join(output, link)))).toEqual([]);
  }
  for (const file of ['index.html', 'en.cast', 'ko.cast', 'en.md', 'ko.md'])
    expect(readFileSync(join(output, NAME, file), 'utf8').length).toBeGreaterThan(1000);
});

test('without a folder to write them into it says what to do', () => {
  const { code, stderr } = kubereel(['record', '--all'], { program });
  expect(code).toBe(2);
  expect(stderr).toContain('-o');
});
