import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BadInput } from '../exit.ts';

/** As they are called on Linux, macOS and Windows, where they are on the path or where they are installed. */
const BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'msedge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Pixels of the picture in one of the drawing, so that letters are sharp. */
const SCALE = 2;

/**
 * Draws an SVG into a PNG file with a Chromium of this machine: to draw letters takes fonts, those of Korean
 * alone are several megabytes, and whoever publishes pictures has a browser. Throws BadInput where there is
 * none.
 */
export function drawPng(svg: string, file: string): void {
  const browser = findBrowser();
  const [, width = '0', height = '0'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const folder = mkdtempSync(join(tmpdir(), 'kubereel-png-'));
  try {
    const drawing = join(folder, 'picture.svg');
    const sized = svg.replace('<svg ', `<svg width="${width}" height="${height}" `);
    writeFileSync(drawing, sized);
    const { status, stderr } = spawnSync(browser, argumentsFor({ drawing, file, folder, width, height }), {
      encoding: 'utf8',
      timeout: TOO_LONG_MS,
    });
    if (status !== 0 || !existsSync(file))
      throw new BadInput(({ record }) => record.wrong.notDrawn(browser, lastLine(stderr ?? '')));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const TOO_LONG_MS = 60_000;

interface Drawn {
  readonly drawing: string;
  readonly file: string;
  /** Where the browser may keep what it likes: nobody's own profile is touched. */
  readonly folder: string;
  readonly width: string;
  readonly height: string;
}

function argumentsFor({ drawing, file, folder, width, height }: Drawn): readonly string[] {
  // Chromium refuses its sandbox to root, as whom containers of a CI run. The picture holds no program.
  const isRoot = process.getuid?.() === 0;
  return [
    '--headless',
    ...(isRoot ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--hide-scrollbars',
    `--user-data-dir=${join(folder, 'profile')}`,
    `--force-device-scale-factor=${SCALE}`,
    '--default-background-color=00000000',
    `--window-size=${Math.ceil(Number(width))},${Math.ceil(Number(height))}`,
    `--screenshot=${file}`,
    pathToFileURL(drawing).href,
  ];
}

function findBrowser(): string {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') return named;
  const found = BROWSERS.find((name) => spawnSync(name, ['--version']).status === 0);
  if (found === undefined) throw new BadInput(({ record }) => record.wrong.noBrowser);
  return found;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
