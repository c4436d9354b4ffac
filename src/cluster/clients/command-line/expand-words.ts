import { type Files, matchFiles } from '../files.ts';
import type { ShellLine, Word } from './shell-line.ts';

/** What stands for the pieces of a word that only the moment knows. */
export interface Expansions {
  readonly files: Files;
  variable(name: string): string;
  /** What the line printed, without its last newlines. */
  output(line: ShellLine): string;
}

/**
 * A word as the arguments it stands for: one, unless an unquoted expansion is empty or has spaces, or a
 * pattern matches files (bash: EXPANSION). A pattern that matches nothing stays as it is written.
 */
export function expandWord({ pieces }: Word, expansions: Expansions): readonly string[] {
  const fields: string[] = [];
  let field: string | undefined;
  for (const piece of pieces) {
    const text = pieceText(piece, expansions);
    if (piece.type === 'text' || piece.type === 'pattern' || piece.isQuoted) {
      field = (field ?? '') + text;
      continue;
    }
    const [first = '', ...rest] = text.split(/[ \t\n]+/);
    if (text !== '') field = (field ?? '') + first;
    for (const next of rest) {
      if (field !== undefined && field !== '') fields.push(field);
      field = next === '' ? undefined : next;
    }
  }
  if (field !== undefined) fields.push(field);
  if (!pieces.some(({ type }) => type === 'pattern')) return fields;
  return fields.flatMap((pattern) => {
    const matches = matchFiles(expansions.files, pattern);
    return matches.length === 0 ? [pattern] : matches;
  });
}

/** A word as one text: the value of a variable, a file's name, a here-document. */
export function expandText({ pieces }: Word, expansions: Expansions): string {
  return pieces.map((piece) => pieceText(piece, expansions)).join('');
}

function pieceText(piece: Word['pieces'][number], expansions: Expansions): string {
  if (piece.type === 'variable') {
    const value = expansions.variable(piece.name);
    return value === '' ? (piece.otherwise ?? []).map((each) => pieceText(each, expansions)).join('') : value;
  }
  return piece.type === 'output' ? expansions.output(piece.line) : piece.text;
}
