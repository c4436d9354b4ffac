import type {
  ArithmeticCommandExpansion,
  ArithmeticExpression,
  CommandExpansionPart,
  ParameterExpansionPart,
  Word as UnbashWord,
  WordPart,
} from 'unbash';
import { parse } from 'unbash';
import { expandBraces } from '../../../tools/expand-braces.ts';
import { arithmeticLeaves } from './arithmetic-leaves.ts';
import { addMistake, addNode, type Compiling, withSource } from './compiling.ts';
import type { ParameterPart, Part, Word } from './program.ts';
import { firstMistake } from './syntax-mistake.ts';

/** The words that stand for one as written: in bash, braces make several of it before all else. */
export function compileWords(compiling: Compiling, word: UnbashWord): Word[] {
  if (compiling.dialect !== 'bash' || !word.text.includes('{')) return [compileWord(compiling, word)];
  const texts = expandBraces(word.text);
  if (texts.length === 1) return [compileWord(compiling, word)];
  return texts.flatMap((text) => {
    const source = `: ${text}`;
    const command = parse(source).commands[0]?.command;
    const argument = command?.type === 'Command' ? command.suffix[0] : undefined;
    if (argument?.type !== 'Word') return [];
    return [compileWord(withSource(compiling, source, compiling.lineAt(word.pos)), argument)];
  });
}

export function compileWord(compiling: Compiling, word: UnbashWord): Word {
  const parts = word.parts
    ? word.parts.flatMap((part) => compilePart(compiling, part))
    : unquotedText(compiling, word.text);
  return { parts: withHome(parts), source: word.text };
}

/** The parts between double quotes, in a here-document or in an arithmetic expansion. */
export function compileQuotedParts(compiling: Compiling, parts: readonly WordPart[]): Part[] {
  return parts.flatMap((part): readonly Part[] => {
    switch (part.type) {
      case 'Literal':
        return [{ kind: 'text', text: part.value, quoted: true }];
      case 'DoubleQuoted':
      case 'LocaleString':
        return compileQuotedParts(compiling, part.parts);
      case 'SingleQuoted':
        return [{ kind: 'text', text: part.text, quoted: true }];
      case 'SimpleExpansion':
      case 'ParameterExpansion':
      case 'CommandExpansion':
      case 'ArithmeticExpansion':
        return compileExpansion(compiling, part, true);
      default:
        return [{ kind: 'text', text: part.text, quoted: true }];
    }
  });
}

function compilePart(compiling: Compiling, part: WordPart): readonly Part[] {
  switch (part.type) {
    case 'Literal':
      return unquotedText(compiling, part.text);
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [{ kind: 'quotes', parts: [{ kind: 'text', text: part.value, quoted: true }] }];
    case 'DoubleQuoted':
    case 'LocaleString':
      return [{ kind: 'quotes', parts: compileQuotedParts(compiling, part.parts) }];
    case 'Glob':
      if (part.kind !== 'bracket') return [{ kind: 'text', text: part.text, quoted: false }];
      return compileBracket(compiling, part.text, part.parts);
    case 'ExtendedGlob':
      return unquotedText(compiling, part.text);
    case 'BraceExpansion':
      return part.parts
        ? part.parts.flatMap((inner) => compilePart(compiling, inner))
        : unquotedText(compiling, part.text);
    case 'ProcessSubstitution':
      return [{ kind: 'parameter', name: part.text, operator: 'unsupported', quoted: false }];
    default:
      return compileExpansion(compiling, part, false);
  }
}

/** `[a-z]` with what may be quoted or expanded inside; the brackets themselves stay pattern characters. */
function compileBracket(compiling: Compiling, text: string, parts: readonly WordPart[]): readonly Part[] {
  if (parts.every((part) => part.type === 'Literal')) return unquotedText(compiling, text);
  const inner = parts.flatMap((part) => compilePart(compiling, part));
  return inner.length > 0 ? inner : unquotedText(compiling, text);
}

/**
 * In unquoted text a backslash quotes the next character, and a backslash before a newline vanishes with it.
 */
function unquotedText(_compiling: Compiling, text: string): Part[] {
  const parts: Part[] = [];
  for (const [piece] of text.matchAll(/\\[\s\S]?|[^\\]+/g)) {
    if (piece === '\\\n') continue;
    if (piece.startsWith('\\')) parts.push({ kind: 'text', text: piece.slice(1) || '\\', quoted: true });
    else parts.push({ kind: 'text', text: piece, quoted: false });
  }
  return parts;
}

/** A word that begins with `~` or `~/` begins with the home directory. */
function withHome(parts: Part[]): Part[] {
  const first = parts[0];
  if (first?.kind !== 'text' || first.quoted || !/^~(\/|$)/.test(first.text)) return parts;
  if (first.text === '~' && parts.length > 1) return parts;
  return [{ kind: 'home' }, { ...first, text: first.text.slice(1) }, ...parts.slice(1)];
}

type Expansion = Extract<
  WordPart,
  { type: 'SimpleExpansion' | 'ParameterExpansion' | 'CommandExpansion' | 'ArithmeticExpansion' }
>;

function compileExpansion(compiling: Compiling, part: Expansion, quoted: boolean): Part[] {
  switch (part.type) {
    case 'SimpleExpansion':
      return [{ kind: 'parameter', name: part.text.slice(1), quoted }];
    case 'ParameterExpansion':
      return [compileParameter(compiling, part, quoted)];
    case 'CommandExpansion':
      return [compileCapture(compiling, part, quoted)];
    case 'ArithmeticExpansion':
      return [{ kind: 'arithmetic', parts: compileArithmetic(compiling, part.expression).parts, quoted }];
  }
}

function compileParameter(
  compiling: Compiling,
  part: ParameterExpansionPart,
  quoted: boolean,
): ParameterPart {
  const { parameter, operation, prefix, index } = part;
  const isArray = index !== undefined && compiling.dialect === 'bash';
  const base = {
    kind: 'parameter',
    name: parameter,
    quoted,
    ...(isArray && { index: compileIndex(compiling, index) }),
  } as const;
  const bad: ParameterPart = { ...base, name: part.text, operator: 'bad' };
  if (parameter === '' || (index !== undefined && !isArray)) return bad;
  if (prefix !== undefined) {
    const isKnown = !operation && (prefix === '#' || compiling.dialect === 'bash');
    return isKnown ? { ...base, operator: meaningOf(prefix, isArray) } : bad;
  }
  return operation ? compileOperation(compiling, operation, { base, bad, quoted }) : base;
}

/** `${#a}`, `${!a[@]}` and `${!a}`. */
function meaningOf(prefix: '#' | '!', isArray: boolean): string {
  if (prefix === '#') return 'length';
  return isArray ? 'keys' : 'indirect';
}

interface Operated {
  readonly base: ParameterPart;
  /** What it is where the shell has no such operator. */
  readonly bad: ParameterPart;
  readonly quoted: boolean;
}

function compileOperation(
  compiling: Compiling,
  operation: NonNullable<ParameterExpansionPart['operation']>,
  { base, bad, quoted }: Operated,
): ParameterPart {
  const word = (operand: UnbashWord | undefined): Word =>
    operand ? compileWord(compiling, operand) : EMPTY_WORD;
  switch (operation.type) {
    case 'Default':
      return {
        ...base,
        operator: operation.operator,
        word: compileDefault(compiling, operation.operand, quoted),
      };
    case 'Remove':
      return { ...base, operator: operation.operator, word: word(operation.operand) };
    case 'Replace':
      if (compiling.dialect === 'dash') return bad;
      if (compiling.dialect === 'ash')
        return {
          ...base,
          ...plainReplace(operation.operator, word(operation.pattern)),
          second: word(operation.replacement),
        };
      return {
        ...base,
        operator: operation.operator,
        word: word(operation.pattern),
        second: word(operation.replacement),
      };
    case 'Slice':
      if (compiling.dialect === 'dash') return bad;
      return {
        ...base,
        operator: 'slice',
        word: word(operation.offset),
        ...(operation.length && { second: word(operation.length) }),
      };
    case 'CaseModification':
      return compiling.dialect === 'bash' && !operation.operand
        ? { ...base, operator: operation.operator }
        : bad;
    default:
      return bad;
  }
}

/** `[@]`, `[*]`, or an expression. */
function compileIndex(compiling: Compiling, index: UnbashWord): NonNullable<ParameterPart['index']> {
  return index.text === '@' || index.text === '*' ? index.text : compileWord(compiling, index).parts;
}

/** ash does not anchor: in `${x/#a/b}` the `#` belongs to the pattern. */
function plainReplace(operator: string, pattern: Word): { operator: string; word: Word } {
  if (operator === '/' || operator === '//') return { operator, word: pattern };
  const anchor: Part = { kind: 'text', text: operator.slice(1), quoted: true };
  return { operator: '/', word: { ...pattern, parts: [anchor, ...pattern.parts] } };
}

const EMPTY_WORD: Word = { parts: [], source: '' };

/** In `"${x:-'a'}"` the single quotes are text: the default stands between the double quotes. */
function compileDefault(compiling: Compiling, operand: UnbashWord, quoted: boolean): Word {
  if (!quoted) return compileWord(compiling, operand);
  const parts = operand.parts ? compileQuotedParts(compiling, operand.parts) : quotedText(operand.text);
  return { parts, source: operand.text };
}

function quotedText(text: string): Part[] {
  const plain = text.replace(/\\([$`"\\}]|\n)/g, (_, char: string) => (char === '\n' ? '' : char));
  return plain === '' ? [] : [{ kind: 'text', text: plain, quoted: true }];
}

function compileCapture(
  compiling: Compiling,
  part: CommandExpansionPart | ArithmeticCommandExpansion,
  quoted: boolean,
): Part {
  const { script } = part;
  const line = compiling.lineAt(part.pos);
  if (!script)
    return { kind: 'capture', node: addNode(compiling, { kind: 'list', items: [], line }), quoted };
  const inner = script.source === undefined ? compiling : withSource(compiling, script.source, line);
  const mistake = firstMistake(script, inner.source);
  if (mistake) compiling.mistakes.push({ message: mistake.message, line });
  const node = mistake
    ? addMistake(inner, mistake.message.replace('syntax error: ', ''), line)
    : compiling.compileStatements(inner, script.commands);
  return { kind: 'capture', node, quoted };
}

/** The text of an arithmetic expression with what is to be expanded in it. */
export function compileArithmetic(compiling: Compiling, expression: ArithmeticExpression | undefined): Word {
  if (!expression) return EMPTY_WORD;
  const parts: Part[] = [];
  let at = expression.pos;
  const upTo = (pos: number): void => {
    if (pos > at) parts.push({ kind: 'text', text: compiling.source.slice(at, pos), quoted: true });
  };
  for (const leaf of arithmeticLeaves(expression)) {
    upTo(leaf.pos);
    if (leaf.type === 'ArithmeticCommandExpansion') parts.push(compileCapture(compiling, leaf, true));
    else if (leaf.parts) parts.push(...compileQuotedParts(compiling, leaf.parts));
    else parts.push(arithmeticText(leaf.value));
    at = leaf.end;
  }
  upTo(expression.end);
  return { parts, source: compiling.source.slice(expression.pos, expression.end) };
}

/** The parser leaves a lone `$name` or `${name}` in arithmetic as text without parts. */
function arithmeticText(text: string): Part {
  const name = /^\$\{?([A-Za-z_]\w*|[0-9]+|[#?$!@*-])\}?$/.exec(text)?.[1];
  return name === undefined
    ? { kind: 'text', text, quoted: true }
    : { kind: 'parameter', name, quoted: true };
}
