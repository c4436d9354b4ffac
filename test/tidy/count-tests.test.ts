import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from './project-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'count-tests-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface TestFile {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly fullName: string;
    readonly failureMessages: readonly string[];
  }[];
}

function fileOf(...statuses: readonly string[]): TestFile {
  const status = statuses.includes('failed') || statuses.length === 0 ? 'failed' : 'passed';
  const assertionResults = statuses.map((one, index) => ({
    status: one,
    fullName: `test ${index}`,
    failureMessages: one === 'failed' ? [`it is ${index}\n    at here`] : [],
  }));
  return { name: 'a.test.ts', status, message: 'no such module', assertionResults };
}

function count(files: readonly TestFile[] | undefined, ...failedSteps: readonly string[]) {
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  if (files) writeFileSync(report, JSON.stringify({ testResults: files }));
  const script = join(root, '.ci/count-tests.mjs');
  const { stdout, status } = spawnSync(process.execPath, [script, report, ...failedSteps], {
    encoding: 'utf8',
  });
  const lines = stdout.trimEnd().split('\n');
  return { line: lines.at(-1), status, told: lines.slice(0, -1) };
}

test.each([
  ['all passed', [fileOf('passed', 'passed'), fileOf('passed')], [], '3 passed, 0 failed', 0],
  ['one was skipped', [fileOf('passed', 'skipped')], [], '1 passed, 0 failed, 1 skipped', 0],
  ['two failed', [fileOf('passed', 'failed', 'failed')], ['Tests'], '1 passed, 2 failed', 1],
  ['a file could not be loaded', [fileOf('passed'), fileOf()], ['Tests'], '1 passed, 1 failed', 1],
  ['another step failed', [fileOf('passed')], ['Types'], '1 passed, 1 failed', 1],
  ['tests and another step failed', [fileOf('failed')], ['Tests', 'Types'], '0 passed, 2 failed', 1],
  ['there is no report', undefined, ['Tests'], '0 passed, 1 failed', 1],
])('.ci/run says how many tests passed when %s', (_, files, failedSteps, line, status) => {
  expect(count(files, ...failedSteps)).toMatchObject({ line, status });
});

test.each([
  [
    'failed tests by name with what they say',
    [fileOf('passed', 'failed')],
    ['failed test: a.test.ts > test 1', '  it is 1', '      at here'],
  ],
  ['a file that could not be loaded', [fileOf()], ['failed test: a.test.ts', '  no such module']],
  ['nothing when all passed', [fileOf('passed')], []],
])('.ci/run tells last %s', (_, files, told) => {
  expect(count(files).told).toEqual(told);
});
