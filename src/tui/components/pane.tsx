import { Box } from 'ink';
import type { ReactNode } from 'react';
import stringWidth from 'string-width';
import { Words } from '../theme.tsx';

interface Props {
  readonly title: string;
  /** Other panes that could stand here. */
  readonly others?: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly children: ReactNode;
}

/** A titled part of the screen: one line of title, the rest is its content, cut to size. */
export function Pane({ title, others = [], width, height, children }: Props): ReactNode {
  const turn = others.length > 0 ? ` tab: ${others.join(', ')} ─` : '';
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <Words tone="faint">{titleLine(title, width, turn)}</Words>
      {children}
    </Box>
  );
}

/** `─ Title ──────── end`, as wide as it is to be. */
export function titleLine(title: string, width: number, end = ''): string {
  const rule = '─'.repeat(Math.max(0, width - stringWidth(title) - stringWidth(end) - 3));
  return `─ ${title} ${rule}${end}`;
}
