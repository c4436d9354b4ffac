import { printable } from '../../report/printable.ts';
import { failureLines } from '../failure-text.ts';
import { caseTitle, type Reporter, type ReporterSetting } from '../report.ts';

/**
 * Workflow commands of GitHub Actions: each failure stands beside the line of the scenario that it is about.
 */
export function githubReporter({ words }: ReporterSetting): Reporter {
  return {
    end: ({ results }) =>
      results
        .flatMap((result) =>
          result.failures.map((failure) => {
            const { step, line = 1 } = failure;
            const title = [caseTitle(result, words), ...(step === undefined ? [] : [words.step(step)])].join(
              ', ',
            );
            const place = `file=${property(result.path)},line=${line},title=${property(title)}`;
            return `::error ${place}::${data(failureLines(failure, words).join('\n'))}\n`;
          }),
        )
        .join(''),
  };
}

/** As the runner decodes them (actions/toolkit: core/src/command.ts). */
function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
