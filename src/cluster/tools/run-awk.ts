import type { AwkRule, AwkTerm } from './awk-script.ts';
import { formatPrintf } from './printf-text.ts';

/** What a program of awk knows between two lines, as plain data. */
export interface AwkState {
  [key: string]: string | number | Record<string, string>;
  /** `NR` */
  number: number;
  line: string;
  vars: Record<string, string>;
}

/** Before the first line: with the separator of `-F`, and what `-v` sets, as `name=value`. */
export function startAwk(separator = ' ', assignments: readonly string[] = []): AwkState {
  const vars: Record<string, string> = { FS: separator.replace(/\\t/g, '\t'), OFS: ' ', ORS: '\n' };
  for (const given of assignments) {
    const [name = '', value = ''] = given.split(/=(.*)/s);
    vars[name] = value;
  }
  return { number: 0, line: '', vars };
}

/** The rules that are due, and what they print. */
export function runAwk(
  rules: readonly AwkRule[],
  when: AwkRule['when'],
  before: AwkState,
): { readonly state: AwkState; readonly text: string } {
  const state: AwkState = { ...before, vars: { ...before.vars } };
  let text = '';
  for (const rule of rules) {
    if (rule.when !== when || (rule.test && !isTrue(rule.test, state))) continue;
    for (const action of rule.actions) {
      if (action.kind === 'next') return { state, text };
      if (action.kind === 'print') {
        const values = action.values.map((term) => textOf(term, state));
        text +=
          (values.length > 0 ? values.join(state.vars['OFS']) : state.line) + (state.vars['ORS'] ?? '\n');
      } else if (action.kind === 'printf') {
        const [format = '', ...args] = action.values.map((term) => textOf(term, state));
        text += formatPrintf(format, args).text;
      } else if (action.kind === 'value') textOf(action.value, state);
    }
  }
  return { state, text };
}

function fieldsOf(state: AwkState): readonly string[] {
  const separator = state.vars['FS'] ?? ' ';
  if (separator === ' ') return state.line.split(/\s+/).filter((field) => field !== '');
  if (state.line === '') return [];
  if (separator.length === 1) return state.line.split(separator);
  try {
    return state.line.split(new RegExp(separator, 'u'));
  } catch {
    return state.line.split(separator);
  }
}

function isTrue(term: AwkTerm, state: AwkState): boolean {
  if (term.kind === 'match' && term.left === undefined) return new RegExp(term.pattern, 'u').test(state.line);
  const text = textOf(term, state);
  return term.kind === 'text' ? text !== '' : text !== '' && text !== '0';
}

const numberOf = (text: string): number => Number.parseFloat(text) || 0;
const isNumber = (text: string): boolean => /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(text);

/** Numbers are printed as `%.6g` where they are not whole. */
const numberText = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));

function textOf(term: AwkTerm, state: AwkState): string {
  switch (term.kind) {
    case 'text':
    case 'number':
      return term.value;
    case 'field': {
      const index = numberOf(textOf(term.index, state));
      return index === 0 ? state.line : (fieldsOf(state)[index - 1] ?? '');
    }
    case 'name':
      if (term.name === 'NR' || term.name === 'FNR') return String(state.number);
      return term.name === 'NF' ? String(fieldsOf(state).length) : (state.vars[term.name] ?? '');
    case 'join':
      return term.parts.map((part) => textOf(part, state)).join('');
    case 'match':
      return new RegExp(term.pattern, 'u').test(term.left ? textOf(term.left, state) : state.line) ===
        !term.negated
        ? '1'
        : '0';
    case 'not':
      return isTrue(term.of, state) ? '0' : '1';
    case 'binary':
      return binary(term, state);
    case 'assign': {
      const right = textOf(term.value, state);
      const before = numberOf(state.vars[term.name] ?? '');
      const value =
        term.operator === '='
          ? right
          : numberText(calculate(term.operator.slice(0, 1), before, numberOf(right)));
      state.vars[term.name] = value;
      return value;
    }
    case 'call':
      return call(
        term.name,
        term.args.map((arg) => textOf(arg, state)),
        state,
      );
  }
}

function binary(term: Extract<AwkTerm, { kind: 'binary' }>, state: AwkState): string {
  const { operator } = term;
  if (operator === '&&') return isTrue(term.left, state) && isTrue(term.right, state) ? '1' : '0';
  if (operator === '||') return isTrue(term.left, state) || isTrue(term.right, state) ? '1' : '0';
  const [left, right] = [textOf(term.left, state), textOf(term.right, state)];
  if (/^[-+*/%]$/.test(operator)) return numberText(calculate(operator, numberOf(left), numberOf(right)));
  const areNumbers = (isNumber(left) || left === '') && (isNumber(right) || right === '');
  const order = areNumbers ? numberOf(left) - numberOf(right) : left < right ? -1 : left > right ? 1 : 0;
  const holds = {
    '==': order === 0,
    '!=': order !== 0,
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
  }[operator];
  return holds ? '1' : '0';
}

function calculate(operator: string, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? 0 : left / right;
    default:
      return right === 0 ? 0 : left % right;
  }
}

function call(name: string, args: readonly string[], state: AwkState): string {
  const [first = state.line] = args;
  switch (name) {
    case 'length':
      return String([...first].length);
    case 'toupper':
      return first.toUpperCase();
    case 'tolower':
      return first.toLowerCase();
    case 'int':
      return String(Math.trunc(numberOf(first)));
    case 'substr':
      return first.slice(
        Math.max(0, numberOf(args[1] ?? '1') - 1),
        args[2] === undefined ? undefined : numberOf(args[1] ?? '1') - 1 + numberOf(args[2]),
      );
    default:
      return '';
  }
}
