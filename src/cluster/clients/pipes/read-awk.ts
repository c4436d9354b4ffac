export interface AwkRecord {
  readonly line: string;
  /** From 1. */
  readonly number: number;
  readonly fields: readonly string[];
}

export interface AwkRule {
  readonly when: 'begin' | 'line' | 'end';
  accepts(record: AwkRecord): boolean;
  print(record: AwkRecord): string;
}

type Test = (record: AwkRecord) => boolean;
type Value = (record: AwkRecord) => string;

/** Rules of a condition and a `{print …}`, one of which may be absent; undefined for any other program. */
export function readAwk(program: string): readonly AwkRule[] | undefined {
  const rules: AwkRule[] = [];
  let rest = program.trim();
  while (rest !== '') {
    const found =
      /^((?:"(?:[^"\\]|\\.)*"|\/(?:[^/\\]|\\.)*\/|[^{"/])*)(?:\{((?:"(?:[^"\\]|\\.)*"|[^}"])*)\})?/.exec(
        rest,
      );
    const [whole = '', head = '', body] = found ?? [];
    const rule = whole === '' ? undefined : readRule(head.trim(), body);
    if (rule === undefined) return undefined;
    rules.push(rule);
    rest = rest.slice(whole.length).replace(/^[\s;]+/, '');
  }
  return rules.length === 0 ? undefined : rules;
}

function readRule(head: string, body: string | undefined): AwkRule | undefined {
  const when = head === 'BEGIN' ? 'begin' : head === 'END' ? 'end' : 'line';
  const accepts = when === 'line' && head !== '' ? readCondition(head) : () => true;
  const print = readPrint(body ?? 'print');
  if (accepts === undefined || print === undefined || (when !== 'line' && body === undefined))
    return undefined;
  return { when, accepts, print };
}

function readPrint(statement: string): Value | undefined {
  const found = /^\s*print\b([^;]*);?\s*$/s.exec(statement);
  if (found === null) return undefined;
  const list = found[1]?.trim() ?? '';
  if (list === '') return ({ line }) => line;
  const items = splitOutside(list, ',').map(readConcatenation);
  if (items.some((item) => item === undefined)) return undefined;
  return (record) => items.map((item) => item?.(record) ?? '').join(' ');
}

/** Values that stand side by side are one text. */
function readConcatenation(text: string): Value | undefined {
  const words = text.match(/"(?:[^"\\]|\\.)*"|\S+?(?=["$\s]|$)/g) ?? [];
  const values = words.map(readValue);
  if (values.length === 0 || values.some((value) => value === undefined)) return undefined;
  return (record) => values.map((value) => value?.(record) ?? '').join('');
}

function readValue(word: string): Value | undefined {
  if (word.startsWith('"')) {
    const text = word.slice(1, -1).replaceAll('\\t', '\t').replaceAll('\\n', '\n').replaceAll('\\"', '"');
    return () => text;
  }
  if (/^-?\d+(?:\.\d+)?$/.test(word)) return () => word;
  if (word === 'NR') return ({ number }) => String(number);
  if (word === 'NF') return ({ fields }) => String(fields.length);
  if (word === '$0') return ({ line }) => line;
  if (word === '$NF') return ({ fields }) => fields.at(-1) ?? '';
  return /^\$\d+$/.test(word) ? ({ fields }) => fields[Number(word.slice(1)) - 1] ?? '' : undefined;
}

function readCondition(text: string): Test | undefined {
  const alternatives = splitOutside(text, '||').map((part) => allOf(splitOutside(part, '&&').map(readTest)));
  if (alternatives.some((test) => test === undefined)) return undefined;
  return (record) => alternatives.some((test) => test?.(record));
}

function allOf(tests: readonly (Test | undefined)[]): Test | undefined {
  if (tests.some((test) => test === undefined)) return undefined;
  return (record) => tests.every((test) => test?.(record));
}

function readTest(text: string): Test | undefined {
  const pattern = /^(!?)\s*\/((?:[^/\\]|\\.)*)\/$/.exec(text.trim());
  if (pattern !== null) {
    const wanted = new RegExp(pattern[2] ?? '', 'u');
    return ({ line }) => wanted.test(line) !== (pattern[1] === '!');
  }
  const [, left = '', operator = '', right = ''] =
    /^\s*([$\w]+)\s*(==|!=|>=|<=|>|<|!~|~)\s*("(?:[^"\\]|\\.)*"|\/(?:[^/\\]|\\.)*\/|[$\w.-]+)\s*$/.exec(
      text,
    ) ?? [];
  const value = readValue(left);
  if (value === undefined) return undefined;
  if (operator.endsWith('~')) {
    const wanted = new RegExp(right.slice(1, -1), 'u');
    return (record) => wanted.test(value(record)) !== (operator === '!~');
  }
  const other = readValue(right);
  return other && ((record) => compares(value(record), operator, other(record)));
}

/** As numbers when both are. */
function compares(left: string, operator: string, right: string): boolean {
  const areNumbers = [left, right].every((text) => text !== '' && Number.isFinite(Number(text)));
  const [a, b] = areNumbers ? [Number(left), Number(right)] : [left, right];
  switch (operator) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '>':
      return a > b;
    case '<':
      return a < b;
    case '>=':
      return a >= b;
    default:
      return a <= b;
  }
}

/** Splits a text at a separator that stands outside of quotes and patterns. */
function splitOutside(text: string, separator: string): readonly string[] {
  const parts = [''];
  const pieces = text.match(/"(?:[^"\\]|\\.)*"|\/(?:[^/\\]|\\.)*\/|&&|\|\||[\s\S]/g) ?? [];
  for (const piece of pieces) {
    if (piece === separator) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}
