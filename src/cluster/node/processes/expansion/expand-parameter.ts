import { spend } from '../machine/machine.ts';
import type { ParameterPart } from '../syntax/program.ts';
import { assign, type Expansion, fail, parameterValue } from './expansion.ts';
import type { Piece } from './fields.ts';
import { matchedPrefixes, matchedSuffixes, type Pattern } from './pattern.ts';

/** What the operand of `${name op word}` can be expanded to. */
export interface Operand {
  pieces(): readonly Piece[];
  text(): string;
  pattern(): Pattern;
  /** `/` and the slice have a second word. */
  secondText(): string | undefined;
  number(text: string): number;
}

/**
 * What becomes of the value of `${name}` with its operator; pieces where the operand's own quoting counts.
 */
export function expandOperator(
  expansion: Expansion,
  part: ParameterPart,
  operand: Operand,
  value: string | undefined,
): string | readonly Piece[] {
  const { name, operator = '' } = part;
  if (operator === 'bad' || operator === 'unsupported') {
    const known = operator === 'bad' ? 'bad substitution' : 'process substitution is not simulated';
    return fail(expansion, `${expansion.task.bash ? `${name}: ` : 'syntax error: '}${known}`);
  }
  if (operator.length <= 2 && /[-=+?]$/.test(operator)) return expandDefault(expansion, part, value, operand);
  if (
    value === undefined &&
    expansion.task.options.includes('u') &&
    operator !== '' &&
    !'@*'.includes(name)
  ) {
    return fail(expansion, `${name}: parameter not set`);
  }
  const text = value ?? '';
  spend(expansion.machine, text.length >> 6);
  switch (operator) {
    case 'length':
      return name === '@' || name === '*' ? String(expansion.task.args.length) : String([...text].length);
    case 'indirect':
      return parameterValue(expansion, text) ?? '';
    case 'slice':
      return slice(text, operand);
    case '^':
    case ',':
      return changeCase(text.slice(0, 1), operator) + text.slice(1);
    case '^^':
    case ',,':
      return changeCase(text, operator);
    case '/':
    case '//':
    case '/#':
    case '/%':
      return replace(expansion, text, operator, operand);
    default:
      return remove(expansion, text, operator, operand);
  }
}

/** Plain ASCII, the same in every locale. */
function changeCase(text: string, operator: string): string {
  return operator.startsWith('^') ? text.toUpperCase() : text.toLowerCase();
}

function expandDefault(
  expansion: Expansion,
  { name, operator = '' }: ParameterPart,
  value: string | undefined,
  operand: Operand,
): string | readonly Piece[] {
  const isEmpty = value === undefined || (operator.startsWith(':') && value === '');
  const kind = operator.slice(-1);
  if (kind === '+') return isEmpty ? '' : operand.pieces();
  if (!isEmpty) return value;
  if (kind === '-') return operand.pieces();
  const text = operand.text();
  if (kind === '=') {
    if (!assign(expansion, name, text)) return fail(expansion, `${name}: bad variable name`);
    return operand.pieces();
  }
  return fail(expansion, `${name}: ${text === '' ? 'parameter not set' : text}`);
}

function slice(text: string, operand: Operand): string {
  const chars = [...text];
  const offset = operand.number(operand.text());
  const from = offset < 0 ? chars.length + offset : offset;
  if (from < 0 || from > chars.length) return '';
  const second = operand.secondText();
  if (second === undefined) return chars.slice(from).join('');
  const length = operand.number(second);
  return chars.slice(from, length < 0 ? length : from + length).join('');
}

function remove(expansion: Expansion, text: string, operator: string, operand: Operand): string {
  const pattern = operand.pattern();
  spend(expansion.machine, (text.length * pattern.length) >> 6);
  const fromStart = operator.startsWith('#');
  const lengths = fromStart ? matchedPrefixes(pattern, text) : matchedSuffixes(pattern, text);
  const length = operator.length === 2 ? lengths.at(-1) : lengths[0];
  if (length === undefined) return text;
  return fromStart ? text.slice(length) : text.slice(0, text.length - length);
}

function replace(expansion: Expansion, text: string, operator: string, operand: Operand): string {
  const pattern = operand.pattern();
  const by = operand.secondText() ?? '';
  if (pattern.length === 0) return text;
  if (operator === '/%') {
    const length = matchedSuffixes(pattern, text).at(-1);
    return length === undefined ? text : text.slice(0, text.length - length) + by;
  }
  let result = '';
  for (let at = 0; at <= text.length; at += 1) {
    spend(expansion.machine, 1 + ((text.length - at) >> 6));
    const length = matchedPrefixes(pattern, text.slice(at)).at(-1);
    if (length !== undefined && (length > 0 || at === 0)) {
      result += by;
      if (operator !== '//' || length === 0) return result + text.slice(at + length);
      at += length - 1;
      continue;
    }
    if (operator === '/#') return text;
    result += text[at] ?? '';
  }
  return result;
}
