import { Text } from 'ink';
import { createContext, type ReactNode, useContext } from 'react';
import { printable } from '../report/printable.ts';
import type { Line } from './line.ts';
import { STYLES, type Tone } from './tones.ts';

/** Whether colours are wanted: https://no-color.org. */
export const Colours = createContext(true);

/** A piece of text, cut at the end of the line. */
export function Words({
  tone = 'plain',
  children,
}: {
  readonly tone?: Tone;
  readonly children: string;
}): ReactNode {
  const { color, ...attributes } = STYLES[tone];
  const isColoured = useContext(Colours) && color !== undefined;
  return (
    <Text {...attributes} {...(isColoured && { color })} wrap="truncate-end">
      {/* Ink gives an empty text no line at all. */}
      {children === '' ? ' ' : onOneLine(children)}
    </Text>
  );
}

/** The same of a line in several pieces, cut as a whole. */
export function Pieces({ line }: { readonly line: Line }): ReactNode {
  const colours = useContext(Colours);
  const [first] = line;
  if (line.length <= 1) return <Words tone={first?.tone ?? 'plain'}>{first?.text ?? ''}</Words>;
  return (
    <Text wrap="truncate-end">
      {line.map(({ text, tone = 'plain' }, index) => {
        const { color, ...attributes } = STYLES[tone];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the line.
          <Text key={index} {...attributes} {...(colours && color !== undefined && { color })}>
            {onOneLine(text)}
          </Text>
        );
      })}
    </Text>
  );
}

/**
 * What is shown comes from logs, and theirs from anywhere: whatever a pane has made of it, nothing goes from
 * here to the terminal that it would act on.
 */
export function onOneLine(text: string): string {
  return printable(text).replace(/[\n\t]/g, ' ');
}
