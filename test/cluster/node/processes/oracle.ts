import { spawnSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a script left behind, whoever ran it. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
  /** Files by path in the directory that it ran in; directories end in a slash, links show their target. */
  readonly files: Readonly<Record<string, string>>;
}

const BUSYBOX = 'busybox';

/**
 * Whether the machine has a busybox, of the release that the scripts were written against: texts differ by
 * release.
 */
export const hasBusybox =
  spawnSync(BUSYBOX, { encoding: 'utf8' }).stdout?.startsWith('BusyBox v1.35.') === true;

/** A directory with links for all applets, so that nothing but busybox is found. */
export function installApplets(): string {
  const directory = mkdtempSync(join(tmpdir(), 'applets-'));
  spawnSync(BUSYBOX, ['--install', '-s', directory]);
  return directory;
}

/** Runs a script by the real `busybox sh` in an empty directory, which it hands over with its path. */
export function runReal(
  script: string,
  applets: string,
): { readonly outcome: Outcome; readonly cwd: string } {
  const cwd = mkdtempSync(join(tmpdir(), 'oracle-'));
  try {
    const env = { PATH: applets, HOME: '/root' };
    const done = spawnSync(join(applets, 'sh'), ['-c', script], {
      argv0: 'sh',
      cwd,
      env,
      timeout: 60_000,
      encoding: 'utf8',
    });
    const { stdout, stderr, status } = done;
    return { outcome: { stdout, stderr, code: status ?? -1, files: listFiles(cwd, '') }, cwd };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

function listFiles(root: string, inside: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const name of readdirSync(join(root, inside)).sort()) {
    const path = join(inside, name);
    const stat = lstatSync(join(root, path));
    if (stat.isSymbolicLink()) files[path] = `-> ${readlinkSync(join(root, path))}`;
    else if (stat.isDirectory()) Object.assign(files, { [`${path}/`]: '' }, listFiles(root, path));
    else if (stat.isFile()) files[path] = readFileSync(join(root, path), 'utf8');
  }
  return files;
}
