/** `npm start`: plays the first scenario from the sources as they are, with nothing built before. */
import { pathToFileURL } from 'node:url';
import { bundleCli, cliPath } from './bundle-cli.mjs';

await bundleCli();
const asked = process.argv.slice(2);
process.argv = [process.execPath, cliPath, ...(asked.length > 0 ? asked : ['play', 'liveness-failure'])];
await import(pathToFileURL(cliPath).href);
