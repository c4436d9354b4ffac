/**
 * Prints `N passed, N failed` from vitest's JSON report and the names of the steps that failed, and exits 1
 * if anything did: `node .ci/count-tests.mjs REPORT [FAILED-STEP…]`.
 */
import { existsSync, readFileSync } from 'node:fs';

const [reportPath = '', ...failedSteps] = process.argv.slice(2);
const report = existsSync(reportPath) ? JSON.parse(readFileSync(reportPath, 'utf8')) : { testResults: [] };

const count = { passed: 0, failed: 0, skipped: 0 };
for (const file of report.testResults) {
  const statuses = file.assertionResults.map((test) => test.status);
  count.passed += statuses.filter((status) => status === 'passed').length;
  count.failed += statuses.filter((status) => status === 'failed').length;
  count.skipped += statuses.filter((status) => status !== 'passed' && status !== 'failed').length;
  // A file that cannot be loaded has no tests to count.
  if (file.status === 'failed' && !statuses.includes('failed')) count.failed++;
}
// Each failed step is one failure more, but for failed tests, which are counted one by one.
count.failed += failedSteps.filter((step) => step !== 'Tests' || count.failed === 0).length;

const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
console.log(`${count.passed} passed, ${count.failed} failed${skipped}`);
process.exitCode = count.failed > 0 ? 1 : 0;
