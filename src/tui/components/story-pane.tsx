import { Text } from 'ink';
import type { ReactNode } from 'react';
import type { StoryLine } from '../story-lines.ts';
import { Pane } from './pane.tsx';

interface Props {
  readonly lines: readonly StoryLine[];
  readonly width: number;
  readonly height: number;
}

/** What is told, typed and printed; the newest at the bottom. */
export function StoryPane({ lines, width, height }: Props): ReactNode {
  const visible = lines.slice(-(height - 1));
  const first = lines.length - visible.length;
  return (
    <Pane title="Story" width={width} height={height}>
      {visible.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the story.
        <StyledLine key={first + index} line={line} />
      ))}
    </Pane>
  );
}

function StyledLine({ line: { kind, text } }: { readonly line: StoryLine }): ReactNode {
  const shown = text === '' ? ' ' : text;
  switch (kind) {
    case 'command':
      return (
        <Text bold color="cyan" wrap="truncate-end">
          {shown}
        </Text>
      );
    case 'met':
      return (
        <Text color="green" wrap="truncate-end">
          {shown}
        </Text>
      );
    case 'missed':
      return (
        <Text color="red" wrap="truncate-end">
          {shown}
        </Text>
      );
    case 'notice':
      return (
        <Text color="yellow" wrap="truncate-end">
          {shown}
        </Text>
      );
    case 'step':
      return (
        <Text bold wrap="truncate-end">
          {shown}
        </Text>
      );
    default:
      return <Text wrap="truncate-end">{shown}</Text>;
  }
}
