import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { bundleCli, cliPath } from '../../scripts/bundle-cli.mjs';
import type { Benchmark } from '../benchmark.ts';

/** From the start of the process to the first text on a terminal, of the player and of Node alone. */
export const firstFrame: Benchmark = {
  name: 'first-frame',
  metrics: { first_frame_ms: 'ms', first_frame_node_ms: 'ms', version_ms: 'ms' },
  async run() {
    await bundleCli();
    return {
      first_frame_ms: await firstTextMs(`'${cliPath}' play liveness-failure`),
      first_frame_node_ms: await firstTextMs(`-e 'process.stdout.write("node")'`),
      version_ms: await firstTextMs(`'${cliPath}' --version`),
    };
  },
};

const TIMEOUT_MS = 20_000;

/** Runs node in a pseudo-terminal (util-linux `script`) until it has written a letter. */
function firstTextMs(nodeArguments: string): Promise<number> {
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
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (/\w/.test(stripVTControlCharacters(output))) finish(performance.now() - from);
    });
    child.on('exit', () => finish(new Error(`ended without any text: ${nodeArguments}`)));
  });
}
