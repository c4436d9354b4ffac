import { checkpointsOf } from '../replay/checkpoints.ts';
import { changesOf } from '../replay/object-changes.ts';
import type { Player } from '../replay/player/player.ts';
import type { Timeline } from '../replay/timeline.ts';
import { hasBetween, placesOfCells } from '../report/time-cells.ts';
import { walkedOf } from '../report/walked.ts';
import type { Tone } from './tones.ts';

/** What a time line is marked with; where two are at one place, the later one of these is shown. */
export const MARK_KINDS = ['step', 'change', 'warning', 'fault', 'checkpoint', 'bookmark', 'here'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

export const MARKS: Readonly<Record<MarkKind, { readonly glyph: string; readonly tone: Tone }>> = {
  step: { glyph: '┿', tone: 'plain' },
  change: { glyph: '◇', tone: 'command' },
  warning: { glyph: '!', tone: 'warning' },
  fault: { glyph: '✗', tone: 'bad' },
  checkpoint: { glyph: '⚑', tone: 'mark' },
  bookmark: { glyph: '◆', tone: 'mark' },
  here: { glyph: '●', tone: 'strong' },
};

/** The mark of each cell of a time line that has one. What it costs depends on the cells, not on the log. */
export function marksOf(
  timeline: Timeline,
  cells: number,
  { bookmarks, selected }: Pick<Player, 'bookmarks' | 'selected'>,
): ReadonlyMap<number, MarkKind> {
  const listed: readonly (readonly [MarkKind, readonly number[]])[] = [
    ['step', timeline.steps],
    ['change', selected === undefined ? [] : changesOf(timeline, { key: selected })],
    ['warning', timeline.warnings],
    ['fault', walkedOf(timeline).faults],
    ['checkpoint', checkpointsOf(timeline).map(({ seq }) => seq)],
    ['bookmark', bookmarks],
  ];
  const marks = new Map<number, MarkKind>();
  let from = 0;
  for (const [cell, to] of placesOfCells(timeline, cells).entries()) {
    for (const [kind, seqs] of listed) if (hasBetween(seqs, from, to)) marks.set(cell, kind);
    from = to;
  }
  return marks;
}
