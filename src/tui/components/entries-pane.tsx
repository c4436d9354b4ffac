import type { ReactNode } from 'react';
import type { EntryRow, WhyLines } from '../entry-rows.ts';
import { Words } from '../theme.tsx';
import { titleLine } from '../title-line.ts';
import type { ScreenWords } from '../words.ts';
import { Pane } from './pane.tsx';

interface Props {
  readonly rows: readonly EntryRow[];
  /** All that the selected entry says, and what led to it, the nearest first. */
  readonly why: WhyLines;
  readonly words: ScreenWords;
  readonly others: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** What happened around the cursor, and why the last of it did. */
export function EntriesPane({
  rows,
  why: { whole, causes },
  words,
  others,
  width,
  height,
}: Props): ReactNode {
  return (
    <Pane title={words.entries} others={others} width={width} height={height}>
      {rows.length === 0 && <Words tone="faint">{words.noEntries}</Words>}
      {rows.map(({ seq, text, place, isWarning }) => (
        <Words
          key={seq}
          tone={
            place === 'selected' ? 'current' : place === 'ahead' ? 'faint' : isWarning ? 'warning' : 'plain'
          }
        >
          {`${place === 'selected' ? '▸' : ' '}${text}`}
        </Words>
      ))}
      <Words tone="faint">{titleLine(words.why, width)}</Words>
      {whole.map((line) => (
        <Words key={line}>{` ${line}`}</Words>
      ))}
      {causes.length === 0 && rows.length > 0 && <Words tone="faint">{` ${words.beginning}`}</Words>}
      {causes.map((cause, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cause is its place in the chain.
        <Words key={index}>{`${'  '.repeat(Math.min(index, 8))} └ ${cause}`}</Words>
      ))}
    </Pane>
  );
}
