import { decodeBase64, utf8Length } from '../../../../objects/base64.ts';
import { isObject, type Json } from '../../../../objects/json.ts';
import { formatValue, sprintf } from './format-value.ts';
import { TemplateError } from './template-node.ts';

type Value = Json | undefined;

/** An argument is looked at when it is needed: `and` and `or` stop as soon as they know. */
type Argument = () => Value;

export function isTrue(value: Value): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return !isObject(value) || Object.keys(value).length > 0;
}

const LAZY: Readonly<Record<string, (args: readonly Argument[]) => Value>> = {
  and: (args) => stopAt(args, (value) => !isTrue(value)),
  or: (args) => stopAt(args, isTrue),
};

function stopAt(args: readonly Argument[], isLast: (value: Value) => boolean): Value {
  let value: Value;
  for (const argument of args) {
    value = argument();
    if (isLast(value)) break;
  }
  return value;
}

/** Go's own, and `exists` and `base64decode` of kubectl (cli-runtime: printers/template.go). */
const FUNCTIONS: Readonly<Record<string, (args: readonly Value[]) => Value>> = {
  not: ([value]) => !isTrue(value),
  len: ([value]) => lengthOf(value),
  index: ([value, ...keys]) => keys.reduce<Value>(itemOf, value),
  print: (args) => printed(args),
  println: (args) => `${args.map(formatValue).join(' ')}\n`,
  printf: ([format, ...values]) => sprintf(String(format), values),
  eq: ([first, ...others]) => others.some((other) => isSame(first, other)),
  ne: ([a, b]) => !isSame(a, b),
  lt: ([a, b]) => compare(a, b) < 0,
  le: ([a, b]) => compare(a, b) <= 0,
  gt: ([a, b]) => compare(a, b) > 0,
  ge: ([a, b]) => compare(a, b) >= 0,
  exists: ([value, ...keys]) => keys.reduce<Value>(softItemOf, value) !== undefined,
  base64decode: ([text]) => decodeBase64(String(text)) ?? failWith('base64decode', 'illegal base64 data'),
};

export function callFunction(name: string, args: readonly Argument[]): Value {
  const lazy = Object.hasOwn(LAZY, name) ? LAZY[name] : undefined;
  if (lazy !== undefined) return lazy(args);
  const call = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (call === undefined) throw new TemplateError(`template: output:1: function "${name}" not defined`);
  return call(args.map((argument) => argument()));
}

function failWith(name: string, why: string): never {
  throw new TemplateError(`template: output:1: executing "output": error calling ${name}: ${why}`);
}

function lengthOf(value: Value): number {
  if (typeof value === 'string') return utf8Length(value);
  if (Array.isArray(value)) return value.length;
  if (isObject(value)) return Object.keys(value).length;
  return failWith(
    'len',
    value === undefined || value === null ? 'len of nil pointer' : 'len of type float64',
  );
}

function itemOf(value: Value, key: Value): Value {
  if (Array.isArray(value)) {
    const item =
      typeof key === 'number' ? value[key] : failWith('index', `cannot index slice/array with type string`);
    return item === undefined ? failWith('index', `index out of range: ${formatValue(key)}`) : item;
  }
  if (isObject(value)) return (value as Readonly<Record<string, Json>>)[String(key)];
  return failWith(
    'index',
    value === undefined || value === null ? 'index of untyped nil' : "can't index item of type string",
  );
}

function softItemOf(value: Value, key: Value): Value {
  if (Array.isArray(value)) return typeof key === 'number' ? value[key] : undefined;
  return isObject(value) ? (value as Readonly<Record<string, Json>>)[String(key)] : undefined;
}

/** Blanks stand between operands of which neither is a string (Go: fmt.Print). */
function printed(args: readonly Value[]): string {
  return args
    .map((value, index) => {
      const before = args[index - 1];
      const isApart = index > 0 && typeof value !== 'string' && typeof before !== 'string';
      return `${isApart ? ' ' : ''}${formatValue(value)}`;
    })
    .join('');
}

function isSame(a: Value, b: Value): boolean {
  if (typeof a !== typeof b && a !== undefined && b !== undefined && a !== null && b !== null)
    failWith('eq', 'incompatible types for comparison');
  return (a ?? null) === (b ?? null);
}

function compare(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : Number(a > b);
  return failWith('lt', 'incompatible types for comparison');
}
