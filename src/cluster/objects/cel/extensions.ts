import type { Environment } from '@marcbachmann/cel-js';
import {
  type Amount,
  addAmounts,
  amountOf,
  compareAmounts,
  parseQuantity,
  subtractAmounts,
} from '../quantity.ts';
import { addAddresses } from './addresses.ts';
import { addAuthorizer } from './authorizer.ts';

/** A quantity of Kubernetes as an expression holds it. */
class Quantity {
  readonly amount: Amount;
  constructor(amount: Amount) {
    this.amount = amount;
  }
}

/** What `sets.contains` is called on. */
class Sets {}
class Maths {}
class JsonPatches {}

const WHOLE = 1_000_000_000n;

/** Functions that Kubernetes adds to the language (apiserver: pkg/cel/library), as far as people use them. */
export function extend(environment: Environment): Environment {
  const env = environment
    .registerType('kubernetes.Quantity', { ctor: Quantity, fields: {} })
    .registerType('kubernetes.Sets', { ctor: Sets, fields: {} })
    .registerType('kubernetes.Maths', { ctor: Maths, fields: {} })
    .registerConstant('sets', 'kubernetes.Sets', new Sets())
    .registerConstant('math', 'kubernetes.Maths', new Maths())
    .registerType('kubernetes.JsonPatches', { ctor: JsonPatches, fields: {} })
    .registerConstant('jsonpatch', 'kubernetes.JsonPatches', new JsonPatches());
  env.registerFunction('kubernetes.JsonPatches.escapeKey(string): string', (_: JsonPatches, key: string) =>
    key.replaceAll('~', '~0').replaceAll('/', '~1'),
  );
  addQuantities(env);
  addSets(env);
  addLists(env);
  addTexts(env);
  addAddresses(env);
  addAuthorizer(env);
  return env;
}

function addQuantities(env: Environment): void {
  const type = 'kubernetes.Quantity';
  env.registerFunction(`quantity(string): ${type}`, (text: string) => quantityOf(text));
  env.registerFunction('isQuantity(string): bool', (text: string) => parseQuantity(text) !== undefined);
  env.registerFunction(`${type}.isGreaterThan(${type}): bool`, (a: Quantity, b: Quantity) => order(a, b) > 0);
  env.registerFunction(`${type}.isLessThan(${type}): bool`, (a: Quantity, b: Quantity) => order(a, b) < 0);
  env.registerFunction(`${type}.compareTo(${type}): int`, (a: Quantity, b: Quantity) => BigInt(order(a, b)));
  env.registerFunction(`${type}.sign(): int`, ({ amount }: Quantity) => BigInt(signOf(amount.nano)));
  env.registerFunction(`${type}.isInteger(): bool`, ({ amount }: Quantity) => amount.nano % WHOLE === 0n);
  env.registerFunction(`${type}.asInteger(): int`, ({ amount }: Quantity) => amount.nano / WHOLE);
  const asFloat = ({ amount }: Quantity) => Number(amount.nano) / Number(WHOLE);
  env.registerFunction(`${type}.asApproximateFloat(): double`, asFloat);
  for (const [name, of] of [
    ['add', addAmounts],
    ['sub', subtractAmounts],
  ] as const) {
    const combine = (a: Quantity, b: Quantity) => new Quantity(of(a.amount, b.amount));
    const withNumber = (a: Quantity, b: bigint) => new Quantity(of(a.amount, amountOf(Number(b))));
    env.registerFunction(`${type}.${name}(${type}): ${type}`, combine);
    env.registerFunction(`${type}.${name}(int): ${type}`, withNumber);
  }
}

/** A quantity as expressions hold it. */
export function celQuantity(text: string): unknown {
  return quantityOf(text);
}

function quantityOf(text: string): Quantity {
  const amount = parseQuantity(text);
  if (amount === undefined)
    throw new Error(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    );
  return new Quantity(amount);
}

function order(a: Quantity, b: Quantity): number {
  return Math.sign(compareAmounts(a.amount, b.amount));
}

function signOf(value: bigint): number {
  return value > 0n ? 1 : value < 0n ? -1 : 0;
}

function addSets(env: Environment): void {
  const has = (list: readonly unknown[], item: unknown) => list.some((other) => same(other, item));
  const contains = (a: readonly unknown[], b: readonly unknown[]) => b.every((item) => has(a, item));
  const type = 'kubernetes.Sets';
  env.registerFunction(`${type}.contains(list, list): bool`, (_: Sets, a: unknown[], b: unknown[]) =>
    contains(a, b),
  );
  env.registerFunction(
    `${type}.equivalent(list, list): bool`,
    (_: Sets, a: unknown[], b: unknown[]) => contains(a, b) && contains(b, a),
  );
  env.registerFunction(`${type}.intersects(list, list): bool`, (_: Sets, a: unknown[], b: unknown[]) =>
    a.some((item) => has(b, item)),
  );
  const maths = 'kubernetes.Maths';
  for (const [name, isBetter] of [
    ['greatest', (a: number | bigint, b: number | bigint) => a > b],
    ['least', (a: number | bigint, b: number | bigint) => a < b],
  ] as const) {
    const best = (list: readonly (number | bigint)[]) => list.reduce((a, b) => (isBetter(b, a) ? b : a));
    env.registerFunction(`${maths}.${name}(list): dyn`, (_: Maths, list: bigint[]) => best(list));
    env.registerFunction(`${maths}.${name}(dyn, dyn): dyn`, (_: Maths, a: bigint, b: bigint) => best([a, b]));
  }
}

function same(a: unknown, b: unknown): boolean {
  return a === b || textOf(a) === textOf(b);
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'bigint' ? `${member}n` : member,
  );
}

type Sortable = bigint | number | string;

function addLists(env: Environment): void {
  const isSorted = (list: readonly Sortable[]) =>
    list.every((item, index) => index === 0 || (list[index - 1] as Sortable) <= item);
  env.registerFunction('list.isSorted(): bool', isSorted);
  env.registerFunction('list.sum(): dyn', (list: readonly (bigint | number)[]) => {
    if (list.some((item) => typeof item === 'number')) return list.reduce<number>((a, b) => a + Number(b), 0);
    return list.reduce<bigint>((a, b) => a + (b as bigint), 0n);
  });
  env.registerFunction('list.min(): dyn', (list: readonly Sortable[]) => extreme(list, 'min'));
  env.registerFunction('list.max(): dyn', (list: readonly Sortable[]) => extreme(list, 'max'));
  env.registerFunction('list.indexOf(dyn): int', (list: readonly unknown[], item: unknown) =>
    BigInt(list.findIndex((other) => same(other, item))),
  );
  env.registerFunction('list.lastIndexOf(dyn): int', (list: readonly unknown[], item: unknown) =>
    BigInt(list.findLastIndex((other) => same(other, item))),
  );
  env.registerFunction('list.distinct(): list', (list: readonly unknown[]) =>
    list.filter((item, index) => list.findIndex((other) => same(other, item)) === index),
  );
}

function extreme(list: readonly Sortable[], which: 'min' | 'max'): Sortable {
  if (list.length === 0) throw new Error(`${which} called on empty list`);
  return list.reduce((a, b) => ((which === 'min' ? b < a : b > a) ? b : a));
}

function addTexts(env: Environment): void {
  env.registerFunction('string.find(string): string', (text: string, expression: string) => {
    return new RegExp(expression, 'u').exec(text)?.[0] ?? '';
  });
  env.registerFunction('string.findAll(string): list', (text: string, expression: string) =>
    [...text.matchAll(new RegExp(expression, 'gu'))].map(([found]) => found),
  );
  env.registerFunction('string.format(list): string', formatText);
  env.registerFunction('isURL(string): bool', (text: string) => /^[a-zA-Z][\w+.-]*:\/\/\S+$|^\//.test(text));
}

/** As cel-go's `format` prints: `%s` anything, `%d` whole numbers, `%f` others. */
function formatText(template: string, values: readonly unknown[]): string {
  let next = 0;
  return template.replace(
    /%(?:%|(?:\.(\d+))?([sdfxob]))/g,
    (word, digits: string | undefined, verb: string) => {
      if (word === '%%') return '%';
      const value = values[next++];
      if (verb === 'f') return Number(value).toFixed(Number(digits ?? 6));
      if (verb === 'x' || verb === 'o' || verb === 'b')
        return Number(value).toString({ x: 16, o: 8, b: 2 }[verb]);
      return shown(value);
    },
  );
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, member]) => `${key}: ${shown(member)}`)
      .join(', ')}}`;
  return String(value);
}
