import { typeInCluster } from '../clients/type-in-cluster.ts';

/** What the last of the lines prints, typed 20 seconds after each other into a cluster of two nodes. */
export function printedAfter(files: Readonly<Record<string, string>>, lines: readonly string[]): string {
  const { commands } = typeInCluster(
    lines.map((line, index) => [1000 + index * 20_000, line] as const),
    { files, until: lines.length * 20_000 + 20_000, nodes: 2 },
  );
  const last = commands.at(-1);
  return `${last?.stdout}${last?.stderr}`;
}
