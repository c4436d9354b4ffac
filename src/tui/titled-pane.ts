import type { Box } from './layout.ts';
import { type Line, lineOf } from './line.ts';
import { fitted } from './set-lines.ts';
import { titleLine } from './title-line.ts';

interface Titled extends Box {
  readonly title: string;
  /** Other panes that could stand here. */
  readonly others?: readonly string[];
  /** The reader is in it. */
  readonly isFocus?: boolean;
  readonly lines: readonly Line[];
}

/** A part of the screen: one line of title, the rest is its content, cut or filled up to its height. */
export function titledPane({
  title,
  others = [],
  isFocus = false,
  width,
  height,
  lines,
}: Titled): readonly Line[] {
  const head = lineOf(titleLine(title, width, { others, isFocus }), isFocus ? 'strong' : 'faint');
  return Array.from({ length: height }, (_, row) => fitted(row === 0 ? head : (lines[row - 1] ?? []), width));
}
