import { vi } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { quitWithoutReader } from '../../src/cli/write-out.ts';
import type { Ran } from './built-cli.ts';

/** Runs `kubereel` with arguments to its end, in this process: for commands that only read and print. */
export async function ran(...args: readonly string[]): Promise<Ran> {
  const printed = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((piece: string | Uint8Array) => {
      printed[stream] += piece;
      return true;
    }),
  );
  try {
    return { code: await runProgram(args), ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.stdout.removeListener('error', quitWithoutReader);
  }
}
