import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLog } from '../../src/kernel/log/read-log.ts';
import { buildCli, kubereel } from '../support/built-cli.ts';
import { browserPath } from '../support/chromium.ts';
import { createScratch, scenarioText } from '../support/scenario-folder.ts';

const scratch = createScratch();
const folder = join(scratch.path, 'small');
const STORY = scenarioText(`steps:
  - say: { en: "A </script> & <b>, told.", ko: "한글." }
  - run: kubectl create secret generic key --from-literal=word=xyzzy-plugh
  - run: kubectl run web --image=nginx:1.27
  - wait: 20s
  - run: kubectl get pods
`);

const written = (file: string, ...args: string[]): string => {
  const path = join(scratch.path, file);
  const { code, stderr } = kubereel(['record', folder, '-o', path, ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return readFileSync(path, 'utf8');
};

beforeAll(async () => {
  await buildCli();
  scratch.write('small/scenario.yaml', STORY);
});
afterAll(() => scratch.remove());

describe('kubereel record', () => {
  test.each(['a.cast', 'a.md', 'a.svg', 'a.txt', 'a.html'])('writes %s, and the same every time', (file) => {
    const text = written(file);
    expect(text.length).toBeGreaterThan(300);
    expect(written(file)).toBe(text);
  });

  test('writes to standard output as --format says, and refuses what it does not know', () => {
    expect(kubereel(['record', folder, '--format', 'cast3']).stdout).toMatch(/^\{"version":3,/);
    const { code, stderr } = kubereel(['record', folder, '-o', join(scratch.path, 'a.gif')]);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('"gif"') });
  });

  test.each([
    ['the player at an instant', ['--at', 'step:5'], />pod\/web created</],
    ['one pane of it', ['--pane', 'events'], /Kubernetes events/],
    ['in Korean', ['--at', 'step:1', '--lang', 'ko'], />한글</],
    ['for dark surroundings', ['--at', 'step:1', '--theme', 'dark'], /<style>[^@]*#e6edf3[^@]*<\/style>/],
    ['availability', ['--picture', 'availability'], /<title>[^<]*Availability over time<\/title>/],
  ])('draws %s', (_what, args, expected) => {
    const svg = written('picture.svg', ...args);
    expect(svg).toMatch(expected);
    expect(written('picture.svg', ...args)).toBe(svg);
  });

  test.each([
    [['-o', 'a.md', '--at', '3s'], '--at, --pane and --picture are for pictures'],
    [['-o', 'a.svg', '--at', '3s', '--picture', 'lanes'], 'leave out --picture lanes'],
    [['-o', 'a.svg', '--picture', 'cats'], '--picture cats: it is one of lanes, '],
    [['-o', 'a.svg', '--pane', 'cats'], '--pane cats: it is one of story, '],
    [['-o', 'a.svg', '--theme', 'cats'], '--theme cats: it is one of auto, '],
    [['-o', 'a.svg', '--picture', 'requests'], 'there is nothing of that in this run'],
    [['-o', 'a.svg', '--at', 'end', '--columns', '20'], 'at least 60 columns and 18 rows'],
    [['--format', 'png'], '-o still.png'],
  ])('refuses %j', (args, expected) => {
    const { code, stderr, stdout } = kubereel(['record', folder, ...args], { cwd: scratch.path });
    expect({ code, stderr, stdout }).toEqual({
      code: 2,
      stderr: expect.stringContaining(expected),
      stdout: '',
    });
  });

  test('says what a PNG takes where there is no browser', () => {
    const { code, stderr } = kubereel(['record', folder, '-o', join(scratch.path, 'a.png')], {
      env: { PATH: '/nowhere' },
    });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('CHROME_PATH') });
  });

  test.skipIf(browserPath === undefined)(
    'a PNG has two pixels for each of the picture, and the same every time',
    () => {
      const path = join(scratch.path, 'a.png');
      const args = ['record', folder, '-o', path, '--at', 'step:5', '--columns', '80', '--rows', '24'];
      const bytes = (): Buffer => {
        expect(kubereel(args)).toMatchObject({ code: 0, stderr: '' });
        return readFileSync(path);
      };
      const png = bytes();
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      // 80 cells of 8.4 pixels and two margins of 14, twice.
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1400, 884]);
      expect(bytes().equals(png)).toBe(true);
    },
  );

  test('a page of Markdown has its pictures beside it', () => {
    const page = written('pictured.md');
    const files = [...page.matchAll(/!\[([^\]]+)\]\(([^)]+)\)/g)].map(([, , file = '']) => file);
    expect(files).toEqual(expect.arrayContaining(['pictured.svg', 'pictured-availability.svg']));
    for (const file of files) expect(readFileSync(join(scratch.path, file), 'utf8')).toMatch(/^<svg /);
    expect(files.some((file) => /-step-\d+\.svg$/.test(file))).toBe(true);
  });

  test('a page holds its log and its program, and asks no network for anything', () => {
    const page = written('page.html');
    const [, base64 = ''] = /<script type="text\/plain" id="log">([^<]*)<\/script>/.exec(page) ?? [];
    const { entries, damage } = readLog(
      gunzipSync(Buffer.from(base64, 'base64')).toString('utf8').trimEnd().split('\n'),
    );
    expect(damage).toBeUndefined();
    expect(entries.at(-1)?.event).toEqual({ type: 'ScenarioEnded', passed: true });
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<(?:link|img|iframe)|<script[^>]* src=|@import|url\(/);
    expect(page.match(/<\/script>/g)).toHaveLength(3);
  });

  test('hides the values of Secrets everywhere, in the log that a page holds too', () => {
    for (const file of ['r.html', 'r.md', 'r.cast', 'r.txt', 'r.svg']) {
      const player = file === 'r.svg' ? ['--at', 'step:3'] : [];
      const text = written(file, '--redact', ...player);
      const [, base64] = /id="log">([^<]*)</.exec(text) ?? [];
      const log = base64 === undefined ? '' : gunzipSync(Buffer.from(base64, 'base64')).toString('utf8');
      expect(`${text}${log}`).not.toMatch(/xyzzy-plugh|eHl6enktcGx1Z2g=/);
    }
  });
});
