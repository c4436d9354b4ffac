import { type Operand, type PathRoot, type Pipe, TemplateError, type TemplateNode } from './template-node.ts';

interface Token {
  readonly type: 'text' | 'open' | 'close' | 'word' | 'field' | 'variable' | 'string' | 'number' | 'sign';
  readonly text: string;
  /** No blank stands before it. */
  readonly isJoined?: boolean;
}

/** Reads a template (Go: text/template/parse); definitions of other templates are not understood. */
export function parseTemplate(source: string): readonly TemplateNode[] {
  const reader: Reader = { tokens: tokenize(source), at: 0 };
  const { nodes, end } = readNodes(reader);
  if (end !== '') throw new TemplateError(`template: output:1: unexpected {{${end}}}`);
  return nodes;
}

/** Text, and what stands in double braces cut into words; `{{-` and `-}}` eat the blanks beside them. */
function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let trims = false;
  while (at < source.length) {
    const open = source.indexOf('{{', at);
    const end = open < 0 ? source.length : open;
    const isTrimmed = /^\{\{-\s/.test(source.slice(end, end + 4));
    let text = source.slice(at, end);
    if (trims) text = text.trimStart();
    if (isTrimmed) text = text.trimEnd();
    if (text !== '') tokens.push({ type: 'text', text });
    if (open < 0) break;
    const inside = cutAction(source, end + 2 + (isTrimmed ? 1 : 0), tokens);
    at = inside.at;
    trims = inside.trims;
  }
  return tokens;
}

const WORDS: readonly (readonly [Token['type'], RegExp])[] = [
  ['string', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ['number', /[-+]?\d+(?:\.\d+)?/y],
  ['variable', /\$\w*/y],
  ['field', /\.\w+/y],
  ['sign', /:=|[|(),=.]/y],
  ['word', /\w+/y],
];

function cutAction(
  source: string,
  start: number,
  tokens: Token[],
): { readonly at: number; readonly trims: boolean } {
  const comment = /\s*\/\*[\s\S]*?\*\/\s*?(\s-)?\}\}/y;
  comment.lastIndex = start;
  const found = comment.exec(source);
  if (found !== null) return { at: comment.lastIndex, trims: found[1] !== undefined };
  tokens.push({ type: 'open', text: '{{' });
  let at = start;
  for (;;) {
    const blank = /\s*/y;
    blank.lastIndex = at;
    const spaces = blank.exec(source)?.[0] ?? '';
    at += spaces.length;
    const trims = spaces !== '' && source.startsWith('-}}', at);
    if (trims || source.startsWith('}}', at)) {
      tokens.push({ type: 'close', text: '}}' });
      return { at: at + (trims ? 3 : 2), trims };
    }
    if (at >= source.length) throw new TemplateError('template: output:1: unclosed action');
    const token = { ...wordAt(source, at), isJoined: spaces === '' };
    tokens.push(token);
    at += token.text.length;
  }
}

function wordAt(source: string, at: number): Token {
  for (const [type, pattern] of WORDS) {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0];
    if (text !== undefined) return { type, text };
  }
  const code = (source.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  throw new TemplateError(`template: output:1: unrecognized character in action: U+${code} '${source[at]}'`);
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
}

function next(reader: Reader): Token | undefined {
  const token = reader.tokens[reader.at];
  reader.at += 1;
  return token;
}

interface Nodes {
  readonly nodes: readonly TemplateNode[];
  /** The word that ended them: `end`, `else`; empty at the end of all. */
  readonly end: string;
}

function readNodes(reader: Reader): Nodes {
  const nodes: TemplateNode[] = [];
  for (let token = next(reader); token !== undefined; token = next(reader)) {
    if (token.type === 'text') {
      nodes.push({ type: 'text', text: token.text });
      continue;
    }
    const word = reader.tokens[reader.at]?.text ?? '';
    switch (word) {
      case 'end':
        reader.at += 1;
        expectClose(reader);
        return { nodes, end: word };
      case 'else':
        reader.at += 1;
        return { nodes, end: word };
      case 'if':
      case 'with':
      case 'range':
        reader.at += 1;
        nodes.push(readControl(reader, word));
        break;
      case 'break':
      case 'continue':
        reader.at += 1;
        expectClose(reader);
        nodes.push({ type: word });
        break;
      case 'define':
      case 'template':
      case 'block':
        throw new TemplateError(`template: output:1: {{${word}}} is not simulated`);
      default:
        nodes.push({ type: 'print', pipe: readPipe(reader, 'close') });
    }
  }
  return { nodes, end: '' };
}

function expectClose(reader: Reader): void {
  const token = next(reader);
  if (token?.type !== 'close')
    throw new TemplateError(`template: output:1: unexpected <${token?.text ?? 'EOF'}> in end`);
}

function readControl(reader: Reader, type: 'if' | 'with' | 'range'): TemplateNode {
  const pipe = readPipe(reader, 'close');
  const { nodes: body, end } = readNodes(reader);
  if (end === '') throw new TemplateError('template: output:1: unexpected EOF');
  if (end === 'end') return { type, pipe, body, otherwise: [] };
  const word = reader.tokens[reader.at]?.text;
  if (word === 'if' || word === 'with') {
    reader.at += 1;
    return { type, pipe, body, otherwise: [readControl(reader, word)] };
  }
  expectClose(reader);
  const { nodes: otherwise, end: last } = readNodes(reader);
  if (last !== 'end') throw new TemplateError('template: output:1: expected end; found {{else}}');
  return { type, pipe, body, otherwise };
}

/** Up to the end of the action, or to the closing parenthesis, which it takes too. */
function readPipe(reader: Reader, ends: 'close' | ')'): Pipe {
  const { variables, isAssigned } = readVariables(reader);
  const commands: (readonly Operand[])[] = [];
  let command: Operand[] = [];
  for (let token = next(reader); ; token = next(reader)) {
    if (token === undefined) throw new TemplateError('template: output:1: unexpected EOF');
    const isEnd = ends === 'close' ? token.type === 'close' : token.text === ')' && token.type === 'sign';
    if (isEnd || (token.type === 'sign' && token.text === '|')) {
      if (command.length === 0) throw new TemplateError('template: output:1: missing value for command');
      commands.push(command);
      command = [];
      if (isEnd) return { variables, isAssigned, commands };
      continue;
    }
    command.push(readOperand(reader, token));
  }
}

function readVariables(reader: Reader): Pick<Pipe, 'variables' | 'isAssigned'> {
  const texts = reader.tokens.slice(reader.at, reader.at + 4);
  const [first, second, third, fourth] = texts;
  if (first?.type !== 'variable') return { variables: [], isAssigned: false };
  const isSetting = (token: Token | undefined) => token?.text === ':=' || token?.text === '=';
  if (isSetting(second)) {
    reader.at += 2;
    return { variables: [first.text], isAssigned: second?.text === '=' };
  }
  if (second?.text === ',' && third?.type === 'variable' && isSetting(fourth)) {
    reader.at += 4;
    return { variables: [first.text, third.text], isAssigned: fourth?.text === '=' };
  }
  return { variables: [], isAssigned: false };
}

function readOperand(reader: Reader, { type, text }: Token): Operand {
  switch (type) {
    case 'string':
      return { type: 'value', value: text.startsWith('`') ? text.slice(1, -1) : unquoted(text) };
    case 'number':
      return { type: 'value', value: Number(text) };
    case 'variable':
      return readPath(reader, { type: 'variable', name: text }, []);
    case 'field':
      return readPath(reader, { type: 'dot' }, [text.slice(1)]);
    case 'word':
      if (text === 'true' || text === 'false') return { type: 'value', value: text === 'true' };
      return text === 'nil' ? { type: 'value', value: null } : { type: 'function', name: text };
    default:
      if (text === '(') return readPath(reader, { type: 'pipe', pipe: readPipe(reader, ')') }, []);
      if (text === '.') return { type: 'path', root: { type: 'dot' }, fields: [] };
      throw new TemplateError(`template: output:1: unexpected "${text}" in operand`);
  }
}

function readPath(reader: Reader, root: PathRoot, fields: readonly string[]): Operand {
  const all = [...fields];
  const isMore = (token: Token | undefined) => token?.type === 'field' && token.isJoined === true;
  while (isMore(reader.tokens[reader.at])) all.push((next(reader)?.text ?? '').slice(1));
  return { type: 'path', root, fields: all };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, (_whole, letter: string) => ESCAPES[letter] ?? letter);
}
