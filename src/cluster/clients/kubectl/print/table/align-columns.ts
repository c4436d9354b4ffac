/** How columns are padded. */
export interface Alignment {
  /** Least width of a column, its padding included. */
  readonly minWidth: number;
  /** Blanks after the widest cell of a column. */
  readonly padding: number;
  /** Widths that columns had in output written before; a column never becomes narrower (`kubectl get -w`). */
  readonly remembered?: readonly number[];
}

export interface Aligned {
  readonly text: string;
  /** Widths to remember for what is written next. */
  readonly widths: readonly number[];
}

/** The alignment of kubectl's tables. Source: cli-runtime printers/tabwriter.go. */
export const TABLE_ALIGNMENT: Alignment = { minWidth: 6, padding: 3, remembered: [] };

/** The alignment of `kubectl describe`. Source: kubectl describe.go tabbedString. */
export const DESCRIBE_ALIGNMENT: Alignment = { minWidth: 0, padding: 2 };

/**
 * Turns cells that end in a tab into aligned columns, as Go's text/tabwriter does: a column is a run of
 * consecutive lines that all have a cell there, so blocks align apart from each other; the last cell of a
 * line (which no tab ends) belongs to no column and is never padded. Widths count characters (code points).
 */
export function alignColumns(text: string, alignment: Alignment): Aligned {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const layout: Layout = {
    lines,
    alignment,
    output: [],
    widths: [...(alignment.remembered ?? [])],
    remembers: alignment.remembered !== undefined,
  };
  alignFrom(layout, 0, lines.length, []);
  return { text: layout.output.join('\n'), widths: layout.widths };
}

interface Layout {
  readonly lines: readonly (readonly string[])[];
  readonly alignment: Alignment;
  readonly output: string[];
  readonly widths: number[];
  readonly remembers: boolean;
}

/**
 * Writes the lines from `start` up to `end`, whose columns left of `known.length` have the widths `known`.
 */
function alignFrom(layout: Layout, start: number, end: number, known: readonly number[]): void {
  const column = known.length;
  let written = start;
  let line = start;
  while (line < end) {
    if (!hasColumn(layout.lines[line], column)) {
      line += 1;
      continue;
    }
    writeLines(layout, written, line, known);
    let blockEnd = line;
    while (blockEnd < end && hasColumn(layout.lines[blockEnd], column)) blockEnd += 1;
    const width = remember(layout, known, blockWidth(layout, column, line, blockEnd));
    alignFrom(layout, line, blockEnd, [...known, width]);
    written = blockEnd;
    // The line that ended the block has no cell in this column, so it begins no block either.
    line = blockEnd + 1;
  }
  writeLines(layout, written, end, known);
}

/** The last cell of a line is text after the last tab, which is in no column. */
function hasColumn(line: readonly string[] | undefined, column: number): boolean {
  return line !== undefined && column < line.length - 1;
}

function blockWidth({ lines, alignment }: Layout, column: number, start: number, end: number): number {
  let width = alignment.minWidth;
  for (let i = start; i < end; i += 1) {
    width = Math.max(width, widthOf(lines[i]?.[column] ?? '') + alignment.padding);
  }
  return width;
}

/** Mirrors liggitt/tabwriter RememberWidths: columns not seen before are remembered from the left. */
function remember(layout: Layout, known: readonly number[], width: number): number {
  if (!layout.remembers) return width;
  const { widths } = layout;
  widths.push(...known.slice(widths.length));
  const wider = Math.max(width, widths[known.length] ?? 0);
  widths[known.length] = wider;
  return wider;
}

function writeLines(layout: Layout, start: number, end: number, widths: readonly number[]): void {
  for (const cells of layout.lines.slice(start, end)) {
    layout.output.push(cells.map((cell, column) => padded(cell, widths[column])).join(''));
  }
}

function padded(cell: string, width: number | undefined): string {
  return width === undefined ? cell : cell + ' '.repeat(Math.max(0, width - widthOf(cell)));
}

function widthOf(cell: string): number {
  return [...cell].length;
}
