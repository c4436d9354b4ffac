/** The variables that an expression reads and assigns. */
export interface ArithmeticVariables {
  get(name: string): string | undefined;
  /** False where the variable is read only. */
  set(name: string, value: string): boolean;
}

export type ArithmeticResult = { readonly value: bigint } | { readonly problem: string };

/**
 * The value of a shell's arithmetic expression in 64 bits, as busybox's `shell/math.c` computes it: unset is
 * 0, and a variable may hold an expression in turn.
 */
export function evaluateArithmetic(text: string, variables: ArithmeticVariables): ArithmeticResult {
  return evaluate(text, variables, 0);
}

const DEEPEST = 32;

function evaluate(text: string, variables: ArithmeticVariables, depth: number): ArithmeticResult {
  const tokens = tokensOf(text);
  if (!tokens) return { problem: SYNTAX };
  if (tokens.length === 0) return { value: 0n };
  const reader: Reader = { tokens, at: 0, variables, depth };
  const value = readComma(reader, true);
  if (reader.problem === undefined && reader.at < tokens.length) reader.problem = SYNTAX;
  return reader.problem === undefined ? { value } : { problem: reader.problem };
}

const SYNTAX = 'arithmetic syntax error';

interface Reader {
  readonly tokens: readonly string[];
  at: number;
  readonly variables: ArithmeticVariables;
  readonly depth: number;
  problem?: string;
}

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  const pattern =
    /\s+|0[xX][0-9a-fA-F]+|\d+#[0-9a-zA-Z@_]+|\d+|[A-Za-z_]\w*|<<=|>>=|\*\*|\+\+|--|&&|\|\||<<|>>|[-+*/%&|^<>=!]=|[-+*/%&|^<>=!~?:,()]/y;
  while (pattern.lastIndex < text.length) {
    const token = pattern.exec(text)?.[0];
    if (token === undefined) return undefined;
    if (token.trim() !== '') tokens.push(token);
  }
  return tokens;
}

const wrap = (value: bigint): bigint => BigInt.asIntN(64, value);

function fail(reader: Reader, problem = SYNTAX): bigint {
  reader.problem ??= problem;
  reader.at = reader.tokens.length;
  return 0n;
}

/** `live` is false in a branch that is read but not taken, where nothing is assigned. */
function readComma(reader: Reader, live: boolean): bigint {
  let value = readAssignment(reader, live);
  while (reader.tokens[reader.at] === ',') {
    reader.at += 1;
    value = readAssignment(reader, live);
  }
  return value;
}

function readAssignment(reader: Reader, live: boolean): bigint {
  const name = reader.tokens[reader.at] ?? '';
  const operator = reader.tokens[reader.at + 1] ?? '';
  if (!isName(name) || !/^([-+*/%&|^]|<<|>>)?=$/.test(operator)) return readChoice(reader, live);
  reader.at += 2;
  const right = readAssignment(reader, live);
  const value =
    operator === '='
      ? right
      : apply(reader, operator.slice(0, -1), [readVariable(reader, name), right], live);
  if (live) assign(reader, name, value);
  return value;
}

function readChoice(reader: Reader, live: boolean): bigint {
  const test = readBinary(reader, 0, live);
  if (reader.tokens[reader.at] !== '?') return test;
  reader.at += 1;
  const yes = readComma(reader, live && test !== 0n);
  if (reader.tokens[reader.at] !== ':') return fail(reader, 'malformed ?: operator');
  reader.at += 1;
  const no = readAssignment(reader, live && test === 0n);
  return test === 0n ? no : yes;
}

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

function readBinary(reader: Reader, level: number, live: boolean): bigint {
  const operators = LEVELS[level];
  if (!operators) return readPower(reader, live);
  let left = readBinary(reader, level + 1, live);
  for (;;) {
    const operator = reader.tokens[reader.at] ?? '';
    if (!operators.includes(operator)) return left;
    reader.at += 1;
    const taken = operator === '||' ? left === 0n : operator === '&&' ? left !== 0n : true;
    const right = readBinary(reader, level + 1, live && taken);
    left = apply(reader, operator, [left, right], live);
  }
}

function readPower(reader: Reader, live: boolean): bigint {
  const base = readUnary(reader, live);
  if (reader.tokens[reader.at] !== '**') return base;
  reader.at += 1;
  return apply(reader, '**', [base, readPower(reader, live)], live);
}

function readUnary(reader: Reader, live: boolean): bigint {
  const token = reader.tokens[reader.at] ?? '';
  if (token === '++' || token === '--') {
    const name = reader.tokens[reader.at + 1] ?? '';
    if (!isName(name)) return readTwiceSigned(reader, live);
    reader.at += 2;
    return step(reader, name, { by: token === '++' ? 1n : -1n, live, prefix: true });
  }
  if (token === '-' || token === '+' || token === '!' || token === '~') {
    reader.at += 1;
    const value = readUnary(reader, live);
    return token === '-'
      ? wrap(-value)
      : token === '+'
        ? value
        : token === '!'
          ? value === 0n
            ? 1n
            : 0n
          : ~value;
  }
  return readOperand(reader, live);
}

/** `--5` is minus minus five. */
function readTwiceSigned(reader: Reader, live: boolean): bigint {
  reader.at += 1;
  return readUnary(reader, live);
}

function readOperand(reader: Reader, live: boolean): bigint {
  const token = reader.tokens[reader.at] ?? '';
  reader.at += 1;
  if (token === '(') {
    const value = readComma(reader, live);
    if (reader.tokens[reader.at] !== ')') return fail(reader);
    reader.at += 1;
    return value;
  }
  if (isName(token)) {
    const next = reader.tokens[reader.at];
    if (next !== '++' && next !== '--') return readVariable(reader, token);
    reader.at += 1;
    return step(reader, token, { by: next === '++' ? 1n : -1n, live, prefix: false });
  }
  return numberOf(token) ?? fail(reader);
}

function step(reader: Reader, name: string, how: { by: bigint; live: boolean; prefix: boolean }): bigint {
  const before = readVariable(reader, name);
  const after = wrap(before + how.by);
  if (how.live) assign(reader, name, after);
  return how.prefix ? after : before;
}

const isName = (token: string): boolean => /^[A-Za-z_]\w*$/.test(token);

function numberOf(token: string): bigint | undefined {
  const based = /^(\d+)#(.+)$/.exec(token);
  if (based) return digitsIn(based[2] ?? '', Number(based[1]));
  if (/^0[xX][0-9a-fA-F]+$/.test(token)) return wrap(BigInt(token));
  if (/^0\d+$/.test(token)) return digitsIn(token, 8);
  return /^\d+$/.test(token) ? wrap(BigInt(token)) : undefined;
}

function digitsIn(text: string, base: number): bigint | undefined {
  if (base < 2 || base > 64) return undefined;
  const digits = base <= 36 ? '0123456789abcdefghijklmnopqrstuvwxyz' : `${LETTERS}@_`;
  let value = 0n;
  for (const char of base <= 36 ? text.toLowerCase() : text) {
    const digit = digits.indexOf(char);
    if (digit < 0 || digit >= base) return undefined;
    value = wrap(value * BigInt(base) + BigInt(digit));
  }
  return value;
}

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

function readVariable(reader: Reader, name: string): bigint {
  const text = (reader.variables.get(name) ?? '').trim();
  if (text === '') return 0n;
  const plain = numberOf(text);
  if (plain !== undefined) return plain;
  if (reader.depth >= DEEPEST) return fail(reader, 'expression recursion loop detected');
  const result = evaluate(text, reader.variables, reader.depth + 1);
  return 'value' in result ? result.value : fail(reader, result.problem);
}

function assign(reader: Reader, name: string, value: bigint): void {
  if (!reader.variables.set(name, String(value))) fail(reader, `${name}: is read only`);
}

function apply(
  reader: Reader,
  operator: string,
  [left, right]: readonly [bigint, bigint],
  live: boolean,
): bigint {
  switch (operator) {
    case '+':
      return wrap(left + right);
    case '-':
      return wrap(left - right);
    case '*':
      return wrap(left * right);
    case '/':
    case '%':
      if (right === 0n) return live ? fail(reader, 'divide by zero') : 0n;
      return wrap(operator === '/' ? left / right : left % right);
    case '**':
      return right < 0n ? fail(reader, 'exponent less than 0') : power(left, right);
    case '<<':
      return wrap(left << (right & 63n));
    case '>>':
      return left >> (right & 63n);
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    default:
      return compare(operator, left, right) ? 1n : 0n;
  }
}

function compare(operator: string, left: bigint, right: bigint): boolean {
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '&&':
      return left !== 0n && right !== 0n;
    default:
      return left !== 0n || right !== 0n;
  }
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let factor = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = wrap(result * factor);
    factor = wrap(factor * factor);
  }
  return result;
}
