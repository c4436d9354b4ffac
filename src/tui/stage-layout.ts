import { podCountAt } from '../report/pod-rows.ts';
import { type Layout, layoutOf, type Slot } from './layout.ts';
import type { Reader } from './pane-keys.ts';
import type { Size } from './size.ts';

interface Laid extends Size {
  readonly seen: Pick<Reader, 'view' | 'timeline' | 'player'>;
  /** Everything is read out from the first line to the last. */
  readonly isLinear?: boolean;
}

/** Which panes the reader has before him, in the rows between the header and the time line. */
export function stageLayout({
  columns,
  rows,
  seen: { view, timeline, player },
  isLinear = false,
}: Laid): Layout {
  const { recent } = view;
  const room = { columns, rows, recent, isLinear, podsRows: 3 };
  const { isSmall } = layoutOf(room);
  const zoomed = view.zoomed === true || (view.opened === true && isSmall);
  if (!isSmall || zoomed) return layoutOf({ ...room, zoomed });
  return layoutOf({ ...room, podsRows: Math.max(1, podCountAt(timeline, player)) + 2 });
}

/** The story is set even where another pane has its room. */
export function storyBox({ columns }: Layout): Slot {
  const slots = columns.flat();
  const [first] = slots;
  return (
    slots.find(({ name }) => name === 'story') ??
    first ?? { name: 'story', others: [], width: 60, height: 10 }
  );
}
