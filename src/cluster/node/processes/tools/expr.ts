import { posixRegex } from '../../../tools/posix-regex.ts';
import { evaluateArithmetic } from '../expansion/arithmetic.ts';
import type { Tool } from './tool.ts';

/** Operands and operators are arguments of their own; the status is 1 where the value is 0 or empty. */
export const expr: Tool = {
  usage: 'expr EXPRESSION',
  run(io) {
    if (io.args.length === 0) {
      io.complain('too few arguments');
      return 2;
    }
    const reader: Reader = { args: io.args, at: 0 };
    const value = readOr(reader);
    if (reader.at < reader.args.length) reader.problem ??= 'syntax error';
    if (reader.problem !== undefined) {
      io.complain(reader.problem);
      return 2;
    }
    io.out(`${value}\n`);
    return value === '0' || value === '' ? 1 : 0;
  },
};

interface Reader {
  readonly args: readonly string[];
  at: number;
  problem?: string;
}

const isZero = (value: string): boolean => value === '' || value === '0';

function readOr(reader: Reader): string {
  let left = readAnd(reader);
  while (reader.args[reader.at] === '|') {
    reader.at += 1;
    const right = readAnd(reader);
    left = isZero(left) ? right : left;
  }
  return left;
}

function readAnd(reader: Reader): string {
  let left = readLevel(reader, 0);
  while (reader.args[reader.at] === '&') {
    reader.at += 1;
    const right = readLevel(reader, 0);
    left = isZero(left) || isZero(right) ? '0' : left;
  }
  return left;
}

const LEVELS: readonly (readonly string[])[] = [
  ['=', '==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

function readLevel(reader: Reader, level: number): string {
  const operators = LEVELS[level];
  if (!operators) return readMatch(reader);
  let left = readLevel(reader, level + 1);
  for (;;) {
    const operator = reader.args[reader.at] ?? '';
    if (!operators.includes(operator)) return left;
    reader.at += 1;
    left = apply(reader, operator, left, readLevel(reader, level + 1));
  }
}

function apply(reader: Reader, operator: string, left: string, right: string): string {
  const isNumber = (text: string): boolean => /^-?\d+$/.test(text);
  const areNumbers = isNumber(left) && isNumber(right);
  if (LEVELS[0]?.includes(operator)) return compare(operator, left, right, areNumbers) ? '1' : '0';
  if (!areNumbers) {
    reader.problem ??= 'non-numeric argument';
    return '0';
  }
  const result = evaluateArithmetic(`(${left})${operator}(${right})`, {
    get: () => undefined,
    set: () => false,
  });
  if ('value' in result) return String(result.value);
  reader.problem ??= result.problem === 'divide by zero' ? 'division by zero' : 'syntax error';
  return '0';
}

function compare(operator: string, left: string, right: string, areNumbers: boolean): boolean {
  const [a, b] = areNumbers ? [Number(left), Number(right)] : [left, right];
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '!=':
      return a !== b;
    default:
      return a === b;
  }
}

/** `text : expression` gives what the group matched, or how many characters did. */
function readMatch(reader: Reader): string {
  let left = readOperand(reader);
  while (reader.args[reader.at] === ':') {
    reader.at += 1;
    left = match(left, readOperand(reader));
  }
  return left;
}

function match(text: string, pattern: string): string {
  const found = posixRegex(`^${pattern}`, { extended: false })?.exec(text);
  if (pattern.includes('\\(')) return found?.[1] ?? '';
  return String(found?.[0].length ?? 0);
}

function readOperand(reader: Reader): string {
  const arg = reader.args[reader.at];
  reader.at += 1;
  const next = (): string => {
    reader.at += 1;
    return reader.args[reader.at - 1] ?? '';
  };
  switch (arg) {
    case undefined:
      reader.problem ??= 'syntax error';
      return '';
    case '(': {
      const value = readOr(reader);
      if (reader.args[reader.at] === ')') reader.at += 1;
      else reader.problem ??= 'syntax error';
      return value;
    }
    case 'length':
      return String([...next()].length);
    case 'match':
      return match(next(), next());
    case 'index': {
      const text = next();
      const chars = next();
      return String([...text].findIndex((char) => chars.includes(char)) + 1);
    }
    case 'substr': {
      const [text, from, count] = [next(), Number(next()), Number(next())];
      return from > 0 && count > 0 ? [...text].slice(from - 1, from - 1 + count).join('') : '';
    }
    default:
      return arg;
  }
}
