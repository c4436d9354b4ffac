import { escapeGoJson } from '../../go-json.ts';
import type { PersistentVolumeClaimSpec, PodSpec } from '../../kubernetes.ts';
import { internalObject, internalPodSpec } from './internal-pod-spec.ts';
import { type MatchingBlock, matchLines } from './match-lines.ts';

const CONTEXT_LINES = 3;

/**
 * How two specs differ, as the API server tells it: a unified diff of its internal form (apimachinery:
 * util/diff). It begins with a hunk, not with the names of files, and every line of it ends.
 */
export function describeSpecChange(before: PodSpec, after: PodSpec): string {
  return describeChange(internalPodSpec(before), internalPodSpec(after));
}

/** The same of the specs of two claims. */
export function describeClaimChange(
  before: PersistentVolumeClaimSpec,
  after: PersistentVolumeClaimSpec,
): string {
  const [old, changed] = [before, after].map((spec) =>
    internalObject({ ...spec }, 'PersistentVolumeClaimSpec'),
  );
  return describeChange(old, changed);
}

/** The same of where two volumes are: what is left of a PersistentVolume's spec without its other fields. */
export function describeSourceChange(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string {
  const [old, changed] = [before, after].map((source) =>
    internalObject({ ...source }, 'PersistentVolumeSource'),
  );
  return describeChange(old, changed);
}

function describeChange(before: unknown, after: unknown): string {
  const [old, changed] = [printLines(before), printLines(after)];
  return hunksOf(editsOf(old, changed)).map(printHunk).join('');
}

function printLines(internal: unknown): readonly string[] {
  return escapeGoJson(JSON.stringify(internal, null, 1)).split('\n');
}

interface Edit {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

function editsOf(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const end: MatchingBlock = { before: before.length, after: after.length, size: 0 };
  const edits: Edit[] = [];
  let [row, column] = [0, 0];
  for (const block of [...matchLines(before, after), end]) {
    edits.push(...before.slice(row, block.before).map((text) => ({ sign: '-', text }) as const));
    edits.push(...after.slice(column, block.after).map((text) => ({ sign: '+', text }) as const));
    row = block.before + block.size;
    column = block.after + block.size;
    edits.push(...before.slice(block.before, row).map((text) => ({ sign: ' ', text }) as const));
  }
  return edits;
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
  const header = `@@ -${printRange(firstBefore, before)} +${printRange(firstAfter, after)} @@\n`;
  return header + edits.map(({ sign, text }) => `${sign}${text}\n`).join('');
}

/** One line is named alone, and none by the line before it. */
function printRange(first: number, count: number): string {
  if (count === 1) return `${first}`;
  return `${count === 0 ? first - 1 : first},${count}`;
}
