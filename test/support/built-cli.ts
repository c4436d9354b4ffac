import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bundleCli, CLI, root } from '../../scripts/bundle-cli.mjs';

const OUTDIR = '.cache/test-cli';
const TEN_MINUTES_MS = 600_000;

let building: Promise<unknown> | undefined;

/** Bundles the command line once, and with it a player whose simulation fails. */
export async function buildCli(): Promise<void> {
  building ??= bundleCli({
    outdir: OUTDIR,
    entries: { ...CLI, 'cli/failing-player': 'test/support/failing-player.ts' },
    keepMs: TEN_MINUTES_MS,
  });
  await building;
}

/** What `kubereel` runs. */
export const builtCli = join(root, OUTDIR, 'cli/main.js');
export const failingPlayer = join(root, OUTDIR, 'cli/failing-player.js');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  /** Another program than the one that is right. */
  readonly program?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `kubereel` with arguments to its end. */
export function kubereel(args: readonly string[], { program = builtCli, cwd, env }: Surroundings = {}): Ran {
  const { LANG: _, LC_ALL: __, LC_MESSAGES: ___, ...host } = process.env;
  const ran = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...(cwd !== undefined && { cwd }),
    env: { ...host, ...env },
  });
  return { code: ran.status, stdout: ran.stdout, stderr: ran.stderr };
}
