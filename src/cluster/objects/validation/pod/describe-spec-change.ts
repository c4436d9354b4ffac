import { isObject, sortedKeys } from '../../json.ts';
import type { PodSpec } from '../../kubernetes.ts';

const CONTEXT_LINES = 3;

/**
 * The lines in which two specs differ, with three lines around each difference, as a unified diff. Kubernetes
 * prints its internal form of the spec, whose fields have other names and another order; here it is that of
 * the API.
 */
export function describeSpecChange(before: PodSpec, after: PodSpec): string {
  const edits = diffLines(printLines(before), printLines(after));
  return hunksOf(edits).map(printHunk).join('');
}

function printLines(value: unknown): readonly string[] {
  return JSON.stringify(withSortedKeys(value), null, 1).split('\n');
}

function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(sortedKeys(value).map((key) => [key, withSortedKeys(value[key])]));
}

interface Edit {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** By the longest common subsequence; specs have some hundred lines, so the square of them is little. */
function diffLines(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const lengths = commonLengths(before, after);
  const edits: Edit[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const isSame = row < before.length && column < after.length && before[row] === after[column];
    const down = lengths[row + 1]?.[column] ?? -1;
    const right = lengths[row]?.[column + 1] ?? -1;
    if (isSame) {
      edits.push({ sign: ' ', text: before[row] ?? '' });
      row += 1;
      column += 1;
    } else if (row < before.length && (column >= after.length || down >= right)) {
      edits.push({ sign: '-', text: before[row] ?? '' });
      row += 1;
    } else {
      edits.push({ sign: '+', text: after[column] ?? '' });
      column += 1;
    }
  }
  return edits;
}

/** `[row][column]` is how many lines the rests from there have in common. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly (readonly number[])[] {
  const rows: number[][] = [Array.from({ length: after.length + 1 }, () => 0)];
  for (let row = before.length - 1; row >= 0; row -= 1) {
    const below = rows[0] ?? [];
    const current = Array.from({ length: after.length + 1 }, () => 0);
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const isSame = before[row] === after[column];
      const longer = Math.max(below[column] ?? 0, current[column + 1] ?? 0);
      current[column] = isSame ? (below[column + 1] ?? 0) + 1 : longer;
    }
    rows.unshift(current);
  }
  return rows;
}

interface Hunk {
  /** Counted from 1. */
  readonly firstBefore: number;
  readonly firstAfter: number;
  readonly edits: readonly Edit[];
}

/** Differences that are near each other stand in one hunk. */
function hunksOf(edits: readonly Edit[]): readonly Hunk[] {
  const isShown = edits.map((_, index) => {
    const around = edits.slice(Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1);
    return around.some(({ sign }) => sign !== ' ');
  });
  const hunks: { firstBefore: number; firstAfter: number; edits: Edit[] }[] = [];
  let [before, after] = [1, 1];
  for (const [index, edit] of edits.entries()) {
    if (isShown[index]) {
      if (!isShown[index - 1]) hunks.push({ firstBefore: before, firstAfter: after, edits: [] });
      hunks.at(-1)?.edits.push(edit);
    }
    if (edit.sign !== '+') before += 1;
    if (edit.sign !== '-') after += 1;
  }
  return hunks;
}

function printHunk({ firstBefore, firstAfter, edits }: Hunk): string {
  const before = edits.filter(({ sign }) => sign !== '+').length;
  const after = edits.filter(({ sign }) => sign !== '-').length;
  const header = `@@ -${firstBefore},${before} +${firstAfter},${after} @@\n`;
  return header + edits.map(({ sign, text }) => `${sign}${text}\n`).join('');
}
