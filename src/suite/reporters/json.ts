import { jsonText } from '../../report/json-text.ts';
import { type Reporter, totalsOf } from '../report.ts';

/** One JSON document with everything that is known. */
export function jsonReporter(): Reporter {
  return {
    end: (report) => `${jsonText({ totals: totalsOf(report), ...report }, 2)}\n`,
  };
}
