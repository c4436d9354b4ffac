import { POD_FILES } from '../pods.ts';
import { typeInCluster } from '../type-in-cluster.ts';
import type { TypedAt } from '../type-lines.ts';

/** What the last of the lines printed, when, and how it ended; all files are applied a second in. */
export function lastOf(lines: readonly TypedAt[], options: Parameters<typeof typeInCluster>[1] = {}) {
  const all: readonly TypedAt[] = [[1000, 'kubectl apply -f .'], ...lines];
  const last = typeInCluster(all, { files: POD_FILES, ...options }).commands.at(-1);
  if (last === undefined) throw new Error('nothing was typed');
  const { stdout, stderr, exitCode, typedAt, endedAt = Number.NaN } = last;
  return { stdout, stderr, exitCode, seconds: (endedAt - typedAt) / 1000 };
}
