import { Text } from 'ink';
import type { ReactNode } from 'react';
import { Pane } from './pane.tsx';

interface Props {
  readonly title: string;
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
  /** Index of the line that is the present one. */
  readonly current?: number;
}

/** Plain lines, one of them marked. */
export function LinesPane({ title, lines, width, height, current }: Props): ReactNode {
  return (
    <Pane title={title} width={width} height={height}>
      {lines.slice(0, height - 1).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen.
        <Text key={index} inverse={index === current} wrap="truncate-end">
          {line === '' ? ' ' : line}
        </Text>
      ))}
    </Pane>
  );
}
