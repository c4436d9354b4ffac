import { quoteGo } from '../../../../objects/go-json.ts';
import { type Bound, JsonpathError, type JsonpathList, type JsonpathNode } from './jsonpath-node.ts';
import { unquote } from './unquote.ts';

interface Scanner {
  readonly input: string;
  /** Of the next character. */
  at: number;
  /** Of the piece that is being read. */
  from: number;
  /** Where text and pieces in braces are collected. */
  readonly root: JsonpathNode[];
}

/**
 * Reads a template, text with expressions in braces: `{range .items[*]}{.metadata.name}{"\n"}{end}`. It is
 * kubectl's own dialect (client-go: util/jsonpath/parser.go), with its leniencies: blanks, `$` and `@` are
 * skipped wherever they stand, and a name may end in a blank. Throws a `JsonpathError` with client-go's
 * message.
 */
export function parseJsonpath(template: string): readonly JsonpathNode[] {
  const scanner: Scanner = { input: template, at: 0, from: 0, root: [] };
  while (scanner.at < template.length) {
    if (template[scanner.at] === '{') {
      scanner.at += 1;
      take(scanner);
      scanner.root.push({ type: 'list', nodes: readExpression(scanner) });
    } else {
      const brace = template.indexOf('{', scanner.at);
      scanner.at = brace < 0 ? template.length : brace;
      scanner.root.push({ type: 'text', text: take(scanner) });
    }
  }
  return scanner.root;
}

/** Reads up to the closing brace, which it consumes. */
function readExpression(scanner: Scanner): JsonpathNode[] {
  const nodes: JsonpathNode[] = [];
  while (!scanner.input.startsWith('}', scanner.at)) nodes.push(...readPiece(scanner, nodes.at(-1)));
  scanner.at += 1;
  take(scanner);
  return nodes;
}

function readPiece(scanner: Scanner, previous: JsonpathNode | undefined): readonly JsonpathNode[] {
  if (scanner.input.startsWith('[?(', scanner.at)) return [readFilter(scanner)];
  if (scanner.input.startsWith('..', scanner.at)) return readRecursive(scanner, previous);
  const character = next(scanner);
  switch (character) {
    case undefined:
    case '\r':
    case '\n':
      throw new JsonpathError('unclosed action');
    case ' ':
    case '@':
    case '$':
      take(scanner);
      return [];
    case '[':
      return readArray(scanner);
    case '"':
    case "'":
      return [readQuote(scanner, character)];
    case '.':
      return [readField(scanner)];
    default:
      scanner.at -= character.length;
      return [readWord(scanner, character)];
  }
}

function readWord(scanner: Scanner, first: string): JsonpathNode {
  if (/[+\-\p{Nd}]/u.test(first)) return readNumber(scanner);
  if (isAlphanumeric(first)) return readIdentifier(scanner);
  const code = (first.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  throw new JsonpathError(`unrecognized character in action: U+${code} '${first}'`);
}

function readIdentifier(scanner: Scanner): JsonpathNode {
  while (!isTerminator(peek(scanner))) next(scanner);
  const name = take(scanner);
  const isBoolean = name === 'true' || name === 'false';
  return isBoolean ? { type: 'boolean', value: name === 'true' } : { type: 'identifier', name };
}

function readNumber(scanner: Scanner): JsonpathNode {
  if (/[+-]/.test(peek(scanner) ?? '')) next(scanner);
  while (/[.\p{Nd}]/u.test(peek(scanner) ?? '')) next(scanner);
  const text = take(scanner);
  const isFloat = /^[+-]?(\d+\.\d*|\.\d+)$/.test(text);
  if (isFloat || /^[+-]?\d+$/.test(text)) return { type: 'number', value: Number(text), isFloat };
  throw new JsonpathError(`cannot parse number ${text}`);
}

function readRecursive(scanner: Scanner, previous: JsonpathNode | undefined): readonly JsonpathNode[] {
  if (previous?.type === 'recursive') throw new JsonpathError('invalid multiple recursive descent');
  scanner.at += 2;
  take(scanner);
  const isNamed = isAlphanumeric(peek(scanner) ?? '');
  return isNamed ? [{ type: 'recursive' }, readField(scanner)] : [{ type: 'recursive' }];
}

/** A backslash takes the next character into the name: `.metadata.labels.app\.kubernetes\.io/name`. */
function readField(scanner: Scanner): JsonpathNode {
  take(scanner);
  while (!isTerminator(peek(scanner))) {
    if (next(scanner) === '\\') next(scanner);
  }
  const name = take(scanner);
  return name === '*' ? { type: 'wildcard' } : { type: 'field', name: name.replaceAll('\\', '') };
}

function readQuote(scanner: Scanner, quote: string): JsonpathNode {
  for (;;) {
    const character = next(scanner);
    if (character === undefined || character === '\n') throw new JsonpathError('unterminated quoted string');
    if (character === quote && scanner.input[scanner.at - 2] !== '\\') break;
  }
  const literal = take(scanner);
  const text = unquote(literal);
  if (text === undefined) throw new JsonpathError(`unquote string ${literal} error invalid syntax`);
  return { type: 'text', text };
}

/** `[0]`, `[1:3]`, `[*]`, `['key']`, and unions of them with commas. */
function readArray(scanner: Scanner): readonly JsonpathNode[] {
  for (let character = next(scanner); character !== ']'; character = next(scanner)) {
    if (character === undefined || character === '\n') throw new JsonpathError('unterminated array');
  }
  const inside = take(scanner).slice(1, -1);
  const branches = inside.split(',');
  if (branches.length > 1) {
    const lists = branches.map((branch) => expression(`[${branch.replace(/^ +| +$/g, '')}]`));
    return [{ type: 'union', branches: lists }];
  }
  const key = /^'([^']*)'$/.exec(inside)?.[1];
  return key === undefined ? [sliceOf(inside === '*' ? ':' : inside)] : expression(`.${key}`).nodes;
}

function sliceOf(text: string): JsonpathNode {
  const found = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text);
  if (!found) throw new JsonpathError(`invalid array index ${text}`);
  const [, start = '', end, step] = found;
  const from = bound(start);
  const to: Bound =
    end === undefined ? { value: (from.value ?? 0) + 1, isDerived: true } : bound(end.slice(1));
  return { type: 'slice', start: from, end: to, step: bound(step?.slice(1) ?? '') };
}

function bound(text: string): Bound {
  if (text === '') return {};
  if (!/\d/.test(text)) throw new JsonpathError(`array index ${text} is not a number`);
  return { value: Number(text) };
}

/** `[?(@.a=="b")]`; without an operator it asks whether the left side exists. */
function readFilter(scanner: Scanner): JsonpathNode {
  scanner.at += '[?('.length;
  take(scanner);
  readToFilterEnd(scanner);
  if (next(scanner) !== ']') throw new JsonpathError('unclosed array expect ]');
  const text = take(scanner).slice(0, -2);
  const [, left, operator, right] = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(text) ?? [];
  if (left === undefined || operator === undefined || right === undefined) {
    return { type: 'filter', left: expression(text), operator: 'exists', right: { type: 'list', nodes: [] } };
  }
  return { type: 'filter', left: expression(left), operator, right: expression(right) };
}

/** A parenthesis inside a quotation does not end the filter. */
function readToFilterEnd(scanner: Scanner): void {
  let quote: string | undefined;
  let isClosed = false;
  for (;;) {
    const character = next(scanner);
    if (character === undefined || character === '\n') throw new JsonpathError('unterminated filter');
    if (character === '"' || character === "'") {
      if (quote === undefined) quote = character;
      else if (scanner.input[scanner.at - 2] !== '\\' && character === quote) isClosed = true;
    } else if (character === ')' && (quote !== undefined) === isClosed) {
      return;
    }
  }
}

function expression(text: string): JsonpathList {
  const [first] = parseJsonpath(`{${text}}`);
  if (first?.type !== 'list') throw new JsonpathError(`no expression in ${quoteGo(text)}`);
  return first;
}

function next(scanner: Scanner): string | undefined {
  const character = peek(scanner);
  scanner.at += character?.length ?? 0;
  return character;
}

function peek({ input, at }: Scanner): string | undefined {
  const code = input.codePointAt(at);
  return code === undefined ? undefined : String.fromCodePoint(code);
}

/** The text since the last taking. */
function take(scanner: Scanner): string {
  const text = scanner.input.slice(scanner.from, scanner.at);
  scanner.from = scanner.at;
  return text;
}

function isTerminator(character: string | undefined): boolean {
  return character === undefined || ' \t\r\n.,[]$@{}'.includes(character);
}

function isAlphanumeric(character: string): boolean {
  return /^[_\p{L}\p{Nd}]/u.test(character);
}
