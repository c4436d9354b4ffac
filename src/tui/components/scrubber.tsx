import { Box } from 'ink';
import { type ReactNode, useMemo } from 'react';
import type { Player } from '../../replay/player/player.ts';
import { type Branch, branchNamed, currentBranch, type Travels } from '../../replay/player/travels.ts';
import { momentOf, playedInAll } from '../../replay/seek.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { walkedOf } from '../../report/walked.ts';
import { cutToCells, padded } from '../columns.ts';
import type { Segment } from '../line.ts';
import { cellAt, scrubberEnds, scrubberWidths } from '../scrubber-line.ts';
import { MARKS, type MarkKind, marksOf } from '../scrubber-marks.ts';
import { Pieces } from '../theme.tsx';

interface Props {
  readonly travels: Travels;
  readonly width: number;
}

/**
 * The whole run in one line, as long as it plays: what is past, where one stands, where steps begin, where
 * something went wrong, and where what the reader follows has changed. A branch has its line below that of
 * the log that it left.
 */
export function Scrubber({ travels, width }: Props): ReactNode {
  const branch = currentBranch(travels);
  const parent = branch.from && branchNamed(travels.branches, branch.from.name);
  return parent ? <Forked {...{ branch, parent, width }} /> : <Whole {...{ branch, width }} />;
}

/** How many lines it takes. */
export function scrubberRows({ branches, current }: Travels): number {
  return branchNamed(branches, current)?.from ? 2 : 1;
}

interface LineProps {
  readonly branch: Branch;
  readonly width: number;
}

function Whole({ branch: { timeline, player }, width }: LineProps): ReactNode {
  const { duration, complete } = timeline;
  const scrubbed = { clock: player.clock, duration, complete, width };
  const { cells } = scrubberWidths(scrubbed);
  const marks = useMarks(timeline, cells, player);
  const here = cellAt(timeline, cells, player.played);
  const { head, tail } = scrubberEnds(scrubbed);
  const bar = barOf(cells, (cell) => {
    const kind: MarkKind | undefined = cell === here ? 'here' : marks.get(cell);
    return kind ? marked(kind) : { text: cell < here ? '━' : '─' };
  });
  return <Pieces line={[{ text: head }, ...bar, { text: tail }]} />;
}

/** The log that was left, and below it the branch from where it left it, both to the branch's scale. */
function Forked({ branch, parent, width }: LineProps & { readonly parent: Branch }): ReactNode {
  const { timeline, player, from } = branch;
  const { duration, complete } = timeline;
  const scrubbed = { clock: player.clock, duration, complete, width };
  const { cells } = scrubberWidths(scrubbed);
  const cellOf = (played: number): number => cellAt(timeline, cells, played);
  const place = momentOf(timeline, from?.at ?? 0).played;
  const [fork, here] = [cellOf(place), cellOf(player.played)];
  const length = lengthBeside(parent.timeline, timeline, cells);
  const isShared = player.played < place;
  const above = useMarks(parent.timeline, length, parent.player);
  const below = useMarks(timeline, cells, player);
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
  return (
    <Box flexDirection="column">
      <Pieces line={[{ text: name, tone: 'faint' }, ...parentBar, { text: parentTail, tone: 'faint' }]} />
      <Pieces line={[{ text: head }, ...ownBar, { text: tail }]} />
    </Box>
  );
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

function barOf(cells: number, markOf: (cell: number) => Segment): readonly Segment[] {
  return merged(Array.from({ length: cells }, (_, cell) => markOf(cell)));
}

/** Looked for again only when there is more. */
function useMarks(
  timeline: Timeline,
  cells: number,
  { bookmarks, selected }: Player,
): ReadonlyMap<number, MarkKind> {
  const { stops } = timeline;
  const { upTo } = walkedOf(timeline);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lists grow, and are the same objects.
  return useMemo(
    () => marksOf(timeline, cells, { bookmarks, ...(selected !== undefined && { selected }) }),
    [timeline, cells, stops.length, timeline.complete, upTo, bookmarks, selected],
  );
}

/** Pieces that look the same are one. */
function merged(pieces: readonly Segment[]): readonly Segment[] {
  const runs: { text: string; tone: Segment['tone'] }[] = [];
  for (const { text, tone } of pieces) {
    const last = runs.at(-1);
    if (last && last.tone === tone) last.text += text;
    else runs.push({ text, tone });
  }
  return runs.map(({ text, tone }) => ({ text, ...(tone && { tone }) }));
}
