import { readFileSync, rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { hasBusybox, installApplets, type Outcome, runReal } from './oracle.ts';
import { play } from './play.ts';

const TRIES = 6;

/** Scripts between lines of `%%`. */
const scripts = readFileSync(new URL('./fixtures/scripts.txt', import.meta.url), 'utf8').split('\n%%\n');

/** What the simulated shell leaves behind in the same directory. */
function runSimulated(script: string, cwd: string): Outcome {
  const directory = { kind: 'directory', mode: 0o755, modifiedAt: 0 } as const;
  const played = play({
    argv: ['sh', '-c', script],
    cwd,
    files: { [cwd]: directory },
    env: { PATH: '/bin' },
  });
  const files: Record<string, string> = {};
  for (const [path, node] of Object.entries(played.files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!path.startsWith(`${cwd}/`) || node.kind === 'removed') continue;
    const name = path.slice(cwd.length + 1);
    if (node.kind === 'directory') files[`${name}/`] = '';
    else files[name] = node.kind === 'link' ? `-> ${node.content}` : (node.content ?? '');
  }
  return { stdout: played.stdout, stderr: played.stderr, code: played.exit?.code ?? -1, files };
}

describe.skipIf(!hasBusybox)(
  'scripts do what the real busybox sh 1.35 does with them (skipped where it is not installed)',
  () => {
    const applets = hasBusybox ? installApplets() : '';
    afterAll(() => rmSync(applets, { recursive: true, force: true }));

    test.each(scripts.map((script) => ({ script, begins: script.slice(0, 70) })))('$begins', ({ script }) => {
      let { outcome, cwd } = runReal(script, applets);
      // The real one sleeps in real time: on a busy machine what comes first is a race, so it may try again.
      for (let tries = 1; tries < TRIES && /sleep|timeout/.test(script); tries += 1) {
        if (isDeepStrictEqual(runSimulated(script, cwd), outcome)) return;
        ({ outcome, cwd } = runReal(script, applets));
      }
      expect(runSimulated(script, cwd)).toEqual(outcome);
    });
  },
);
