/** Builds what is published: the bundled programs, and the licences of the packages that went into them. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { API, bundleCli, CLI, root } from './bundle-cli.mjs';

const inputs = await bundleCli({ entries: { ...CLI, ...API } });
const folders = new Set(inputs.flatMap((input) => input.match(/^node_modules\/(@[^/]+\/)?[^/]+/)?.[0] ?? []));
const notices = await Promise.all([...folders].sort().map(notice));
await writeFile(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), notices.join(`\n${'-'.repeat(80)}\n\n`));

/** @param {string} folder of a package @returns {Promise<string>} its name, version and licence text */
async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
  const file = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(join(root, folder, file), 'utf8') : '';
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
