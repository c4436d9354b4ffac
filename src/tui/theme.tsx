import { Text } from 'ink';
import { createContext, type ReactNode, useContext } from 'react';
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
      {children === '' ? ' ' : children}
    </Text>
  );
}
