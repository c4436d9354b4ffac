import { Box } from 'ink';
import type { ReactNode } from 'react';
import { inLanguage } from '../../replay/story.ts';
import { alignedRows, padded } from '../columns.ts';
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
  const cells = BINDINGS.map(({ keys, does }) => [padded(keys, 5), inLanguage(does, language)]);
  const half = Math.ceil(cells.length / 2);
  const rows = alignedRows(
    cells.slice(0, half).map((left, index) => [...left, ...(cells[half + index] ?? [])]),
  );
  return (
    <Pane title={words.help} width={width} height={height}>
      {rows.map((row) => (
        <Words key={row}>{` ${row}`}</Words>
      ))}
      <Box marginTop={1} flexDirection="column">
        {words.legend.map((line) => (
          <Words key={line}>{` ${line}`}</Words>
        ))}
      </Box>
    </Pane>
  );
}
