import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyBranch, playBranches } from '../../src/replay/fork-story.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { branchesTold } from '../../src/report/branch-story.ts';
import { transcriptOf } from '../../src/report/transcript.ts';
import { buildCli, kubereel } from '../support/built-cli.ts';
import { browserPath, NO_BROWSER, openBrowser } from '../support/chromium.ts';
import { bundledScenario, playedLog, scenarioNames } from '../support/play-scenario.ts';
import { createScratch } from '../support/scenario-folder.ts';
import { lastScreen, lastScreenInPlayer, lastScreenOfAsciinema, noAsciinema } from './check-cast.ts';
import { faultsOfPage } from './check-page.ts';

/**
 * A folder that `kubereel record --all` has written: all of it is looked at (`npm run walkthroughs --
 * --check`). Without one some scenarios stand for all: traffic, and a question with a branch.
 */
const folder = process.env['KUBEREEL_WALKTHROUGHS'];
const names = folder === undefined ? ['canary', 'http-liveness'] : scenarioNames;
const languages = ['en', 'ko'] as const;

const scratch = createScratch();
const fileOf = (name: string, file: string): string => join(folder ?? scratch.path, name, file);
let browser: Browser | undefined;

beforeAll(async () => {
  if (folder === undefined) {
    await buildCli();
    for (const name of names) {
      const write = (file: string, ...args: readonly string[]): void => {
        const path = scratch.write(`${name}/${file}`, '');
        expect(kubereel(['record', name, '-o', path, ...args])).toMatchObject({ code: 0, stderr: '' });
      };
      write('index.html');
      for (const language of languages) write(`${language}.cast`, '--lang', language);
    }
  }
  if (browserPath !== undefined) browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  scratch.remove();
});

// One browser, and two of its pages at a time (`--maxConcurrency`): looking is mostly waiting for the
// browser.
describe.concurrent.each(names)('%s', (name) => {
  test('its page shows every state as it was, to everybody, and without a network', async ({
    skip,
    expect,
  }) => {
    if (!browser) return skip(NO_BROWSER);
    const timeline = createTimeline(playedLog(name));
    timeline.finish();
    const branches = new Map(
      everyBranch(playBranches(timeline, bundledScenario(name))).map((each) => [
        each.name,
        each.fork.timeline,
      ]),
    );
    const pictures = folder === undefined ? {} : { pictures: fileOf(name, 'page') };
    expect(
      await faultsOfPage(browser, {
        file: fileOf(name, 'index.html'),
        name,
        timeline,
        branches,
        ...pictures,
      }),
    ).toEqual([]);
  });

  test.for(languages)('its recording ends with the transcript: %s', async (language, { expect }) => {
    const log = playedLog(name);
    const { asides } = branchesTold(log, bundledScenario(name), language);
    const transcript = [...transcriptOf(log, language, asides)].join('').replaceAll('\n', '\r\n');
    const expected = await lastScreen(transcript);
    const file = fileOf(name, `${language}.cast`);
    if (browser) expect(await lastScreenInPlayer(browser, readFileSync(file, 'utf8'))).toEqual(expected);
    if (noAsciinema === undefined) expect(await lastScreenOfAsciinema(file)).toEqual(expected);
  });
});
