import { parseQuantity } from '../../cluster/objects/quantity.ts';
import { parseGoDuration } from '../../kernel/time/go-duration.ts';
import { parseRfc3339 } from '../../kernel/time/rfc3339.ts';

/**
 * How far one value is above another: numbers, quantities in whole units, times and durations in seconds,
 * each compared with its like; undefined where the two have no order.
 */
export function difference(found: unknown, other: unknown): number | undefined {
  if (!isComparable(found) || !isComparable(other)) return undefined;
  for (const measure of MEASURES) {
    const [one, two] = [measure(found), measure(other)];
    if (one !== undefined && two !== undefined) return one - two;
  }
  return undefined;
}

/** Whether a value has an order at all: a number, or a text that stands for an amount or a time. */
export function hasOrder(value: unknown): boolean {
  return isComparable(value) && MEASURES.some((measure) => measure(value) !== undefined);
}

/** Whether the difference of two values is as an operator says. */
export function compares(operator: string, found: unknown, operand: unknown): boolean {
  if (operator === 'between') {
    const [low, high] = Array.isArray(operand) ? operand : [];
    return compares('gte', found, low) && compares('lte', found, high);
  }
  const above = difference(found, operand);
  if (above === undefined) return false;
  if (operator === 'gt') return above > 0;
  if (operator === 'gte') return above >= 0;
  return operator === 'lt' ? above < 0 : above <= 0;
}

function isComparable(value: unknown): value is string | number {
  return typeof value === 'number' || typeof value === 'string';
}

type Measure = (value: string | number) => number | undefined;

const MEASURES: readonly Measure[] = [
  (value) => (typeof value === 'number' ? value : quantityOf(value)),
  (value) => (typeof value === 'string' ? secondsOf(parseRfc3339(value)) : undefined),
  // `5m` alone is a quantity: five thousandths. Of two durations at least one shows that it is none.
  (value) => (typeof value === 'string' ? secondsOf(parseGoDuration(value)) : undefined),
];

const NANO = 1e9;

function quantityOf(text: string): number | undefined {
  const amount = text === '' ? undefined : parseQuantity(text);
  return amount === undefined ? undefined : Number(amount.nano) / NANO;
}

function secondsOf(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}
