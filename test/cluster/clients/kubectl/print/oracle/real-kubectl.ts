import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = process.env['KUBECTL_FOLDER'];

/** The versions that the stored answers were asked of. */
export const MINORS = [27, 30, 31, 33] as const;

/** Whether the environment variable KUBECTL_FOLDER names a folder with `kubectl.1.27` and so on. */
export const hasKubectl =
  folder !== undefined && MINORS.every((minor) => existsSync(join(folder, `kubectl.1.${minor}`)));

export interface Answer {
  readonly out: string;
  readonly err: string;
}

/** What a real kubectl prints. It reads no configuration and leaves nothing behind. */
export function askKubectl(minor: number, args: readonly string[], input = ''): Promise<Answer> {
  const home = mkdtempSync(join(tmpdir(), 'kubectl-'));
  const env = { HOME: home, KUBECONFIG: '/dev/null', TZ: 'UTC' };
  return new Promise((resolve) => {
    const child = execFile(
      join(folder ?? '', `kubectl.1.${minor}`),
      [...args],
      { env, maxBuffer: 1 << 26 },
      (_, out, err) => {
        rmSync(home, { recursive: true, force: true });
        resolve({ out, err });
      },
    );
    child.stdin?.end(input);
  });
}
