/**
 * Runs a TypeScript file of the project, as in `node scripts/run.mjs bench/run.ts --json`. It is bundled
 * first, because Node 20 reads no TypeScript.
 */
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './bundle-cli.mjs';

const [file, ...rest] = process.argv.slice(2);
if (file === undefined) throw new Error('Say which file: node scripts/run.mjs FILE.ts [ARGUMENT…]');

// One folder below the root, as scripts/ and bench/ are: `new URL('..', import.meta.url)` stays the root.
const bundle = join(root, '.cache', `${basename(file, '.ts')}-${process.pid}.mjs`);
process.on('exit', () => rmSync(bundle, { force: true }));
/** @type {import('esbuild').BuildOptions} */
const options = {
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  jsx: 'automatic',
  sourcemap: 'inline',
  logLevel: 'error',
};
await build({ ...options, entryPoints: [file], outfile: bundle });
// The thread that long logs are read with is looked for beside the program.
const scanner = join(root, '.cache/log-scanner.js');
await build({ ...options, entryPoints: ['src/cli/log-scanner.ts'], absWorkingDir: root, outfile: scanner });
process.argv = [process.execPath, bundle, ...rest];
await import(pathToFileURL(bundle).href);
