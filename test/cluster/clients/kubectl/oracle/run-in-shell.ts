import { execFile } from 'node:child_process';
import type { Printed } from './transcript.ts';

const PATIENCE_MS = 60_000;

/** What a line prints in a real bash, with nothing on its input. */
export function runInShell(line: string, cwd: string, env: Record<string, string>): Promise<Printed> {
  return new Promise((resolve) => {
    const options = { cwd, env, timeout: PATIENCE_MS, maxBuffer: 1 << 26 };
    const child = execFile('/bin/bash', ['--norc', '-c', line], options, (failure, stdout, stderr) => {
      const exitCode = typeof failure?.code === 'number' ? failure.code : failure === null ? 0 : -1;
      resolve({ line, stdout, stderr, exitCode });
    });
    child.stdin?.end();
  });
}
