import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLog } from '../../src/kernel/log/read-log.ts';
import { buildCli, kubereel } from '../support/built-cli.ts';
import { browser, documentOf } from '../support/chromium.ts';
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
    expect(page.match(/<\/script>/g)).toHaveLength(2);
  });

  test('hides the values of Secrets everywhere, in the log that a page holds too', () => {
    for (const file of ['r.html', 'r.md', 'r.cast', 'r.txt']) {
      const text = written(file, '--redact');
      const [, base64] = /id="log">([^<]*)</.exec(text) ?? [];
      const log = base64 === undefined ? '' : gunzipSync(Buffer.from(base64, 'base64')).toString('utf8');
      expect(`${text}${log}`).not.toMatch(/xyzzy-plugh|eHl6enktcGx1Z2g=/);
    }
  });

  test.skipIf(browser === undefined)('a browser shows the state that kubereel state prints', () => {
    written('seen.html');
    for (const at of ['step:1', 'step:3', 'step:5']) {
      const { html, said } = documentOf(`file://${join(scratch.path, 'seen.html')}#${at.replace(':', '=')}`);
      expect(said).toBe('');
      const [, shown = ''] = /<pre class="state"[^>]*>([^<]*)</.exec(html) ?? [];
      const [, entry = ''] = /entry (\d+)/.exec(shown) ?? [];
      expect(shown).toBe(kubereel(['state', folder, '--at', entry]).stdout);
    }
  });
});
