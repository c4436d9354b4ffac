import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Layout, Slot } from '../layout.ts';
import type { LineRoom } from '../line.ts';
import type { Seen } from '../panes/seen.ts';
import type { StoryLine } from '../story-lines.ts';
import { focusOf } from '../view.ts';
import { PaneSlot } from './pane-slot.tsx';
import { StoryPane } from './story-pane.tsx';

interface Props {
  readonly seen: Omit<Seen, 'isFocus'>;
  readonly layout: Layout;
  readonly story: readonly StoryLine[];
  readonly room: { current: LineRoom };
}

/** The story, and what happens in the cluster meanwhile. */
export function Panes({ seen, layout: { columns, below }, story, room }: Props): ReactNode {
  const focus = focusOf(seen.view);
  const pane = (slot: Slot): ReactNode => {
    const { name, width, height } = slot;
    const isFocus = name === focus;
    if (name === 'story')
      return <StoryPane key={name} title={seen.words.story} lines={story} {...{ isFocus, width, height }} />;
    return <PaneSlot key={name} seen={{ ...seen, isFocus }} slot={{ ...slot, name }} room={room} />;
  };
  return (
    <Box flexDirection="column">
      <Box columnGap={1}>
        {columns.map((column) => (
          <Box key={column.map(({ name }) => name).join()} flexDirection="column">
            {column.map(pane)}
          </Box>
        ))}
      </Box>
      {below && pane(below)}
    </Box>
  );
}
