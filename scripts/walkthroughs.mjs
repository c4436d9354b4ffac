/**
 * Records all scenarios into `docs/walkthroughs`: pages, recordings and Markdown in both languages, and an
 * index. With `--check` each page is then opened in a Chromium and each recording played in asciinema's own
 * player, and beside each page lies what it looks like.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bundleCli, cliPath, root } from './bundle-cli.mjs';

const folder = join(root, 'docs/walkthroughs');

/** @param {readonly string[]} args @param {NodeJS.ProcessEnv} [env] */
function run(args, env = {}) {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (status !== 0) process.exit(status ?? 1);
}

await bundleCli();
run([cliPath, 'record', '--all', '-o', folder]);
if (process.argv.includes('--check')) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  run([vitest, 'run', 'test/page/walkthroughs.test.ts', '--maxConcurrency=2'], {
    KUBEREEL_WALKTHROUGHS: folder,
  });
}
