/**
 * Bundles the command line into `dist/`, which takes about a tenth of a second. A bundle, because Node takes
 * more than twice as long to load the packages file by file; in chunks, because `--help` and a piped
 * transcript must not wait for the packages that draw.
 */
import { copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** What is built, by its path in the folder of what is built. */
export const CLI = {
  'cli/main': 'src/cli/main.ts',
  'cli/test-worker': 'src/cli/test/worker.ts',
  'cli/log-scanner': 'src/cli/log-scanner.ts',
};

/** What programs import: `exports` in package.json. */
export const API = { 'api/kubereel': 'src/api/kubereel.ts', 'api/vitest': 'src/api/vitest.ts' };

/** What `bin` in package.json names. */
export const cliPath = join(root, 'dist/cli/main.js');

/**
 * @param {object} [options]
 * @param {string} [options.outdir] a folder two levels above what is built, relative to the project's root
 * @param {Readonly<Record<string, string>>} [options.entries] what is built, by its path in that folder
 * @param {number} [options.keepMs] chunks of earlier builds stay for so long: somebody may be loading them
 * @param {import('esbuild').Plugin[]} [options.plugins] doubles of modules, for tests
 * @returns {Promise<readonly string[]>} the files that went into the bundle, relative to the project's root
 */
export async function bundleCli({ outdir = 'dist', entries = CLI, keepMs = 0, plugins = [] } = {}) {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: Object.entries(entries).map(([path, file]) => ({ in: file, out: path })),
    plugins,
    outdir,
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
    // Without `fetch`, ink's layout takes its WebAssembly out of its own text; with it, Node loads its HTTP
    // client first, which takes as long as all of ink.
    define: { 'process.env.NODE_ENV': '"production"', fetch: 'undefined' },
    // Only ink's developer tools ask for the first, in a chunk that nobody loads; it is not installed. Of
    // vitest there must be one: that of whoever runs it.
    external: ['react-devtools-core', 'vitest'],
    // Node is offered rxjs as CommonJS, of which nothing falls away and which takes 50 ms more to load.
    alias: { rxjs: join(root, 'node_modules/rxjs/dist/esm/index.js') },
    // Bundled CommonJS packages ask for Node's own modules with `require`.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  });
  await bundlePage(join(root, outdir, 'page/page.js'));
  // Whoever has the package has the schema that its editor asks for.
  await copyFile(join(root, 'docs/scenario.schema.json'), join(root, outdir, 'scenario.schema.json'));
  // The entry point comes last: whoever starts it meanwhile finds all the chunks that it names.
  const entryPaths = new Set(Object.keys(entries).map((path) => join(root, outdir, `${path}.js`)));
  const chunksFirst = outputFiles.toSorted(
    (a, b) => Number(entryPaths.has(a.path)) - Number(entryPaths.has(b.path)),
  );
  for (const { path, contents } of chunksFirst) await replaceFile(path, contents);
  await removeOthers(join(root, outdir, 'cli'), new Set(outputFiles.map(({ path }) => path)), keepMs);
  return Object.keys(metafile.inputs);
}

/**
 * What replays a log in a browser, as one script that a page holds.
 *
 * @param {string} path
 */
async function bundlePage(path) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/page/main.ts'],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    minify: true,
    // A page is in one encoding, whatever it is sent as.
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'error',
  });
  for (const { contents } of outputFiles) await replaceFile(path, contents);
}

/** @param {string} path @param {Uint8Array} contents */
async function replaceFile(path, contents) {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}`;
  await writeFile(beside, contents, { mode: 0o755 });
  await rename(beside, path);
}

/**
 * Removes the chunks of earlier builds, which nothing names any more.
 *
 * @param {string} folder @param {ReadonlySet<string>} kept @param {number} keepMs
 */
async function removeOthers(folder, kept, keepMs) {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!path.endsWith('.js') || kept.has(path)) continue;
    const builtAt = (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
    if (Date.now() - builtAt >= keepMs) await rm(path, { force: true });
  }
}
