import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package: it lies above both the sources and what is built of them. */
export const PACKAGE_ROOT = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'scenarios'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('the package is not whole: its scenarios are missing');
  return findRoot(parent);
}
