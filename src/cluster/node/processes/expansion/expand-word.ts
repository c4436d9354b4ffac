import { spend } from '../machine/machine.ts';
import type { ParameterPart, Part, Word } from '../syntax/program.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import { expandOperator, type Operand } from './expand-parameter.ts';
import {
  assign,
  type Expansion,
  fail,
  itemsOf,
  LONGEST_TEXT,
  parameterValue,
  separator,
} from './expansion.ts';
import { type Piece, splitFields } from './fields.ts';
import { globPaths } from './glob.ts';
import { hasWildcard, type PatternPiece, patternOf } from './pattern.ts';

/** The fields that a word of a command becomes: split, and with the paths that wildcards stand for. */
export function expandToFields(expansion: Expansion, word: Word): string[] {
  if (word.whole) return [expandToText(expansion, word)];
  const plain = plainText(word);
  if (plain !== undefined) return [plain];
  const pieces = expandParts(expansion, word.parts);
  const ifs = parameterValue(expansion, 'IFS') ?? ' \t\n';
  const { machine, task } = expansion;
  if (!isBearable(expansion, pieces)) return [];
  return splitFields(pieces, ifs).flatMap((field) => {
    const text = field.map((piece) => piece.text).join('');
    const isPlain = task.options.includes('f') || !/[*?[]/.test(text) || !hasWildcard(patternOf(field));
    if (isPlain) return [text];
    const paths = globPaths(machine.files, task.cwd, field);
    return paths.length > 0 ? paths : [text];
  });
}

/** A word of which nothing is to be expanded, as most words are. */
function plainText({ parts }: Word): string | undefined {
  const [first, second] = parts;
  if (first?.kind !== 'text' || second || (!first.quoted && /[*?[]/.test(first.text))) return undefined;
  return first.text;
}

/** One text, neither split nor matched: values of assignments, names of files, here-documents. */
export function expandToText(expansion: Expansion, word: Word): string {
  return textOf(expansion, expandParts(expansion, word.parts));
}

export function expandToPattern(expansion: Expansion, word: Word): PatternPiece[] {
  return expandParts(expansion, word.parts).filter((piece) => piece !== 'break');
}

/** The value of an expression of which the parts are still to be expanded. */
export function expandArithmetic(expansion: Expansion, parts: readonly Part[]): bigint {
  return evaluate(expansion, textOf(expansion, expandParts(expansion, parts)));
}

function evaluate(expansion: Expansion, text: string): bigint {
  if (expansion.needs !== undefined) return 0n;
  const result = evaluateArithmetic(text, {
    get: (name) => parameterValue(expansion, name),
    set: (name, value) => assign(expansion, name, value),
  });
  if ('value' in result) return result.value;
  fail(expansion, result.problem);
  return 0n;
}

function textOf(expansion: Expansion, pieces: readonly Piece[]): string {
  if (!isBearable(expansion, pieces)) return '';
  return pieces.map((piece) => (piece === 'break' ? separator(expansion) : piece.text)).join('');
}

/** A text may not outgrow what a shell could hold, and long ones count as work. */
function isBearable(expansion: Expansion, pieces: readonly Piece[]): boolean {
  const length = pieces.reduce((sum, piece) => sum + (piece === 'break' ? 1 : piece.text.length), 0);
  spend(expansion.machine, length >> 6);
  if (length <= LONGEST_TEXT) return true;
  fail(expansion, 'out of memory');
  return false;
}

function expandParts(expansion: Expansion, parts: readonly Part[]): Piece[] {
  if (parts.length === 1 && parts[0]?.kind === 'text') return [{ ...parts[0], split: false }];
  return parts.flatMap((part) => expandPart(expansion, part));
}

function expandPart(expansion: Expansion, part: Part): readonly Piece[] {
  switch (part.kind) {
    case 'text':
      return [{ text: part.text, quoted: part.quoted, split: false }];
    case 'quotes': {
      const inner = part.parts.flatMap((one) => expandPart(expansion, one));
      const isOnlyAll =
        part.parts.length === 1 &&
        part.parts[0]?.kind === 'parameter' &&
        (part.parts[0].name === '@' || part.parts[0].index === '@');
      return inner.length === 0 && isOnlyAll ? [] : [{ text: '', quoted: true, split: false }, ...inner];
    }
    case 'parameter':
      return expandParameter(expansion, part);
    case 'capture':
      return [{ text: captureResult(expansion, part.node), quoted: part.quoted, split: !part.quoted }];
    case 'arithmetic': {
      const value = String(expandArithmetic(expansion, part.parts));
      return [{ text: value, quoted: part.quoted, split: !part.quoted }];
    }
    case 'home':
      return [{ text: parameterValue(expansion, 'HOME') ?? '~', quoted: true, split: false }];
  }
}

function captureResult(expansion: Expansion, node: number): string {
  const result = expansion.results[expansion.used];
  if (result === undefined) {
    // What stands after it is expanded all the same, to no effect; the first one counts.
    expansion.needs ??= node;
    return '';
  }
  expansion.used += 1;
  return result;
}

function expandParameter(expansion: Expansion, part: ParameterPart): readonly Piece[] {
  const { name, quoted, operator, index } = part;
  if (index === '@' || index === '*') return expandArray(expansion, part);
  if (index !== undefined) return expandElement(expansion, part, index);
  if (operator === undefined) {
    if (name === '@' || (name === '*' && !quoted)) return allArguments(expansion, quoted);
    const value = parameterValue(expansion, name);
    if (value === undefined && expansion.task.options.includes('u') && !'@*'.includes(name)) {
      fail(expansion, expansion.task.bash ? `${name}: unbound variable` : `${name}: parameter not set`);
    }
    return [{ text: value ?? '', quoted, split: !quoted }];
  }
  return expandValue(expansion, part, parameterValue(expansion, name));
}

function expandValue(
  expansion: Expansion,
  part: ParameterPart,
  before: string | undefined,
): readonly Piece[] {
  const { quoted } = part;
  const value = expandOperator(expansion, part, operandOf(expansion, part), before);
  if (typeof value === 'string') return [{ text: value, quoted, split: !quoted }];
  // The words of a default are split as if they stood outside, unless they are quoted themselves.
  return value.map((piece) =>
    piece === 'break' ? piece : { ...piece, split: !quoted && (piece.split || !piece.quoted) },
  );
}

/** `${a[i]}`; counted from the end where the index is below 0. */
function expandElement(expansion: Expansion, part: ParameterPart, index: readonly Part[]): readonly Piece[] {
  const { name, quoted, operator } = part;
  const items = itemsOf(expansion, name);
  const wanted = Number(expandArithmetic(expansion, index));
  const at = wanted < 0 ? Number(Object.keys(items).at(-1) ?? 0) + 1 + wanted : wanted;
  const value = items[at];
  if (operator !== undefined) return expandValue(expansion, part, value);
  if (value === undefined && expansion.task.options.includes('u')) {
    fail(expansion, `${name}[${wanted}]: unbound variable`);
  }
  return [{ text: value ?? '', quoted, split: !quoted }];
}

/** `${a[@]}`: all elements, each for itself with the operator; `${#a[@]}` says how many there are. */
function expandArray(expansion: Expansion, part: ParameterPart): readonly Piece[] {
  const { name, quoted, operator, index } = part;
  const items = itemsOf(expansion, name);
  const texts = Object.values(items);
  const isOneField = index === '*' && quoted;
  const all = (values: readonly string[]): readonly Piece[] =>
    isOneField
      ? [{ text: values.join(separator(expansion)), quoted, split: false }]
      : separated(values, quoted);
  if (operator === undefined) return all(texts);
  if (operator === 'length') return [{ text: String(texts.length), quoted, split: !quoted }];
  if (operator === 'keys') return all(Object.keys(items));
  const operand = operandOf(expansion, part);
  if (operator === 'slice') {
    const second = operand.secondText();
    const from = operand.number(operand.text());
    return all(texts.slice(from, second === undefined ? undefined : from + operand.number(second)));
  }
  if (/^:?[-=+?]$/.test(operator)) {
    const joined = texts.length === 0 ? undefined : texts.join(' ');
    return texts.length > 0 && /[-=?]$/.test(operator) ? all(texts) : expandValue(expansion, part, joined);
  }
  return all(texts.map((text) => String(expandOperator(expansion, part, operand, text))));
}

/** `"$@"` makes a field of each argument; unquoted, each is then split in turn. */
function allArguments(expansion: Expansion, quoted: boolean): readonly Piece[] {
  return separated(expansion.task.args, quoted);
}

function separated(texts: readonly string[], quoted: boolean): readonly Piece[] {
  return texts.flatMap((text, index): Piece[] => [
    ...(index > 0 ? (['break'] as const) : []),
    { text, quoted, split: !quoted },
  ]);
}

function operandOf(expansion: Expansion, part: ParameterPart): Operand {
  const word = part.word ?? { parts: [], source: '' };
  return {
    pieces: () => expandParts(expansion, word.parts),
    text: () => expandToText(expansion, word),
    pattern: () => patternOf(expandToPattern(expansion, word)),
    secondText: () => part.second && expandToText(expansion, part.second),
    number: (text) => Number(evaluate(expansion, text)),
  };
}
