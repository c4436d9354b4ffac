import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { bundleCli, cliPath } from '../../scripts/bundle-cli.mjs';
import type { Benchmark } from '../benchmark.ts';

const PLAYER = `'${cliPath}' play liveness-failure`;

/**
 * From the start of the process to what a person at a terminal sees: the first scene, told; the player, which
 * answers a key that was pressed at once; and beside them a word of Node alone.
 */
export const firstFrame: Benchmark = {
  name: 'first-frame',
  metrics: {
    first_frame_ms: 'ms',
    first_frame_node_ms: 'ms',
    first_frame_ratio: 'x node',
    player_ready_ms: 'ms',
  },
  async run() {
    await bundleCli();
    const node = await shownMs(`-e 'process.stdout.write("node")'`, { shows: 'node' });
    const frame = await shownMs(PLAYER, { shows: 'A process can run and still be of no use' });
    return {
      first_frame_ms: frame,
      first_frame_node_ms: node,
      first_frame_ratio: frame / node,
      player_ready_ms: await shownMs(PLAYER, { keys: '?', shows: ' Keys ━' }),
    };
  },
};

/**
 * From the start of the process to what it prints where nothing is played; beside it a word of Node alone.
 */
export const help: Benchmark = {
  name: 'help',
  metrics: { help_ms: 'ms', help_node_ms: 'ms', help_ratio: 'x node', version_ms: 'ms' },
  async run() {
    await bundleCli();
    const node = await shownMs(`-e 'process.stdout.write("node")'`, { shows: 'node' });
    const shown = await shownMs(`'${cliPath}' --help`, { shows: 'Scenarios:' });
    const version = await shownMs(`'${cliPath}' --version`, { shows: '.' });
    return { help_ms: shown, help_node_ms: node, help_ratio: shown / node, version_ms: version };
  },
};

const TIMEOUT_MS = 20_000;

interface Watched {
  /** What is waited for. */
  readonly shows: string;
  /** What is typed as soon as the program has written anything. */
  readonly keys?: string;
}

/** Runs node in a pseudo-terminal (util-linux `script`) until it has written a text. */
function shownMs(nodeArguments: string, { shows, keys = '' }: Watched): Promise<number> {
  const { CI: _, ...environment } = process.env;
  const command = `stty cols 120 rows 40; exec '${process.execPath}' ${nodeArguments}`;
  const from = performance.now();
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { ...environment, TERM: 'xterm-256color' },
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => finish(new Error(`no text in ${TIMEOUT_MS} ms: ${output}`)), TIMEOUT_MS);
    const finish = (result: number | Error): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      child.stdout.removeAllListeners();
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      if (typeof result === 'number') resolve(result);
      else reject(result);
    };
    child.on('error', finish);
    child.stdout.once('data', () => child.stdin.write(keys));
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (stripVTControlCharacters(output).includes(shows)) finish(performance.now() - from);
    });
    child.on('exit', () => finish(new Error(`ended without its text: ${nodeArguments}`)));
  });
}
