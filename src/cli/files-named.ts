import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, normalize } from 'node:path';
import type { Files } from '../cluster/clients/files.ts';
import { pathsNamed } from '../scenario/language/used-files.ts';
import { BadInput } from './exit.ts';

/** More than that is no manifest. */
const MAX_BYTES = 8 * 1024 * 1024;

/** The files of the host's folder that lines name, and the manifests in folders that they name. */
export function filesNamedIn(lines: readonly string[]): Files {
  const files: Record<string, string> = {};
  for (const path of new Set(lines.flatMap(pathsNamed))) {
    const found = isBelow(path) ? statSync(path, { throwIfNoEntry: false }) : undefined;
    if (found?.isFile()) files[keyOf(path)] = textOf(path);
    if (!found?.isDirectory()) continue;
    for (const name of readdirSync(path).sort()) {
      const file = join(path, name);
      if (/\.(ya?ml|json)$/.test(name) && statSync(file).isFile()) files[keyOf(file)] = textOf(file);
    }
  }
  return files;
}

/** What lies elsewhere is not there for whoever types in this folder. */
function isBelow(path: string): boolean {
  const whole = normalize(path);
  return whole !== '.' && !/^(?:\.\.(?:[/\\]|$)|[/\\]|[a-zA-Z]:)/.test(whole);
}

function keyOf(path: string): string {
  return normalize(path).replaceAll('\\', '/').replace(/\/$/, '');
}

function textOf(path: string): string {
  if (statSync(path).size > MAX_BYTES) throw new BadInput(({ wrong }) => wrong.tooLarge(path));
  return readFileSync(path, 'utf8');
}
