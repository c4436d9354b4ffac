/**
 * Prints each failed test with what it says, then `N passed, N failed`, from vitest's JSON report and the
 * names of the steps that failed, and exits 1 if anything did: `node .ci/count-tests.mjs REPORT
 * [FAILED-STEP…]`. It comes last, because whoever keeps only the end of a long output must still see what
 * failed.
 */
import { existsSync, readFileSync } from 'node:fs';

const [reportPath = '', ...failedSteps] = process.argv.slice(2);
const report = existsSync(reportPath) ? JSON.parse(readFileSync(reportPath, 'utf8')) : { testResults: [] };

const SHOWN_TESTS = 20;
const SHOWN_LINES = 40;

const count = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
for (const file of report.testResults) {
  const statuses = file.assertionResults.map((test) => test.status);
  count.passed += statuses.filter((status) => status === 'passed').length;
  count.failed += statuses.filter((status) => status === 'failed').length;
  count.skipped += statuses.filter((status) => status !== 'passed' && status !== 'failed').length;
  for (const test of file.assertionResults.filter(({ status }) => status === 'failed'))
    failures.push({ name: `${file.name} > ${test.fullName}`, messages: test.failureMessages ?? [] });
  // A file that cannot be loaded has no tests to count.
  if (file.status === 'failed' && !statuses.includes('failed')) {
    count.failed++;
    failures.push({ name: file.name, messages: [file.message ?? ''] });
  }
}
// Each failed step is one failure more, but for failed tests, which are counted one by one.
count.failed += failedSteps.filter((step) => step !== 'Tests' || count.failed === 0).length;

const folder = `${process.cwd()}/`;
for (const { name, messages } of failures.slice(0, SHOWN_TESTS)) {
  console.log(`failed test: ${name}`.replaceAll(folder, ''));
  for (const line of messages.join('\n').split('\n').slice(0, SHOWN_LINES))
    console.log(`  ${line}`.replaceAll(folder, ''));
}
if (failures.length > SHOWN_TESTS) console.log(`… and ${failures.length - SHOWN_TESTS} more`);

const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
console.log(`${count.passed} passed, ${count.failed} failed${skipped}`);
process.exitCode = count.failed > 0 ? 1 : 0;
