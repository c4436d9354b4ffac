import { playedInAll } from '../replay/seek.ts';
import { walkedOf } from '../report/walked.ts';
import type { Slot } from './layout.ts';
import { type Line, type LineRoom, NO_ROOM, type PaneBody } from './line.ts';
import type { PaneName } from './pane-names.ts';
import { paneBody } from './panes/pane-body.ts';
import type { Seen } from './panes/seen.ts';
import type { StoryLine } from './story-lines.ts';
import { shownStory } from './story-pane.ts';
import { titledPane } from './titled-pane.ts';
import type { Keep } from './use-kept.ts';
import { focusOf } from './view.ts';

/** The lines of the pane of a slot. */
export function paneLinesOf({ seen, story, room, colours, keep }: Kept): (slot: Slot) => readonly Line[] {
  const { timeline, player, view, words, travels } = seen;
  const { cursor, clock, played, selected, detailed, bookmarks } = player;
  const focus = focusOf(view);
  return (slot) => {
    const { name, width, height, others } = slot;
    const isFocus = name === focus;
    const frame = { width, height, isFocus };
    if (name === 'story')
      return titledPane({ ...frame, title: words.story, lines: shownStory(story, colours) });
    // Of the clock only its seconds count, and in the lanes its cell.
    const when = [cursor, Math.floor(clock / SECOND_MS), name === 'lanes' ? cellOf(played, seen, width) : 0];
    const grown = [timeline, timeline.entries.length, timeline.complete, walkedOf(timeline).upTo];
    const branches = name === 'branches' || name === 'answer' ? sizeOfBranches(travels) : '';
    const look = [selected, detailed, bookmarks, view, words, isFocus, width, height, others.join()];
    const { body, lines } = keep(name, [...when, ...grown, branches, ...look], () => {
      const made = paneBody(name, { ...seen, isFocus }, { width, height });
      const titles = others.flatMap((other) => titleOf(other, words));
      return { body: made, lines: titledPane({ ...frame, ...made, others: titles }) };
    });
    if (isFocus) room.current = body.room ?? NO_ROOM;
    return lines;
  };
}

export interface ShownPanes {
  readonly seen: Omit<Seen, 'isFocus'>;
  readonly story: readonly StoryLine[];
  /** Takes note of how far one can go by lines, in the pane where the reader is. */
  readonly room: { current: LineRoom };
}

export interface MadePane {
  readonly body: PaneBody;
  readonly lines: readonly Line[];
}

/** Ages are told in seconds, so that while time goes by a pane is not made anew more often. */
const SECOND_MS = 1000;

interface Kept extends ShownPanes {
  readonly colours: boolean;
  readonly keep: Keep<MadePane>;
}

function cellOf(played: number, { timeline }: Pick<Seen, 'timeline'>, width: number): number {
  return Math.floor((played / Math.max(1, playedInAll(timeline))) * width);
}

function titleOf(other: PaneName, words: Seen['words']): readonly string[] {
  return other === 'answer' || other === 'branches' ? [] : [words[other]];
}

/** What of the branches is told beside the one where the reader is. */
function sizeOfBranches({ branches, current }: Seen['travels']): string {
  return branches.map(({ name, timeline }) => `${name} ${timeline.entries.length}`).join() + current;
}
