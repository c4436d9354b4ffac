import { type ReactNode, useMemo } from 'react';
import { playedInAll } from '../../replay/seek.ts';
import { walkedOf } from '../../report/walked.ts';
import type { Slot } from '../layout.ts';
import { type LineRoom, NO_ROOM } from '../line.ts';
import type { PaneName } from '../pane-names.ts';
import { paneBody } from '../panes/pane-body.ts';
import type { Seen } from '../panes/seen.ts';
import { Pieces } from '../theme.tsx';
import { Pane } from './pane.tsx';

interface Props {
  readonly seen: Seen;
  readonly slot: Slot & { readonly name: Exclude<PaneName, 'story'> };
  /** Takes note of how far one can go by lines, where the reader is in this pane. */
  readonly room: { current: LineRoom };
}

/** Ages are told in seconds, so that while time goes by a pane is not made anew more often. */
const SECOND_MS = 1000;

/** A pane at its place, made anew only where what it is made from is another. */
export function PaneSlot({ seen, slot, room }: Props): ReactNode {
  const { timeline, player, view, words, travels, isFocus } = seen;
  const { name, others, width, height } = slot;
  const { cursor, clock, played, selected, detailed, bookmarks } = player;
  const cell = name === 'lanes' ? Math.floor((played / Math.max(1, playedInAll(timeline))) * width) : 0;
  const second = Math.floor(clock / SECOND_MS);
  const { length } = timeline.entries;
  const { upTo } = walkedOf(timeline);
  const branches = name === 'branches' || name === 'answer' ? sizeOfBranches(travels) : '';
  // Of the clock only its seconds count.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a timeline grows, and is the same object.
  const body = useMemo(
    () => paneBody(name, seen, { width, height }),
    [
      timeline,
      length,
      timeline.complete,
      upTo,
      branches,
      cursor,
      second,
      cell,
      selected,
      detailed,
      bookmarks,
      view,
      words,
      isFocus,
      name,
      width,
      height,
    ],
  );
  if (isFocus) room.current = body.room ?? NO_ROOM;
  return (
    <Pane
      title={body.title}
      others={others.flatMap((other) => (other === 'answer' || other === 'branches' ? [] : words[other]))}
      {...{ isFocus, width, height }}
    >
      {body.lines.slice(0, height - 1).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen.
        <Pieces key={index} line={line} />
      ))}
    </Pane>
  );
}

/** What of the branches is told beside the one where the reader is. */
function sizeOfBranches({ branches, current }: Seen['travels']): string {
  return branches.map(({ name, timeline }) => `${name} ${timeline.entries.length}`).join() + current;
}
