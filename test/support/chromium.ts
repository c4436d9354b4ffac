import { spawnSync } from 'node:child_process';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];

/** A browser of this machine; undefined where there is none. */
export const browser = NAMES.find((name) => spawnSync(name, ['--version']).status === 0);

/** The document of a page once its programs have run. What goes wrong in them is said beside. */
export function documentOf(url: string): { readonly html: string; readonly said: string } {
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--enable-logging=stderr', '--v=0'];
  const time = ['--virtual-time-budget=20000', '--run-all-compositor-stages-before-draw'];
  const { stdout, stderr } = spawnSync(browser ?? '', [...flags, ...time, '--dump-dom', url], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const said = stderr.split('\n').filter((line) => line.includes('CONSOLE'));
  return { html: stdout, said: said.join('\n') };
}
