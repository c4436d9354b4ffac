/** `npm start`: plays the first scenario from the sources as they are, with nothing built before. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
// What `bundle-cli.mjs` builds, which is loaded only when something must be built.
const cliPath = join(root, 'dist/cli/main.js');

if (builtAt() <= changedAt()) await (await import('./bundle-cli.mjs')).bundleCli();
const asked = process.argv.slice(2);
process.argv = [process.execPath, cliPath, ...(asked.length > 0 ? asked : ['play', 'liveness-failure'])];
await import(pathToFileURL(cliPath).href);

function builtAt() {
  return statSync(cliPath, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** When anything that is built from was written last; a file that is gone has changed its folder. */
function changedAt() {
  const sources = join(root, 'src');
  const below = readdirSync(sources, { recursive: true }).map((path) => join(sources, String(path)));
  const others = ['scripts/bundle-cli.mjs', 'package.json', 'package-lock.json', 'node_modules'];
  const all = [sources, ...below, ...others.map((path) => join(root, path))];
  return Math.max(...all.map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0));
}
