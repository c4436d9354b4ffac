import { printable } from '../../report/printable.ts';
import { failureLines } from '../failure-text.ts';
import { caseTitle, type Reporter, type ReporterSetting } from '../report.ts';

/** The Test Anything Protocol, version 14. */
export function tapReporter({ words }: ReporterSetting): Reporter {
  return {
    end: ({ results, left }) => {
      const lines = results.flatMap((result, index) => {
        const passed = result.outcome === 'passed';
        // In a description, these two begin something else.
        const title = printable(caseTitle(result, words)).replace(/[#\\]/g, String.raw`\$&`);
        const line = `${passed ? 'ok' : 'not ok'} ${index + 1} - ${title}`;
        if (passed) return [line];
        const told = result.failures.flatMap((failure) => [...failureLines(failure, words), '']);
        return [
          line,
          '  ---',
          '  message: |',
          ...told.map((each) => `    ${printable(each)}`.trimEnd()),
          '  ...',
        ];
      });
      const skipped = Array.from({ length: left }, (_, index) => `ok ${results.length + index + 1} # SKIP`);
      return ['TAP version 14', `1..${results.length + left}`, ...lines, ...skipped, ''].join('\n');
    },
  };
}
