import { type ReactNode, useMemo } from 'react';
import type { Player } from '../../replay/player/player.ts';
import { momentOf } from '../../replay/seek.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { cellAt, scrubberLine, scrubberWidths } from '../scrubber-line.ts';
import { Words } from '../theme.tsx';

interface Props {
  readonly timeline: Timeline;
  readonly player: Player;
  readonly width: number;
}

/**
 * The whole run in one line, as long as it plays: what is past, where one stands, where steps begin and
 * where something went wrong.
 */
export function Scrubber({ timeline, player, width }: Props): ReactNode {
  const { duration, complete } = timeline;
  const scrubbed = { clock: player.clock, duration, complete, width };
  const { cells } = scrubberWidths(scrubbed);
  const marks = useMarks(timeline, cells, player.bookmarks);
  const here = cellAt(timeline, cells, player.played);
  const line = scrubberLine(scrubbed, (cell) => {
    if (cell === here) return '●';
    return marks.get(cell) ?? (cell < here ? '━' : '─');
  });
  return <Words>{line}</Words>;
}

/**
 * Where steps begin, on top of it where something went wrong, and the reader's own marks; looked for again
 * only when there is more.
 */
function useMarks(
  timeline: Timeline,
  cells: number,
  bookmarks: readonly number[],
): ReadonlyMap<number, string> {
  const { steps, warnings, stops } = timeline;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lists grow, and are the same objects.
  return useMemo(() => {
    const marks = new Map<number, string>();
    const put = (mark: string, seq: number): void => {
      marks.set(cellAt(timeline, cells, momentOf(timeline, seq).played), mark);
    };
    for (const seq of steps) put('┿', seq);
    for (const seq of warnings) put('!', seq);
    for (const seq of bookmarks) put('◆', seq);
    return marks;
  }, [timeline, cells, stops.length, bookmarks]);
}
