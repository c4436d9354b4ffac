import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleCli, CLI, root } from '../../scripts/bundle-cli.mjs';

const OUTDIR = '.cache/test-wrong-cli';
const TEN_MINUTES_MS = 600_000;

/** The command line as it would be if a Deployment controller rounded its surge down: in its bundle alone. */
export async function buildWrongCli(): Promise<string> {
  await bundleCli({
    outdir: OUTDIR,
    entries: CLI,
    keepMs: TEN_MINUTES_MS,
    plugins: [
      {
        name: 'wrong constant',
        setup(build) {
          build.onLoad({ filter: /deployment\/rollout-limits\.ts$/ }, async ({ path }) => {
            const text = await readFile(path, 'utf8');
            if (!text.includes("'up'")) throw new Error(`${path} rounds nothing up`);
            return { contents: text.replace("'up'", "'down'"), loader: 'ts' };
          });
        },
      },
    ],
  });
  return join(root, OUTDIR, 'cli/main.js');
}
