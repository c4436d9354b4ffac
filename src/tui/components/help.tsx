import { Box } from 'ink';
import type { ReactNode } from 'react';
import { inLanguage } from '../../replay/story.ts';
import { padded } from '../columns.ts';
import { BINDINGS } from '../keymap.ts';
import { Words } from '../theme.tsx';
import type { ScreenWords } from '../words.ts';
import { Pane } from './pane.tsx';

interface Props {
  readonly words: ScreenWords;
  readonly language: string;
  readonly width: number;
  readonly height: number;
}

/** All keys, and what the marks mean. */
export function Help({ words, language, width, height }: Props): ReactNode {
  const lines = BINDINGS.map(({ keys, does }) => `${padded(keys, 6)} ${inLanguage(does, language)}`);
  const half = Math.ceil(lines.length / 2);
  return (
    <Pane title={words.help} width={width} height={height}>
      {lines.slice(0, half).map((line, index) => (
        <Words key={line}>{` ${padded(line, Math.floor(width / 2) - 2)} ${lines[half + index] ?? ''}`}</Words>
      ))}
      <Box marginTop={1} flexDirection="column">
        {words.legend.map((line) => (
          <Words key={line}>{` ${line}`}</Words>
        ))}
      </Box>
    </Pane>
  );
}
