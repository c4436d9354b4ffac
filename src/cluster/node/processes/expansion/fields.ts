import type { PatternPiece } from './pattern.ts';

/**
 * A piece of an expanded word. What came from an unquoted expansion is split; `break` stands between
 * `"$@"`'s.
 */
export type Piece = { readonly text: string; readonly quoted: boolean; readonly split: boolean } | 'break';

/** The fields of a word: what POSIX calls field splitting, with `ifs` as separators. */
export function splitFields(pieces: readonly Piece[], ifs: string): PatternPiece[][] {
  const splitter: Splitter = { fields: [], afterSpace: false };
  for (const piece of pieces) {
    if (piece === 'break') endField(splitter);
    else if (piece.split && ifs !== '') splitText(splitter, piece.text, ifs);
    else if (piece.text !== '' || piece.quoted) add(splitter, piece);
  }
  endField(splitter);
  return splitter.fields;
}

interface Splitter {
  readonly fields: PatternPiece[][];
  current?: PatternPiece[];
  /** A field was ended by white space, to which a separator that follows still belongs. */
  afterSpace: boolean;
}

function add(splitter: Splitter, piece: PatternPiece): void {
  splitter.current ??= [];
  splitter.current.push({ text: piece.text, quoted: piece.quoted });
  splitter.afterSpace = false;
}

function endField(splitter: Splitter): void {
  if (splitter.current) splitter.fields.push(splitter.current);
  delete splitter.current;
}

function splitText(splitter: Splitter, text: string, ifs: string): void {
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (!ifs.includes(char)) continue;
    if (at > from) add(splitter, { text: text.slice(from, at), quoted: false });
    from = at + 1;
    if (/[ \t\n]/.test(char)) {
      if (splitter.current) splitter.afterSpace = true;
      endField(splitter);
      continue;
    }
    if (splitter.current) endField(splitter);
    else if (!splitter.afterSpace) splitter.fields.push([]);
    splitter.afterSpace = false;
  }
  if (from < text.length) add(splitter, { text: text.slice(from), quoted: false });
}
