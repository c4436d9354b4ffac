import { walkedOf } from '../report/walked.ts';
import type { MarksOf } from './scrubber-lines.ts';
import { type MarkKind, marksOf } from './scrubber-marks.ts';
import { useKept } from './use-kept.ts';

/** The marks of time lines, looked for again only when there is more. */
export function useMarks(): MarksOf {
  const keep = useKept<ReadonlyMap<number, MarkKind>>();
  return ({ name, timeline, player: { bookmarks, selected } }, cells) => {
    const { stops, complete } = timeline;
    const from = [timeline, cells, stops.length, complete, walkedOf(timeline).upTo, bookmarks, selected];
    return keep(name, from, () =>
      marksOf(timeline, cells, { bookmarks, ...(selected !== undefined && { selected }) }),
    );
  };
}
