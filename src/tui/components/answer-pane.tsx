import type { ReactNode } from 'react';
import type { AnswerLine } from '../answer-lines.ts';
import { Words } from '../theme.tsx';
import { Pane } from './pane.tsx';

interface Props {
  /** What was asked. */
  readonly line: string;
  readonly lines: readonly AnswerLine[];
  /** How many lines of it stand above. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What the cluster answers where the reader stands; what is new since the place before is marked. */
export function AnswerPane({ line, lines, top, width, height }: Props): ReactNode {
  const shown = lines.slice(top, top + height - 1);
  const below = lines.length - top - shown.length;
  const others = [...(top > 0 ? [`↑ ${top}`] : []), ...(below > 0 ? [`↓ ${below}`] : [])];
  return (
    <Pane title={[line, ...others].join('  ')} width={width} height={height}>
      {shown.map(({ text, tone }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen.
        <Words key={index} tone={tone}>
          {text}
        </Words>
      ))}
    </Pane>
  );
}
