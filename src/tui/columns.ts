import stringWidth from 'string-width';

/** How many cells a text takes. Most are of letters a cell, which takes far less to find out. */
export function cellsIn(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

const PLAIN = /^[\x20-\x7e]*$/;

/**
 * Rows of cells with their columns under each other, two blanks apart; the last column ends where it ends.
 */
export function alignedRows(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cellsIn(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : padded(cell, widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** A name cut to a width from its front: what tells names apart stands at their ends. */
export function shortName(name: string, width: number): string {
  return name.length <= width ? name : `…${name.slice(name.length - width + 1)}`;
}

/** The text with as many blanks after it as make it so many cells wide. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - cellsIn(text)));
}

/** The text cut to so many cells, with a mark at its end where something is left out. */
export function cutToCells(text: string, cells: number): string {
  if (cellsIn(text) <= cells) return text;
  if (PLAIN.test(text)) return cells > 0 ? `${text.slice(0, cells - 1)}…` : '';
  let cut = '';
  for (const char of text) {
    if (cellsIn(`${cut}${char}`) >= cells) break;
    cut += char;
  }
  return cells > 0 ? `${cut}…` : '';
}
