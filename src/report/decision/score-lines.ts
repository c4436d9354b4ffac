import type { PluginScores, Scored } from '../../cluster/scheduler/choose-node.ts';
import { cellsOf } from '../cells.ts';
import type { DecisionWords } from './decision-words.ts';

interface Compared {
  /** The nodes' names, in the order of their scores. */
  readonly names: readonly string[];
  readonly chosen: string;
}

/** Nodes whose scores stand side by side. */
const MOST_NODES = 4;

/**
 * The scores as a table: a line for each plugin, a column for each of the best nodes. `5 → 40` is what was
 * counted, and what that is from 0 to 100; the sum is of the latter by their weights.
 */
export function scoreLines(
  { plugins, totals }: Scored,
  { names, chosen }: Compared,
  words: DecisionWords,
): readonly string[] {
  const order = names.map((_name, index) => index);
  const rank = (index: number): number =>
    names[index] === chosen ? Number.POSITIVE_INFINITY : (totals[index] ?? 0);
  const best = order
    .toSorted((a, b) => (rank(a) === rank(b) ? a - b : rank(b) - rank(a)))
    .slice(0, MOST_NODES);
  const table: string[][] = [
    ['', ...best.map((index) => names[index] ?? '')],
    ...plugins.map((plugin) => [
      `${plugin.plugin} ×${plugin.weight}`,
      ...best.map((index) => scoreText(plugin, index)),
    ]),
    [words.total, ...best.map((index) => String(totals[index] ?? 0))],
  ];
  return [words.scores(best.length, names.length), ...aligned(table)];
}

function scoreText({ raw, normalized }: PluginScores, index: number): string {
  const counted = raw[index] ?? 0;
  return normalized ? `${counted} → ${normalized[index] ?? 0}` : String(counted);
}

function aligned(table: readonly (readonly string[])[]): readonly string[] {
  const widths = (table[0] ?? []).map((_cell, column) =>
    Math.max(...table.map((row) => cellsOf(row[column] ?? ''))),
  );
  return table.map((row) => {
    const cells = row.map((cell, column) => {
      const space = ' '.repeat((widths[column] ?? 0) - cellsOf(cell));
      return column === 0 ? `${cell}${space}` : `${space}${cell}`;
    });
    return `  ${cells.join('  ')}`.trimEnd();
  });
}
