import { execFile } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

export interface Kubectl {
  readonly path: string;
  readonly minor: number;
}

const run = promisify(execFile);

/**
 * The kubectls of this machine, the oldest first: those that KUBECTLS names, `kubectl` on the PATH, and what
 * lies beside it as `kubectl.1.33`.
 */
export async function findKubectls(): Promise<readonly Kubectl[]> {
  const named = (process.env['KUBECTLS'] ?? '').split(delimiter).filter((path) => path !== '');
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const own = folders.map((folder) => join(folder, 'kubectl')).filter((path) => existsSync(path));
  const beside = [...new Set(own.flatMap((path) => [dirname(path), dirname(realpathSync(path))]))].flatMap(
    (folder) =>
      readdirSync(folder)
        .filter((name) => /^kubectl\.1\.\d+$/.test(name))
        .map((name) => join(folder, name)),
  );
  const found = new Map<number, Kubectl>();
  for (const path of [...named, ...own, ...beside]) {
    const minor = await minorOf(path);
    if (minor !== undefined && !found.has(minor)) found.set(minor, { path, minor });
  }
  return [...found.values()].sort((a, b) => a.minor - b.minor);
}

async function minorOf(path: string): Promise<number | undefined> {
  try {
    const { stdout } = await run(path, ['version', '--client', '-o', 'json']);
    const { clientVersion } = JSON.parse(stdout) as { clientVersion: { minor: string } };
    return Number.parseInt(clientVersion.minor, 10);
  } catch {
    return undefined;
  }
}

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a kubectl with a kubeconfig, in a folder, to its end. */
export async function kubectl(
  { path }: Kubectl,
  args: readonly string[],
  { kubeconfig, folder }: { readonly kubeconfig: string; readonly folder: string },
): Promise<Said> {
  // An editor that knows what is wanted.
  const EDITOR = 'sed -i s/green/blue/';
  const PATH = process.env['PATH'] ?? '';
  const env = { PATH, HOME: folder, KUBECONFIG: kubeconfig, EDITOR, TZ: 'UTC', LANG: 'C' };
  try {
    const { stdout, stderr } = await run(path, [...args], { cwd: folder, env, timeout: 60_000 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const {
      code = 1,
      stdout = '',
      stderr = '',
    } = error as { code?: number; stdout?: string; stderr?: string };
    return { code, stdout, stderr };
  }
}
