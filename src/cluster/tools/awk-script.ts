import { posixRegex } from './posix-regex.ts';

export interface AwkRule {
  readonly when: 'begin' | 'line' | 'end';
  readonly test?: AwkTerm;
  readonly actions: readonly AwkAction[];
}

export type AwkAction =
  | { readonly kind: 'print'; readonly values: readonly AwkTerm[] }
  | { readonly kind: 'printf'; readonly values: readonly AwkTerm[] }
  | { readonly kind: 'value'; readonly value: AwkTerm }
  | { readonly kind: 'next' };

export type AwkTerm =
  | { readonly kind: 'text' | 'number'; readonly value: string }
  | { readonly kind: 'field'; readonly index: AwkTerm }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'join'; readonly parts: readonly AwkTerm[] }
  | { readonly kind: 'match'; readonly left?: AwkTerm; readonly pattern: string; readonly negated?: boolean }
  | { readonly kind: 'not'; readonly of: AwkTerm }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: AwkTerm; readonly right: AwkTerm }
  | { readonly kind: 'assign'; readonly name: string; readonly operator: string; readonly value: AwkTerm }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly AwkTerm[] };

const TOKEN =
  /\s+|#[^\n]*|"(?:[^"\\]|\\.)*"|\d+\.?\d*|\.\d+|[A-Za-z_]\w*|[-+*/%]=|\+\+|--|&&|\|\||[=!<>]=|!~|[~!<>=+\-*/%$,;(){}\n]/y;
const NOT_SIMULATED = [
  'if',
  'for',
  'while',
  'do',
  'function',
  'getline',
  'delete',
  'split',
  'gsub',
  'sub',
  'match',
  'in',
  'return',
  'exit',
];

/** The rules of an awk program; a text names what of it is not simulated. */
export function parseAwk(source: string): readonly AwkRule[] | string {
  const reader: Reader = { source, at: 0 };
  const rules: AwkRule[] = [];
  while (peek(reader) !== '' && reader.problem === undefined) {
    if (peek(reader) === ';') next(reader);
    else rules.push(readRule(reader));
  }
  return reader.problem ?? rules;
}

interface Reader {
  readonly source: string;
  at: number;
  problem?: string;
}

function peek(reader: Reader): string {
  const before = reader.at;
  const token = next(reader);
  reader.at = token === '' ? reader.at : before;
  return token;
}

function next(reader: Reader): string {
  while (reader.at < reader.source.length && reader.problem === undefined) {
    TOKEN.lastIndex = reader.at;
    const token = TOKEN.exec(reader.source)?.[0];
    if (token === undefined) {
      reader.problem = `'${reader.source.slice(reader.at)}'`;
      return '';
    }
    reader.at += token.length;
    if (NOT_SIMULATED.includes(token)) reader.problem = `'${token}'`;
    else if (token.trim() !== '' && !token.startsWith('#')) return token;
  }
  return '';
}

function expect(reader: Reader, token: string): void {
  if (next(reader) !== token) reader.problem ??= `'${reader.source}'`;
}

function readRule(reader: Reader): AwkRule {
  const first = peek(reader);
  const when = first === 'BEGIN' ? 'begin' : first === 'END' ? 'end' : 'line';
  if (when !== 'line') next(reader);
  const test = when === 'line' && first !== '{' ? readTerm(reader) : undefined;
  const actions = peek(reader) === '{' ? readActions(reader) : [{ kind: 'print' as const, values: [] }];
  return { when, ...(test && { test }), actions };
}

function readActions(reader: Reader): AwkAction[] {
  expect(reader, '{');
  const actions: AwkAction[] = [];
  while (peek(reader) !== '}' && peek(reader) !== '' && reader.problem === undefined) {
    const token = peek(reader);
    if (token === ';') next(reader);
    else if (token === 'next') {
      next(reader);
      actions.push({ kind: 'next' });
    } else if (token === 'print' || token === 'printf') {
      next(reader);
      actions.push({ kind: token, values: readList(reader) });
    } else actions.push({ kind: 'value', value: readTerm(reader) });
  }
  expect(reader, '}');
  return actions;
}

function readList(reader: Reader): AwkTerm[] {
  const values: AwkTerm[] = [];
  while (!['}', ';', '', ')'].includes(peek(reader)) && reader.problem === undefined) {
    values.push(readTerm(reader));
    if (peek(reader) === ',') next(reader);
    else break;
  }
  return values;
}

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['~', '!~'],
  ['==', '!=', '<', '<=', '>', '>='],
];

function readTerm(reader: Reader, level = 0): AwkTerm {
  const operators = LEVELS[level];
  if (!operators) return readJoined(reader);
  let left = readTerm(reader, level + 1);
  for (let operator = peek(reader); operators.includes(operator); operator = peek(reader)) {
    next(reader);
    if (operator.endsWith('~'))
      left = { kind: 'match', left, pattern: readPattern(reader), negated: operator === '!~' };
    else left = { kind: 'binary', operator, left, right: readTerm(reader, level + 1) };
  }
  return left;
}

/** Terms that stand side by side are joined. */
function readJoined(reader: Reader): AwkTerm {
  const parts = [readSum(reader, 0)];
  while (/^(["$(]|[A-Za-z_0-9.])/.test(peek(reader)) && peek(reader) !== 'next')
    parts.push(readSum(reader, 0));
  return parts.length === 1 && parts[0] ? parts[0] : { kind: 'join', parts };
}

const SUMS: readonly (readonly string[])[] = [
  ['+', '-'],
  ['*', '/', '%'],
];

function readSum(reader: Reader, level: number): AwkTerm {
  const operators = SUMS[level];
  if (!operators) return readOperand(reader);
  let left = readSum(reader, level + 1);
  for (let operator = peek(reader); operators.includes(operator); operator = peek(reader)) {
    next(reader);
    left = { kind: 'binary', operator, left, right: readSum(reader, level + 1) };
  }
  return left;
}

function readPattern(reader: Reader): string {
  const rest = reader.source.slice(reader.at).replace(/^\s+/, '');
  const skipped = reader.source.length - reader.at - rest.length;
  const found = /^\/((?:[^/\\]|\\.)*)\//.exec(rest) ?? /^"((?:[^"\\]|\\.)*)"/.exec(rest);
  const regex = found && posixRegex(found[1] ?? '', { extended: true });
  if (!found || !regex) {
    reader.problem ??= `'${rest}'`;
    return '';
  }
  reader.at += skipped + found[0].length;
  return regex.source;
}

function readOperand(reader: Reader): AwkTerm {
  if (/^\s*\//.test(reader.source.slice(reader.at))) return { kind: 'match', pattern: readPattern(reader) };
  const token = next(reader);
  if (token.startsWith('"')) return { kind: 'text', value: unquote(token) };
  if (/^[\d.]/.test(token)) return { kind: 'number', value: token };
  if (token === '$') return { kind: 'field', index: readOperand(reader) };
  if (token === '!') return { kind: 'not', of: readOperand(reader) };
  if (token === '-')
    return {
      kind: 'binary',
      operator: '-',
      left: { kind: 'number', value: '0' },
      right: readOperand(reader),
    };
  if (token === '(') {
    const inner = readTerm(reader);
    expect(reader, ')');
    return inner;
  }
  if (/^[A-Za-z_]/.test(token)) return readName(reader, token);
  reader.problem ??= `'${token || reader.source}'`;
  return { kind: 'text', value: '' };
}

function readName(reader: Reader, name: string): AwkTerm {
  const isCalled = reader.source[reader.at] === '(';
  const after = peek(reader);
  if (['length', 'toupper', 'tolower', 'int', 'substr'].includes(name)) {
    if (after !== '(') return { kind: 'call', name, args: [] };
    next(reader);
    const args = readList(reader);
    expect(reader, ')');
    return { kind: 'call', name, args };
  }
  if (isCalled) reader.problem ??= `'${name}'`;
  if (/^[-+*/%]?=$/.test(after)) {
    next(reader);
    return { kind: 'assign', name, operator: after, value: readTerm(reader) };
  }
  if (after !== '++' && after !== '--') return { kind: 'name', name };
  next(reader);
  return {
    kind: 'assign',
    name,
    operator: after === '++' ? '+=' : '-=',
    value: { kind: 'number', value: '1' },
  };
}

const unquote = (token: string): string =>
  token.slice(1, -1).replace(/\\(.)/g, (_, char: string) => ({ n: '\n', t: '\t', r: '\r' })[char] ?? char);
