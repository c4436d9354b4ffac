import type { Branch, Travels } from '../replay/player/travels.ts';
import { typedIn } from '../replay/typed.ts';
import { formatClock } from '../report/clock.ts';
import { firstLine } from '../report/entry-line.ts';
import { printable } from '../report/printable.ts';
import type { BranchingWords } from '../words/screen-words.ts';
import { alignedRows } from './columns.ts';

/** A row for each branch: where one is, its name, which one it left and when, and what was typed last. */
export function branchRows({ branches, current }: Travels, words: BranchingWords): readonly string[] {
  return alignedRows(
    branches.map((branch) => {
      const { name, from } = branch;
      return [
        name === current ? ' ●' : '  ',
        name,
        from ? words.leftAt(from.name, formatClock(branch.timeline.timeOf(from.at))) : words.opened,
        lastTyped(branch),
      ];
    }),
  );
}

function lastTyped({ timeline, fork }: Branch): string {
  const typed = fork?.typed ?? typedIn(timeline, timeline.entries.length);
  const line = typed.at(-1)?.line;
  return line === undefined ? '' : `$ ${printable(firstLine(line))}`;
}
