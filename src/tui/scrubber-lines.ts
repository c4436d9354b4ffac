import { type Branch, branchNamed, currentBranch, type Travels } from '../replay/player/travels.ts';
import { momentOf, playedInAll } from '../replay/seek.ts';
import type { Timeline } from '../replay/timeline.ts';
import { cutToCells, padded } from './columns.ts';
import type { Line, Segment } from './line.ts';
import { cellAt, scrubberEnds, scrubberWidths } from './scrubber-line.ts';
import { MARKS, type MarkKind } from './scrubber-marks.ts';

/** The marks of a branch on a time line of so many cells. */
export type MarksOf = (branch: Branch, cells: number) => ReadonlyMap<number, MarkKind>;

/**
 * The whole run in one line, as long as it plays: what is past, where one stands, where steps begin, where
 * something went wrong, and where what the reader follows has changed. A branch has its line below that of
 * the log that it left.
 */
export function scrubberLines(travels: Travels, width: number, marksOf: MarksOf): readonly Line[] {
  const branch = currentBranch(travels);
  const parent = branch.from && branchNamed(travels.branches, branch.from.name);
  return parent ? forkedLines({ branch, parent, width }, marksOf) : [wholeLine(branch, width, marksOf)];
}

/** How many lines it takes. */
export function scrubberRows({ branches, current }: Travels): number {
  return branchNamed(branches, current)?.from ? 2 : 1;
}

function wholeLine(branch: Branch, width: number, marksOf: MarksOf): Line {
  const { timeline, player } = branch;
  const { duration, complete } = timeline;
  const scrubbed = { clock: player.clock, duration, complete, width };
  const { cells } = scrubberWidths(scrubbed);
  const marks = marksOf(branch, cells);
  const here = cellAt(timeline, cells, player.played);
  const { head, tail } = scrubberEnds(scrubbed);
  const bar = barOf(cells, (cell) => {
    const kind: MarkKind | undefined = cell === here ? 'here' : marks.get(cell);
    return kind ? marked(kind) : { text: cell < here ? '━' : '─' };
  });
  return [{ text: head }, ...bar, { text: tail }];
}

interface Forked {
  readonly branch: Branch;
  readonly parent: Branch;
  readonly width: number;
}

/** The log that was left, and below it the branch from where it left it, both to the branch's scale. */
function forkedLines({ branch, parent, width }: Forked, marksOf: MarksOf): readonly Line[] {
  const { timeline, player, from } = branch;
  const { duration, complete } = timeline;
  const scrubbed = { clock: player.clock, duration, complete, width };
  const { cells } = scrubberWidths(scrubbed);
  const cellOf = (played: number): number => cellAt(timeline, cells, played);
  const place = momentOf(timeline, from?.at ?? 0).played;
  const [fork, here] = [cellOf(place), cellOf(player.played)];
  const length = lengthBeside(parent.timeline, timeline, cells);
  const isShared = player.played < place;
  const above = marksOf(parent, length);
  const below = marksOf(branch, cells);
  const parentBar = barOf(cells, (cell) => {
    if (isShared && cell === here) return marked('here');
    if (cell === fork) return { text: '┬' };
    if (cell >= length) return { text: ' ' };
    const kind = above.get(cell);
    return kind ? marked(kind) : { text: cell < Math.min(here, fork) ? '━' : '─', tone: 'faint' };
  });
  const ownBar = barOf(cells, (cell) => {
    if (cell < fork) return { text: ' ' };
    if (!isShared && cell === here) return marked('here');
    if (cell === fork) return { text: '╰' };
    const kind = below.get(cell);
    return kind ? marked(kind) : { text: cell < here ? '━' : '─' };
  });
  const { head, tail } = scrubberEnds(scrubbed);
  const name = ` ${padded(cutToCells(parent.name, head.length - 2), head.length - 2)} `;
  const parentTail = scrubberEnds({ ...scrubbed, ...lengthOf(parent.timeline) }).tail;
  return [
    [{ text: name, tone: 'faint' }, ...parentBar, { text: parentTail, tone: 'faint' }],
    [{ text: head }, ...ownBar, { text: tail }],
  ];
}

/** How many cells a log takes to the scale of another, which takes so many: one much longer is cut. */
function lengthBeside(timeline: Timeline, other: Timeline, cells: number): number {
  const part = playedInAll(timeline) / Math.max(1, playedInAll(other));
  return Math.max(1, Math.round(Math.min(part, MOST_TIMES) * cells));
}

const MOST_TIMES = 20;

function lengthOf({ duration, complete }: Timeline): Pick<Timeline, 'duration' | 'complete'> {
  return { duration, complete };
}

function marked(kind: MarkKind): Segment {
  return { text: MARKS[kind].glyph, tone: MARKS[kind].tone };
}

/** Pieces that look the same are one. */
function barOf(cells: number, markOf: (cell: number) => Segment): readonly Segment[] {
  const runs: { text: string; tone: Segment['tone'] }[] = [];
  for (let cell = 0; cell < cells; cell++) {
    const { text, tone } = markOf(cell);
    const last = runs.at(-1);
    if (last && last.tone === tone) last.text += text;
    else runs.push({ text, tone });
  }
  return runs.map(({ text, tone }) => ({ text, ...(tone && { tone }) }));
}
