import type { Files } from '../../cluster/clients/files.ts';
import type { Diagnostic } from './diagnostic.ts';

/**
 * A diagnostic as a person reads it: where, what, the line with a caret under what is meant, and what to do.
 *
 *   scenario.yaml:7:1: error: unknown key "stesp" [unknown-key]
 *      6 | cluster: { nodes: 2 }
 *      7 | stesp:
 *        | ^^^^^
 *     hint: did you mean "steps"?
 */
export function printDiagnostic(diagnostic: Diagnostic, files: Files): string {
  const { file, line, column, severity, message, code, hint, via = [] } = diagnostic;
  const head = `${file}:${line}:${column}: ${severity}: ${message} [${code}]`;
  const text = Object.hasOwn(files, file) ? files[file] : undefined;
  const frame = text === undefined ? [] : codeFrame(text, diagnostic);
  const chain = via.map((place) => `  included at ${place.file}:${place.line}:${place.column}`);
  return `${[head, ...frame, ...chain, ...(hint === undefined ? [] : [`  hint: ${hint}`])].join('\n')}\n`;
}

function codeFrame(text: string, { line, column, length }: Diagnostic): readonly string[] {
  const lines = text.split('\n').map((each) => each.replace(/\r$/, ''));
  const width = Math.max(4, String(line).length + 2);
  const numbered = (number: number): string =>
    `${String(number).padStart(width)} | ${visible(lines[number - 1] ?? '')}`.trimEnd();
  const target = lines[line - 1] ?? '';
  const before = blank(target.slice(0, column - 1));
  const marked = blank(target.slice(column - 1, column - 1 + length)).length;
  const caret = `${' '.repeat(width)} | ${before}${'^'.repeat(Math.max(1, marked))}`;
  return [...(line > 1 ? [numbered(line - 1)] : []), numbered(line), caret];
}

const TAB = '    ';

/** Tabs take their place as blanks, and what a terminal would act on is shown. */
function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced.
  return text.replaceAll('\t', TAB).replace(/[\u0000-\u001f\u007f]/g, '\ufffd');
}

/** As many blanks as the text has cells: Korean and the like take two. */
function blank(text: string): string {
  return [...text].map((char) => (char === '\t' ? TAB : isWide(char) ? '  ' : ' ')).join('');
}

function isWide(char: string): boolean {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u.test(
    char,
  );
}
