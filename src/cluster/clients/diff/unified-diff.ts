import { changedLines } from './changed-lines.ts';

/** Lines of the text around a change that are shown with it. */
const CONTEXT = 3;

/** The hunks that `diff -u` prints for two texts of whole lines; empty when they are the same. */
export function unifiedHunks(before: string, after: string): string {
  const [from, to] = [linesOf(before), linesOf(after)];
  const edits = editsOf(from, to);
  return hunksOf(edits).map(printHunk).join('');
}

/** What `diff` prints without options: `3c3`, then the lines that go and those that come. */
export function normalDiff(before: string, after: string): string {
  const [from, to] = [linesOf(before), linesOf(after)];
  const edits = editsOf(from, to);
  let text = '';
  for (let at = 0; at < edits.length; ) {
    let end = at;
    while (edits[end] && edits[end]?.sign !== ' ') end += 1;
    const run = edits.slice(at, end);
    if (run[0]) text += normalHunk(run[0], run);
    at = end + 1;
  }
  return text;
}

function normalHunk(first: Edit, run: readonly Edit[]): string {
  const gone = run.filter(({ sign }) => sign === '-');
  const come = run.filter(({ sign }) => sign === '+');
  const span = (from: number, count: number): string =>
    count === 0 ? String(from) : count === 1 ? String(from + 1) : `${from + 1},${from + count}`;
  const kind = gone.length === 0 ? 'a' : come.length === 0 ? 'd' : 'c';
  const lines = [
    ...gone.map(({ line }) => `< ${line}\n`),
    ...(kind === 'c' ? ['---\n'] : []),
    ...come.map(({ line }) => `> ${line}\n`),
  ];
  return `${span(first.before, gone.length)}${kind}${span(first.after, come.length)}\n${lines.join('')}`;
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

interface Edit {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
  /** How many lines of each text stand before it. */
  readonly before: number;
  readonly after: number;
}

/** Both texts as one: what goes stands before what comes. */
function editsOf(from: readonly string[], to: readonly string[]): readonly Edit[] {
  const changed = changedLines(from, to);
  const edits: Edit[] = [];
  let [before, after] = [0, 0];
  while (before < from.length || after < to.length) {
    const line = from[before] ?? '';
    if (changed.before[before]) {
      edits.push({ sign: '-', line, before, after });
      before += 1;
    } else if (changed.after[after]) {
      edits.push({ sign: '+', line: to[after] ?? '', before, after });
      after += 1;
    } else {
      edits.push({ sign: ' ', line, before, after });
      before += 1;
      after += 1;
    }
  }
  return edits;
}

function hunksOf(edits: readonly Edit[]): readonly (readonly Edit[])[] {
  const hunks: { start: number; end: number }[] = [];
  for (const [index, { sign }] of edits.entries()) {
    if (sign === ' ') continue;
    const [start, end] = [Math.max(0, index - CONTEXT), Math.min(edits.length, index + 1 + CONTEXT)];
    const last = hunks.at(-1);
    if (last !== undefined && start <= last.end) last.end = end;
    else hunks.push({ start, end });
  }
  return hunks.map(({ start, end }) => edits.slice(start, end));
}

function printHunk(edits: readonly Edit[]): string {
  const [first] = edits;
  if (first === undefined) return '';
  const removed = edits.filter(({ sign }) => sign !== '+').length;
  const added = edits.filter(({ sign }) => sign !== '-').length;
  const head = `@@ -${range(first.before, removed)} +${range(first.after, added)} @@\n`;
  return head + edits.map(({ sign, line }) => `${sign}${line}\n`).join('');
}

/** `3,7`, `3` for one line, and where an empty range stands behind. */
function range(start: number, count: number): string {
  if (count === 0) return `${start},0`;
  return count === 1 ? String(start + 1) : `${start + 1},${count}`;
}
