/**
 * Bundles the command line into `dist/`, which takes about a tenth of a second. A bundle, because Node takes
 * more than twice as long to load the packages file by file; in chunks, because `--help` and a piped
 * transcript must not wait for the packages that draw.
 */
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** What `bin` in package.json names. */
export const cliPath = join(root, 'dist/cli/main.js');

/**
 * @returns {Promise<readonly string[]>} the files that went into the bundle, relative to the project's root
 */
export async function bundleCli() {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/cli/main.ts'],
    outdir: 'dist',
    outbase: 'src',
    // Every chunk lies beside the entry point, so that `new URL('../..', import.meta.url)` is the project's
    // root in all of them, as it is in `src/cli/main.ts`.
    chunkNames: 'cli/[name]-[hash]',
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    jsx: 'automatic',
    minifySyntax: true,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Only ink's developer tools ask for it, in a chunk that nobody loads; it is not installed.
    external: ['react-devtools-core'],
    // Node is offered rxjs as CommonJS, of which nothing falls away and which takes 50 ms more to load.
    alias: { rxjs: join(root, 'node_modules/rxjs/dist/esm/index.js') },
    // Bundled CommonJS packages ask for Node's own modules with `require`.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  });
  // The entry point comes last: whoever starts it meanwhile finds all the chunks that it names.
  const chunksFirst = outputFiles.toSorted((a, b) => Number(a.path === cliPath) - Number(b.path === cliPath));
  for (const { path, contents } of chunksFirst) await replaceFile(path, contents);
  await removeOthers(new Set(outputFiles.map(({ path }) => path)));
  return Object.keys(metafile.inputs);
}

/** @param {string} path @param {Uint8Array} contents */
async function replaceFile(path, contents) {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}`;
  await writeFile(beside, contents, { mode: 0o755 });
  await rename(beside, path);
}

/** Removes the chunks of earlier builds, which nothing names any more. @param {ReadonlySet<string>} kept */
async function removeOthers(kept) {
  const folder = dirname(cliPath);
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (path.endsWith('.js') && !kept.has(path)) await rm(path, { force: true });
  }
}
