import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unifiedHunks } from '../../../../src/cluster/clients/diff/unified-diff.ts';

const text = (letters: string) => [...letters].map((letter) => `${letter}\n`).join('');

/** The text that the hunks make of another; throws where they do not fit it. */
function patched(before: string, hunks: string): string {
  const lines = before === '' ? [] : before.replace(/\n$/, '').split('\n');
  const after: string[] = [];
  let next = 0;
  for (const line of hunks.split('\n').slice(0, -1)) {
    const range = /^@@ -(\d+)(?:,(\d+))? \+/.exec(line);
    if (range) {
      const from = Number(range[1]) - (range[2] === '0' ? 0 : 1);
      after.push(...lines.slice(next, from));
      next = from;
      continue;
    }
    if (line[0] !== '+') {
      expect(line.slice(1)).toBe(lines[next]);
      next += 1;
    }
    if (line[0] !== '-') after.push(line.slice(1));
  }
  return [...after, ...lines.slice(next)].map((line) => `${line}\n`).join('');
}

describe('unifiedHunks', () => {
  test.each([
    ['', '', ''],
    ['abc', 'abc', ''],
    ['', 'a', '@@ -0,0 +1 @@\n+a\n'],
    ['ab', '', '@@ -1,2 +0,0 @@\n-a\n-b\n'],
    ['abcdefgh', 'abcdXfgh', '@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+X\n f\n g\n h\n'],
    // What could be anywhere in a run of equal lines is at its end.
    ['axxb', 'axxxb', '@@ -1,4 +1,5 @@\n a\n x\n x\n+x\n b\n'],
    ['axxxb', 'axxb', '@@ -1,5 +1,4 @@\n a\n x\n x\n-x\n b\n'],
  ])('%j to %j', (before, after, hunks) => {
    expect(unifiedHunks(text(before), text(after))).toBe(hunks);
  });

  const lines = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 24 });

  test('what they say makes the one text of the other', () => {
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        const hunks = unifiedHunks(text(a), text(b));
        expect(patched(text(a), hunks)).toBe(text(b));
        expect(hunks === '').toBe(a === b);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test.skipIf(process.env['RECORD_SHELL'] === undefined)(
    'GNU’s diff changes no fewer lines (RECORD_SHELL)',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'diff-'));
      const paths = ['a', 'b'].map((name) => join(folder, name));
      fc.assert(
        fc.property(lines, lines, (a, b) => {
          for (const [index, path] of paths.entries()) writeFileSync(path, text([a, b][index] ?? ''));
          const count = (hunks: string) =>
            hunks.split('\n').filter((line) => /^[-+](?![-+])/.test(line)).length;
          expect(count(unifiedHunks(text(a), text(b)))).toBeLessThanOrEqual(count(gnu(paths)));
        }),
        { seed: 2, numRuns: 200 },
      );
      rmSync(folder, { recursive: true });
    },
  );
});

function gnu(paths: readonly string[]): string {
  try {
    return execFileSync('diff', ['-u', ...paths], { encoding: 'utf8' });
  } catch (failure) {
    return (failure as { stdout: string }).stdout;
  }
}
