import { type ReactNode, useMemo } from 'react';
import type { Player } from '../../replay/player/player.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { walkedOf } from '../../report/walked.ts';
import type { Segment } from '../line.ts';
import { cellAt, scrubberEnds, scrubberWidths } from '../scrubber-line.ts';
import { MARKS, type MarkKind, marksOf } from '../scrubber-marks.ts';
import { Pieces } from '../theme.tsx';

interface Props {
  readonly timeline: Timeline;
  readonly player: Player;
  readonly width: number;
}

/**
 * The whole run in one line, as long as it plays: what is past, where one stands, where steps begin, where
 * something went wrong, and where what the reader follows has changed.
 */
export function Scrubber({ timeline, player, width }: Props): ReactNode {
  const { duration, complete } = timeline;
  const scrubbed = { clock: player.clock, duration, complete, width };
  const { cells } = scrubberWidths(scrubbed);
  const marks = useMarks(timeline, cells, player);
  const here = cellAt(timeline, cells, player.played);
  const { head, tail } = scrubberEnds(scrubbed);
  const bar = Array.from({ length: cells }, (_, cell): Segment => {
    const kind: MarkKind | undefined = cell === here ? 'here' : marks.get(cell);
    if (kind === undefined) return { text: cell < here ? '━' : '─' };
    return { text: MARKS[kind].glyph, tone: MARKS[kind].tone };
  });
  return <Pieces line={[{ text: head }, ...merged(bar), { text: tail }]} />;
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
