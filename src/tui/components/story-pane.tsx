import { Text } from 'ink';
import { type ReactNode, useContext } from 'react';
import type { StoryLine } from '../story-lines.ts';
import { Colours, onOneLine, Words } from '../theme.tsx';
import { CODE_COLOUR } from '../tones.ts';
import { Pane } from './pane.tsx';

interface Props {
  readonly title: string;
  readonly lines: readonly StoryLine[];
  readonly isFocus: boolean;
  readonly width: number;
  readonly height: number;
}

/** What is told, and below it what is typed and printed. */
export function StoryPane({ title, lines, ...frame }: Props): ReactNode {
  return (
    <Pane title={title} {...frame}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen.
        <Line key={index} line={line} />
      ))}
    </Pane>
  );
}

function Line({ line: { tone, text } }: { readonly line: StoryLine }): ReactNode {
  return tone === 'told' && text.includes('`') ? <Told text={text} /> : <Words tone={tone}>{text}</Words>;
}

/** Words with code among them. Where there are no colours, the backticks stay. */
function Told({ text }: { readonly text: string }): ReactNode {
  const colours = useContext(Colours);
  if (!colours) return <Words>{text}</Words>;
  return (
    <Text wrap="truncate-end">
      {text.split('`').map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the line.
        <Text key={index} {...(index % 2 === 1 && { color: CODE_COLOUR })}>
          {onOneLine(part)}
        </Text>
      ))}
    </Text>
  );
}
