import type { KubeVersion } from '../../../../objects/versions.ts';
import { printsSince } from '../prints-since.ts';

/**
 * A copy of the items in the order in which Go's `sort.Sort` leaves them. kubectl sorts with it, and it is
 * not stable: what is equal (events of the same second) comes out in an order of its own, which only the same
 * steps reproduce. The steps are those of pattern-defeating quicksort as Go has it since 1.19: insertion sort
 * up to twelve items, else partition around the median of three (of three medians from fifty items on). The
 * recorded kubectl 1.20 sorts so too.
 */
export function goSorted<Item>(
  items: readonly Item[],
  isLess: (a: Item, b: Item) => boolean,
  version: KubeVersion,
): Item[] {
  const sorted = [...items];
  const range: Range = {
    shifts: printsSince(version, 'correctedXorshift') ? [13n, 7n, 17n] : [13n, 17n, 5n],
    less: (i, j) => isLess(sorted[i] as Item, sorted[j] as Item),
    swap: (i, j) => {
      const held = sorted[i] as Item;
      sorted[i] = sorted[j] as Item;
      sorted[j] = held;
    },
  };
  quicksort(range, 0, sorted.length, bitLength(sorted.length));
  return sorted;
}

interface Range {
  /** Of the random numbers that `scatter` draws. */
  readonly shifts: readonly [bigint, bigint, bigint];
  readonly less: (i: number, j: number) => boolean;
  readonly swap: (i: number, j: number) => void;
}

const INSERTION_LENGTH = 12;
const NINTHER_LENGTH = 50;

type Hint = 'increasing' | 'decreasing' | 'unknown';

/** Sorts [start, end). After `badChoices` unbalanced partitions the rest is heap-sorted. */
function quicksort(range: Range, first: number, last: number, badChoices: number): void {
  let [start, end, left] = [first, last, badChoices];
  let wasBalanced = true;
  let wasPartitioned = true;
  while (end - start > INSERTION_LENGTH) {
    const length = end - start;
    if (left === 0) {
      heapSort(range, start, end);
      return;
    }
    if (!wasBalanced) {
      scatter(range, start, length);
      left -= 1;
    }
    const { pivot, hint } = orientedPivot(range, start, end);
    if (wasBalanced && wasPartitioned && hint === 'increasing' && nearlySorted(range, start, end)) return;
    if (start > 0 && !range.less(start - 1, pivot)) {
      start = skipEqual(range, start, end, pivot);
      continue;
    }
    const partitioned = partition(range, start, end, pivot);
    const { middle } = partitioned;
    wasPartitioned = partitioned.wasPartitioned;
    wasBalanced = Math.min(middle - start, end - middle) >= Math.floor(length / 8);
    if (middle - start < end - middle) {
      quicksort(range, start, middle, left);
      start = middle + 1;
    } else {
      quicksort(range, middle + 1, end, left);
      end = middle;
    }
  }
  insertionSort(range, start, end);
}

function insertionSort({ less, swap }: Range, start: number, end: number): void {
  for (let i = start + 1; i < end; i += 1) {
    for (let j = i; j > start && less(j, j - 1); j -= 1) swap(j, j - 1);
  }
}

/** The median's place, after a range that seems to run backwards has been turned round. */
function orientedPivot(range: Range, start: number, end: number): { pivot: number; hint: Hint } {
  const { pivot, hint } = choosePivot(range, start, end);
  if (hint !== 'decreasing') return { pivot, hint };
  for (let [i, j] = [start, end - 1]; i < j; i += 1, j -= 1) range.swap(i, j);
  return { pivot: end - 1 - (pivot - start), hint: 'increasing' };
}

/** The number of exchanges that finding the median took tells whether the range looks sorted. */
function choosePivot({ less }: Range, start: number, end: number): { pivot: number; hint: Hint } {
  let exchanges = 0;
  const ordered = (i: number, j: number): [number, number] => {
    if (!less(j, i)) return [i, j];
    exchanges += 1;
    return [j, i];
  };
  const median = (first: number, second: number, third: number): number => {
    const [low, middle] = ordered(first, second);
    const [lower] = ordered(middle, third);
    return ordered(low, lower)[1];
  };
  const quarter = Math.floor((end - start) / 4);
  let places = [start + quarter, start + quarter * 2, start + quarter * 3] as const;
  const isLong = end - start >= NINTHER_LENGTH;
  if (isLong) {
    const [a, b, c] = places;
    places = [median(a - 1, a, a + 1), median(b - 1, b, b + 1), median(c - 1, c, c + 1)];
  }
  const pivot = median(...places);
  // Twelve exchanges are the most that four medians can take.
  if (exchanges === 0) return { pivot, hint: 'increasing' };
  return { pivot, hint: exchanges === 12 ? 'decreasing' : 'unknown' };
}

/** Moves what is less than the pivot in front of it. */
function partition(range: Range, start: number, end: number, pivot: number) {
  const { less, swap } = range;
  swap(start, pivot);
  let [i, j] = [start + 1, end - 1];
  let wasPartitioned = true;
  for (;;) {
    while (i <= j && less(i, start)) i += 1;
    while (i <= j && !less(j, start)) j -= 1;
    if (i > j) break;
    wasPartitioned = false;
    swap(i, j);
    i += 1;
    j -= 1;
  }
  swap(j, start);
  return { middle: j, wasPartitioned };
}

/** Gathers what equals the pivot, knowing that nothing is less; where the rest begins. */
function skipEqual({ less, swap }: Range, start: number, end: number, pivot: number): number {
  swap(start, pivot);
  let [i, j] = [start + 1, end - 1];
  for (;;) {
    while (i <= j && !less(start, i)) i += 1;
    while (i <= j && less(start, j)) j -= 1;
    if (i > j) return i;
    swap(i, j);
    i += 1;
    j -= 1;
  }
}

/** Whether the range is sorted, after putting right up to five pairs of a long one. */
function nearlySorted({ less, swap }: Range, start: number, end: number): boolean {
  let i = start + 1;
  for (let step = 0; step < 5; step += 1) {
    while (i < end && !less(i, i - 1)) i += 1;
    if (i === end) return true;
    if (end - start < NINTHER_LENGTH) return false;
    swap(i, i - 1);
    if (i - start >= 2) for (let j = i - 1; j >= 1 && less(j, j - 1); j -= 1) swap(j, j - 1);
    if (end - i >= 2) for (let j = i + 1; j < end && less(j, j - 1); j += 1) swap(j, j - 1);
  }
  return false;
}

/**
 * Three exchanges that break a pattern which made the last partition unbalanced; drawn from the length alone.
 */
function scatter({ swap, shifts: [first, second, third] }: Range, start: number, length: number): void {
  const modulus = 1n << BigInt(bitLength(length));
  const middle = start + Math.floor(length / 4) * 2 - 1;
  let random = BigInt(length);
  for (let i = 0; i < 3; i += 1) {
    random ^= BigInt.asUintN(64, random << first);
    random ^= random >> second;
    random ^= BigInt.asUintN(64, random << third);
    const other = Number(random & (modulus - 1n));
    swap(middle + i, start + (other >= length ? other - length : other));
  }
}

function heapSort(range: Range, start: number, end: number): void {
  const length = end - start;
  for (let root = Math.floor((length - 1) / 2); root >= 0; root -= 1) siftDown(range, start, root, length);
  for (let last = length - 1; last >= 0; last -= 1) {
    range.swap(start, start + last);
    siftDown(range, start, 0, last);
  }
}

function siftDown({ less, swap }: Range, start: number, from: number, length: number): void {
  let root = from;
  for (;;) {
    let child = 2 * root + 1;
    if (child >= length) return;
    if (child + 1 < length && less(start + child, start + child + 1)) child += 1;
    if (!less(start + root, start + child)) return;
    swap(start + root, start + child);
    root = child;
  }
}

function bitLength(value: number): number {
  return value.toString(2).length;
}
