import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];

/** A browser of this machine; undefined where there is none. */
export const browserPath = NAMES.flatMap((name) =>
  (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)),
).find(isProgram);

/** Why what needs a browser is not tried here. */
export const NO_BROWSER = 'there is no Chromium on this machine';

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return spawnSync(path, ['--version']).status === 0;
  } catch {
    return false;
  }
}

/** A browser without a window. It asks no network for anything by itself. */
export async function openBrowser(): Promise<Browser> {
  if (browserPath === undefined) throw new Error(NO_BROWSER);
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath: browserPath, args: isRoot ? ['--no-sandbox'] : [] });
}
