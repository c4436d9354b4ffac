import { Text, type TextProps } from 'ink';
import { createContext, type ReactNode, useContext } from 'react';

/** What a piece of text is, which decides how it looks. A glyph or a word says the same without colours. */
export type Tone = 'plain' | 'told' | 'strong' | 'faint' | 'command' | 'good' | 'bad' | 'warning' | 'current';

/** Whether colours are wanted: https://no-color.org. */
export const Colours = createContext(true);

const COLOURED: Readonly<Record<Tone, TextProps>> = {
  plain: {},
  told: {},
  strong: { bold: true },
  faint: { dimColor: true },
  command: { bold: true, color: 'cyan' },
  good: { color: 'green' },
  bad: { color: 'red', bold: true },
  warning: { color: 'yellow' },
  current: { inverse: true },
};

/** A piece of text, cut at the end of the line. */
export function Words({
  tone = 'plain',
  children,
}: {
  readonly tone?: Tone;
  readonly children: string;
}): ReactNode {
  const { color, ...attributes } = COLOURED[tone];
  const isColoured = useContext(Colours) && color !== undefined;
  return (
    <Text {...attributes} {...(isColoured && { color })} wrap="truncate-end">
      {/* Ink gives an empty text no line at all. */}
      {children === '' ? ' ' : children}
    </Text>
  );
}
