import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import headless from '@xterm/headless';
import type { Browser } from 'playwright-core';
import { noTerminal, openTerminal } from '../support/terminal.ts';

const require = createRequire(import.meta.url);
const partOfPlayer = (file: string): string =>
  readFileSync(require.resolve(`asciinema-player/dist/bundle/asciinema-player.${file}`), 'utf8');

const COLUMNS = 120;
const ROWS = 30;

/** The last lines of a text, on a terminal of the size of the recordings. */
export async function lastScreen(text: string): Promise<readonly string[]> {
  const terminal = new headless.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
  await new Promise<void>((done) => terminal.write(text, done));
  const { active } = terminal.buffer;
  return Array.from({ length: ROWS }, (_, row) =>
    (active.getLine(active.baseY + row)?.translateToString(true) ?? '').trimEnd(),
  );
}

/** What is on the screen of asciinema's own player when a recording has been played to its end. */
export async function lastScreenInPlayer(browser: Browser, cast: string): Promise<readonly string[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const said: string[] = [];
  page.on('pageerror', (error) => said.push(error.message));
  await page.setContent('<!doctype html><title>player</title><div id="player"></div>');
  await page.addStyleTag({ content: partOfPlayer('css') });
  await page.addScriptTag({ content: partOfPlayer('min.js') });
  const lines = (await page.evaluate(`new Promise((shown) => {
    const player = AsciinemaPlayer.create({ data: ${JSON.stringify(cast)} }, document.querySelector('#player'), {
      preload: true,
      fit: false,
    });
    const isDrawn = () => document.querySelectorAll('.ap-line').length === ${ROWS};
    player.addEventListener('ready', async () => {
      await player.seek('100%');
      // It draws with the next frames.
      const look = (frames) =>
        frames > 3 && isDrawn()
          ? shown([...document.querySelectorAll('.ap-line')].map((line) => line.textContent))
          : requestAnimationFrame(() => look(frames + 1));
      look(0);
    });
  })`)) as string[];
  await page.close();
  if (said.length > 0) throw new Error(said.join('\n'));
  return lines.map((line) => line.trimEnd());
}

/** Why nothing is tried with `asciinema` itself; undefined where it is on this machine. */
export const noAsciinema: string | undefined =
  noTerminal ??
  (spawnSync('asciinema', ['--version']).status === 0 ? undefined : 'asciinema is not on this machine');

/** What is on a real terminal after `asciinema cat`. */
export async function lastScreenOfAsciinema(file: string): Promise<readonly string[]> {
  const terminal = openTerminal(['asciinema', 'cat', file], { columns: COLUMNS, rows: ROWS });
  const code = await terminal.exit();
  if (code !== 0) throw new Error(terminal.written());
  return terminal.screen().map((line) => line.trimEnd());
}
