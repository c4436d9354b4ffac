import wrapAnsi from 'wrap-ansi';

/** A text's lines, cut where the width ends. */
export function wrapped(text: string, width: number): string[] {
  return withoutTabs(text)
    .split('\n')
    .flatMap((line) => wrapLine(line, width))
    .map((line) => line.trimEnd());
}

/** A letter a cell: to measure what fits takes most of the time that a long output is set in. */
const PLAIN = /^[\x20-\x7e]*$/;

/** A text as lines, without the blanks where it is broken. */
export function wrappedWords(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width, true));
}

function wrapLine(line: string, width: number, trim = false): readonly string[] {
  if (PLAIN.test(line)) return wrapPlain(line, width, trim);
  return wrapAnsi(line, width, { hard: true, trim }).split('\n');
}

/** The same as `wrapAnsi` does it, of letters that all take a cell: there nothing has to be measured. */
function wrapPlain(line: string, width: number, trim: boolean): readonly string[] {
  if (line.length <= width) return [trim ? line.trim() : line];
  const rows: string[] = [];
  let row = '';
  const breakRow = (): void => {
    rows.push(row);
    row = '';
  };
  for (const [index, word] of line.split(' ').entries()) {
    if (trim) row = row.trimStart();
    else if (index > 0 && row.length >= width) breakRow();
    if (index > 0 && (row !== '' || !trim)) row += ' ';
    const isLong = word.length > width;
    const hasRoom = row.length + word.length <= width || row === '' || word === '';
    if (isLong ? !isBrokenHere(word, row, width) : !hasRoom) breakRow();
    for (let from = 0; from < word.length; ) {
      if (row.length >= width) breakRow();
      const part = word.slice(from, from + width - row.length);
      row += part;
      from += part.length;
    }
  }
  breakRow();
  return trim ? rows.map((each) => each.trimEnd()) : rows;
}

/** A word that is too long for any row goes on in the one before it where that saves a break. */
function isBrokenHere({ length }: string, row: string, width: number): boolean {
  const rest = width - row.length;
  return Math.floor((length - 1) / width) >= 1 + Math.floor((length - rest - 1) / width);
}

/** Tab stops every eight cells, for a tab has no width of its own. */
function withoutTabs(text: string): string {
  return text.replace(/^.*\t.*$/gm, (line) => {
    let column = 0;
    return [...line]
      .map((char) => {
        const cells = char === '\t' ? 8 - (column % 8) : 1;
        column += cells;
        return char === '\t' ? ' '.repeat(cells) : char;
      })
      .join('');
  });
}
