import { createContext, useContext, useLayoutEffect } from 'react';
import type { Line } from './line.ts';
import { terminalText } from './set-lines.ts';

/** What the player draws on. */
export interface Surface {
  /** Whether colours are wanted: https://no-color.org. */
  readonly colours: boolean;
  /** Shows lines from the first row on, as a terminal is told to. */
  readonly paint: (lines: readonly string[]) => void;
}

/**
 * Ink brings keys and the life of a program; what is on the screen is lines of cells already, and to lay them
 * out and to measure them once more takes it longer than all the rest.
 */
export const SurfaceContext = createContext<Surface>({ colours: true, paint: () => {} });

/** Shows lines. */
export function Painted({ lines }: { readonly lines: readonly Line[] }): null {
  const { colours, paint } = useContext(SurfaceContext);
  useLayoutEffect(() => paint(lines.map((line) => terminalText(line, colours))), [lines, colours, paint]);
  return null;
}
