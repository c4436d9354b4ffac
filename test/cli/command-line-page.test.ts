import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../../scripts/bundle-cli.mjs';
import { ran } from '../support/run-program.ts';
import { createScratch } from '../support/scenario-folder.ts';

const PAGE = join(root, 'docs/command-line.md');
/** Pages whose blocks of a console are what the program prints. */
const PAGES = ['docs/command-line.md', 'docs/playing.md', 'docs/teaching.md'] as const;
const scratch = createScratch();

afterAll(() => scratch.remove());

/** Words of a line as a shell takes them, as far as the page needs it. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:'[^']*'|"[^"]*"|[^\s'"]+)+/g) ?? [];
  return words.map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'));
}

/** Whoever reads the page has the logs in the folder where he is. */
function inScratch(word: string): string {
  return word.replace(/^(?=(?:run|ten)\.log\b)/, `${scratch.path}/`);
}

/** What a line prints; the lines of a block are typed one after another. */
async function printed(line: string, last: { code: number | null }): Promise<string> {
  if (line === 'echo $?') return `${last.code}\n`;
  const [program, ...args] = wordsOf(line);
  expect(program).toBe('kubereel');
  const { code, stdout, stderr } = await ran(...args.map(inScratch));
  last.code = code;
  return `${stdout}${stderr}`.replaceAll(`${scratch.path}/`, '');
}

/** Longer lines are cut, and more lines than these left out: a page is no log. */
const CELLS = 110;
const LINES = 24;

function shortened(text: string): string {
  const lines = text.split('\n').slice(0, -1);
  const shown = lines.length > LINES + 1 ? [...lines.slice(0, LINES), '…'] : lines;
  return shown
    .map((line) => (line.length > CELLS ? `${line.slice(0, CELLS - 1)}…` : line).trimEnd())
    .map((line) => `${line}\n`)
    .join('');
}

async function blockAnew(block: string): Promise<string> {
  const last = { code: null };
  let text = '';
  for (const line of block.match(/^\$ (?:kubereel .*|echo \$\?)$/gm) ?? []) {
    const output = await printed(line.slice(2), last);
    text += `${line}\n${/ --help$/.test(line) ? output.replace(/\n+$/, '\n') : shortened(output)}`;
  }
  return text;
}

test.each(PAGES)('what %s shows is what the program prints', async (file) => {
  const path = join(root, file);
  const page = readFileSync(path, 'utf8');
  let anew = '';
  for (const [index, part] of page.split(/(?<=^```console\n)|(?=^```$)/m).entries()) {
    anew += index % 2 === 1 && part.startsWith('$ ') ? await blockAnew(part) : part;
  }
  await expect(anew).toMatchFileSnapshot(path);
});

test.each(['en', 'ko'])('the help of each command has examples in %s', async (language) => {
  const { stdout } = await ran('--help', '--lang', language);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+)(?: [<[]| {2,})/gm)].map(([, name]) => name ?? '');
  expect(commands).toContain('compare');
  expect(commands).toContain('fork');
  for (const command of commands) {
    const { code, stdout: help } = await ran(command, '--help', '--lang', language);
    expect(code).toBe(0);
    const examples = help.match(new RegExp(`^ {2}kubereel ${command} .*$`, 'gm')) ?? [];
    expect({ command, examples: examples.length >= 2 }).toEqual({
      command,
      examples: true,
    });
    expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
  }
});

test('every command that travels in time stands on the page with all its options', async () => {
  const page = readFileSync(PAGE, 'utf8');
  const { stdout } = await ran('--help');
  const [, travel = ''] = /Time travel.*\n([\s\S]*?)\n\n/.exec(stdout) ?? [];
  const commands = [...travel.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name);
  expect(commands.length).toBeGreaterThan(5);
  for (const command of commands)
    expect(page).toContain(`$ kubereel ${command} --help\nUsage: kubereel ${command} `);
});
