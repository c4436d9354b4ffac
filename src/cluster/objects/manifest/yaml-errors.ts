import type { ErrorCode, YAMLError } from 'yaml';
import type { ManifestProblem } from './manifest.ts';

/** How go-yaml, kubectl's parser, words what the library found (goyaml.v2: scannerc.go, parserc.go). */
const GO_YAML_WORDS: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_SCALAR_START: 'found character that cannot start any token',
  BLOCK_AS_IMPLICIT_KEY: 'mapping values are not allowed in this context',
  MULTILINE_IMPLICIT_KEY: 'mapping values are not allowed in this context',
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

/** What kubectl says of a mistake in YAML, without the place. */
export function describeYamlError(error: YAMLError): GoYamlError {
  const words = goYamlWords(error);
  const offset = error.code === 'MULTILINE_IMPLICIT_KEY' ? error.pos[1] : error.pos[0];
  return { words, offset, isOfScanner: !words.startsWith('did not find expected') };
}

function goYamlWords(error: YAMLError): string {
  if (isTab(error)) return 'found character that cannot start any token';
  if (/Missing closing/.test(error.message)) return 'found unexpected end of stream';
  if (/Flow sequence/.test(error.message)) return "did not find expected ',' or ']'";
  if (/Flow map/.test(error.message)) return "did not find expected ',' or '}'";
  if (/need to be followed by map values/.test(error.message)) return "could not find expected ':'";
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

function isTab(error: YAMLError): boolean {
  return error.code === 'TAB_AS_INDENT';
}
