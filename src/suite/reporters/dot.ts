import type { Reporter, ReporterSetting } from '../report.ts';
import { painter } from './paint.ts';
import { failuresText, summary } from './pretty.ts';

/** A sign for each case, for many of them. */
export function dotReporter(setting: ReporterSetting): Reporter {
  const paint = painter(setting.colour);
  const signs = { passed: paint.green('.'), failed: paint.red('F'), broken: paint.red('!') };
  return {
    ended: ({ outcome }) => signs[outcome],
    end: (report) => {
      const failures = report.results.flatMap((result) => failuresText(result, setting, paint));
      return ['\n', ...failures, summary(report, setting, paint)].join('\n');
    },
  };
}
