/** Text of more than so many columns is wrapped, where it has spaces. */
const WRAPS_AT = 30;

/** A table as olekukonko/tablewriter draws it, aligned to the right, as etcd's tools have it. */
export function goTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const titles = header.map((title) => title.replaceAll('_', ' ').toUpperCase());
  const cells = rows.map((row) => row.map(wrapped));
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => widthOf(row[column] ?? ['']))),
  );
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`;
  const lines = cells.flatMap((row) => {
    const height = Math.max(1, ...row.map((cell) => cell.length));
    return Array.from({ length: height }, (_, line) =>
      rowLine(widths.map((width, column) => (row[column]?.[line] ?? '').padStart(width))),
    );
  });
  const head = rowLine(titles.map((title, column) => centered(title, widths[column] ?? 0)));
  return `${[rule, head, rule, ...lines, rule].join('\n')}\n`;
}

function rowLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** The odd space stands behind. */
function centered(text: string, width: number): string {
  const before = Math.floor((width - text.length) / 2);
  return text.padStart(before + text.length).padEnd(width);
}

function widthOf(lines: readonly string[]): number {
  const longest = Math.max(...lines.map((line) => line.length));
  return lines.length > 1 ? Math.max(WRAPS_AT, longest) : longest;
}

function wrapped(text: string): readonly string[] {
  if (text.length <= WRAPS_AT) return [text];
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > WRAPS_AT) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
