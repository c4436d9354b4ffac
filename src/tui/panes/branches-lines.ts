import { branchRows } from '../branch-rows.ts';
import type { Box } from '../layout.ts';
import { lineOf, type PaneBody, windowFrom } from '../line.ts';
import type { Seen } from './seen.ts';

/** All branches, a line each, with the chosen one marked. */
export function branchesLines({ travels, view, words }: Seen, { height }: Box): PaneBody {
  const chosen = view.branch ?? travels.current;
  const at = travels.branches.findIndex(({ name }) => name === chosen);
  const rows = branchRows(travels, words.branching);
  const from = windowFrom(rows.length, at, height - 1);
  const lines = rows.map((row, index) => lineOf(row, index === at ? 'current' : 'plain'));
  return { title: words.branching.title, lines: lines.slice(from, from + height - 1) };
}
