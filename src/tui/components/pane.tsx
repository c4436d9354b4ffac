import { Box, Text } from 'ink';
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly children: ReactNode;
}

/** A titled part of the screen: one line of title, the rest is its content, cut to size. */
export function Pane({ title, width, height, children }: Props): ReactNode {
  const rule = '─'.repeat(Math.max(0, width - title.length - 4));
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <Text dimColor wrap="truncate-end">{`─ ${title} ${rule}`}</Text>
      {children}
    </Box>
  );
}
