import { Box } from 'ink';
import type { ReactNode } from 'react';
import { Words } from '../theme.tsx';
import { titleLine } from '../title-line.ts';

interface Props {
  readonly title: string;
  /** Other panes that could stand here. */
  readonly others?: readonly string[];
  /** The reader is in it. */
  readonly isFocus?: boolean;
  readonly width: number;
  readonly height: number;
  readonly children: ReactNode;
}

/** A titled part of the screen: one line of title, the rest is its content, cut to size. */
export function Pane({ title, others = [], isFocus = false, width, height, children }: Props): ReactNode {
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <Words tone={isFocus ? 'strong' : 'faint'}>{titleLine(title, width, { others, isFocus })}</Words>
      {children}
    </Box>
  );
}
