import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { Diagnostic, DiagnosticCode, Span } from './diagnostic.ts';
import { plainValue } from './plain-value.ts';
import { type Aim, type Path, spanAt } from './span-at.ts';
import { yamlWords } from './yaml-words.ts';

/** A YAML file that could be read: its one document as plain JSON, and where each part of it stands. */
export interface YamlSource {
  readonly file: string;
  readonly value: unknown;
  /** Where a value or the key to it stands; of what is not there, the nearest thing around it. */
  spanOf(path: Path, aim?: Aim): Span;
  /** Where a part of a text stands, if the text is written as it is read; else where the text stands. */
  spanOfPart(path: Path, part: { readonly offset: number; readonly length: number }): Span;
}

/** More characters than this are no scenario. */
const MAX_LENGTH = 2_000_000;

/** What came of reading a file: a source, or what is wrong with the text. */
export interface YamlReading {
  readonly source?: YamlSource;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a YAML 1.2 file with one document in it. */
export function readYaml(text: string, file: string): YamlReading {
  const lines = new LineCounter();
  const at = ([from, to]: readonly [number, number]): Span => spanIn(text, lines, from, to);
  const tell = (code: DiagnosticCode, message: string, span: Span, hint?: string): Diagnostic => ({
    code,
    severity: 'error',
    message,
    ...(hint === undefined ? {} : { hint }),
    file,
    ...span,
  });
  const first: Span = { line: 1, column: 1, length: 1 };
  if (text.length > MAX_LENGTH) {
    return { diagnostics: [tell('too-large', `the file has ${text.length} characters`, first)] };
  }
  const document = parse(text, lines);
  if (!document) return { diagnostics: [tell('too-deep', 'the YAML is nested too deeply', first)] };
  const problems = firstOfSyntax([...document.errors, ...document.warnings]);
  if (problems.length > 0) {
    return {
      diagnostics: problems.map((problem) => {
        const span = at(wordAt(text, problem.pos));
        const { code, message, hint } = yamlWords(problem, text.split('\n', span.line)[span.line - 1] ?? '');
        return tell(code, message, span, hint);
      }),
    };
  }
  const { value, problem } = plainValue(document);
  if (problem) return { diagnostics: [tell(problem.code, problem.message, at(problem.range), problem.hint)] };
  const source: YamlSource = {
    file,
    value,
    spanOf: (path, aim = 'value') => at(spanAt(document, path, aim)),
    spanOfPart: (path, part) => at(rangeOfPart(text, document, { path, ...part })),
  };
  return { source, diagnostics: [] };
}

function parse(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, { lineCounter, version: '1.2', prettyErrors: false });
  } catch (error) {
    // The composer is recursive; a text that exhausts the stack is nested thousands of levels deep.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What comes after the first mistake of syntax mostly follows from it. */
function firstOfSyntax(errors: readonly YAMLError[]): readonly YAMLError[] {
  const first = errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  return errors.filter((error) => error === first || error.code === 'DUPLICATE_KEY');
}

/** The library marks one character where it means the word that begins there. */
function wordAt(text: string, [from, to]: readonly [number, number]): readonly [number, number] {
  const word = /^[\w-]+/.exec(text.slice(from, from + 80));
  return [from, Math.max(to, from + (word?.[0].length ?? 0))];
}

interface PartOfText {
  readonly path: Path;
  readonly offset: number;
  readonly length: number;
}

/** The same occurrence of the same letters: right for plain and block scalars, and for most quoted ones. */
function rangeOfPart(
  text: string,
  document: Document.Parsed,
  { path, offset, length }: PartOfText,
): readonly [number, number] {
  const [from, to] = spanAt(document, path, 'value');
  const value: unknown = document.getIn(path);
  const part = typeof value === 'string' ? value.slice(offset, offset + length) : '';
  if (part === '' || typeof value !== 'string') return [from, to];
  let place = from - 1;
  for (let before = -1; before < offset; ) {
    before = value.indexOf(part, before + 1);
    place = text.indexOf(part, place + 1);
    if (before < 0 || place < 0 || place >= to) return [from, to];
  }
  return [place, place + part.length];
}

/** The part of a range that is on its first line; a place after the last line is shown at its end. */
function spanIn(text: string, lines: LineCounter, from: number, to: number): Span {
  const start = Math.min(from, text.length);
  const { line, col } = lines.linePos(start);
  if (line === 0) return { line: 1, column: 1, length: 1 };
  const newline = text.indexOf('\n', start);
  const end = Math.min(to, newline < 0 ? text.length : newline);
  return { line, column: col, length: Math.max(1, end - start) };
}
