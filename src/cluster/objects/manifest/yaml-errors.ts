import type { ErrorCode, YAMLError } from 'yaml';
import type { ManifestProblem } from './manifest.ts';

const NO_COLON = "could not find expected ':'";
const NO_VALUES = 'mapping values are not allowed in this context';

/** How go-yaml, kubectl's parser, words what the library found (goyaml.v2: scannerc.go, parserc.go). */
const GO_YAML_WORDS: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_SCALAR_START: 'found character that cannot start any token',
  BLOCK_AS_IMPLICIT_KEY: NO_VALUES,
  MULTILINE_IMPLICIT_KEY: NO_VALUES,
  BAD_DQ_ESCAPE: 'found unknown escape character',
  BLOCK_IN_FLOW: "did not find expected ',' or '}'",
  BAD_DIRECTIVE: 'found incompatible YAML document',
};

export interface GoYamlError {
  readonly words: string;
  /** Where go-yaml notices it. */
  readonly offset: number;
  /** Found while the text was cut into tokens, not while they were put together. */
  readonly isOfScanner: boolean;
}

/** What kubectl says of a mistake in a text of YAML, without the place. */
export function describeYamlError(error: YAMLError, text: string): GoYamlError {
  const words = goYamlWords(error, text);
  const isOfScanner = !words.startsWith('did not find expected');
  if (words === NO_COLON) return { words, offset: nextTokenAfter(error.pos[0], text), isOfScanner };
  if (error.code === 'MULTILINE_IMPLICIT_KEY') return { words, offset: error.pos[1], isOfScanner };
  const colon = words === NO_VALUES ? text.slice(error.pos[0]).search(/:\s/) : 0;
  return { words, offset: error.pos[0] + Math.max(0, colon), isOfScanner };
}

/** That a key lacks its colon shows when the next token stands on another line. */
function nextTokenAfter(offset: number, text: string): number {
  const blank = /[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*/y;
  blank.lastIndex = offset;
  return blank.test(text) ? blank.lastIndex : text.length;
}

function goYamlWords(error: YAMLError, text: string): string {
  if (isTab(error)) return tabWords(error.pos[0], text);
  if (/Missing closing/.test(error.message)) return 'found unexpected end of stream';
  if (/Flow sequence/.test(error.message)) return "did not find expected ',' or ']'";
  if (/Flow map/.test(error.message)) return "did not find expected ',' or '}'";
  if (/need to be followed by map values/.test(error.message)) return NO_COLON;
  return GO_YAML_WORDS[error.code] ?? 'did not find expected key';
}

/** The same for people: what is wrong, and what to do about it. */
export function explainYamlError(
  error: YAMLError,
  text: string,
): Pick<ManifestProblem, 'code' | 'message' | 'hint'> {
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^\s*["']?([^"':\s]+)/.exec(text.slice(error.pos[0]))?.[1] ?? '';
    return {
      code: 'duplicateKey',
      message: `the key "${key}" is set twice`,
      hint: 'kubectl would take the last one',
    };
  }
  if (isTab(error)) {
    return { code: 'yamlSyntax', message: 'a tab is used for indentation', hint: 'YAML indents with spaces' };
  }
  const hint = HINTS[error.code];
  return { code: 'yamlSyntax', message: error.message, ...(hint === undefined ? {} : { hint }) };
}

const HINTS: Readonly<Partial<Record<ErrorCode, string>>> = {
  BLOCK_AS_IMPLICIT_KEY: 'put a value that holds ": " in quotes',
  MULTILINE_IMPLICIT_KEY: 'indent the lines that belong together alike',
  BAD_SCALAR_START: 'put the value in quotes',
  BAD_INDENT: 'indent the lines that belong together alike',
};

/**
 * A tab is one thing behind an unquoted text, which may go on, another inside of a block of text, a third
 * elsewhere.
 */
function tabWords(offset: number, text: string): string {
  const before = text.slice(0, offset).replace(/\s+$/, '').split('\n');
  const last = before.at(-1) ?? '';
  const indent = indentOf(last);
  const opener = before.findLast((line) => line.trim() !== '' && indentOf(line) < indent);
  if (/[|>][-+\d]*$/.test(opener ?? ''))
    return 'found a tab character where an indentation space is expected';
  const isUnquoted = /(?:^|[-:]\s+)[^\s"'[\]{}#&*!|>%@`-][^"'#]*[^\s"':}\]]$|[-:]\s+\w$/.test(last);
  return isUnquoted
    ? 'found a tab character that violates indentation'
    : 'found character that cannot start any token';
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function isTab(error: YAMLError): boolean {
  return error.code === 'TAB_AS_INDENT';
}
