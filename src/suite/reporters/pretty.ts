import { formatGoDuration } from '../../kernel/time/go-duration.ts';
import { printable } from '../../report/printable.ts';
import type { CaseResult, Failure } from '../case.ts';
import { failureLines, failurePlace } from '../failure-text.ts';
import { caseTitle, type Reporter, type ReporterSetting, type SuiteReport, totalsOf } from '../report.ts';
import { type Paint, painter } from './paint.ts';

/** For a person at a terminal: a line for each case, and at the end everything about those that failed. */
export function prettyReporter(setting: ReporterSetting): Reporter {
  const paint = painter(setting.colour);
  const { words } = setting;
  return {
    ended: (result) => {
      const times = `${formatGoDuration(Math.round(result.virtualMs))}  ${Math.round(result.wallMs)}ms`;
      const mark = markOf(result, paint);
      return `${mark} ${printable(caseTitle(result, words))}  ${paint.dim(times)}\n`;
    },
    end: (report) =>
      [
        ...report.results.flatMap((result) => failuresText(result, setting, paint)),
        summary(report, setting, paint),
      ].join('\n'),
  };
}

function markOf({ outcome }: CaseResult, paint: Paint): string {
  return outcome === 'passed' ? paint.green('✓') : paint.red('✗');
}

/** All that there is to say of the cases that did not pass, one below another. */
export function failuresText(
  result: CaseResult,
  { words }: ReporterSetting,
  paint: Paint,
): readonly string[] {
  return result.failures.map((failure) => {
    const title = `${caseTitle(result, words)} (${failurePlace(result, failure, words)})`;
    const lines = bodyOf(failure, { words });
    return [
      `\n${paint.red('✗')} ${paint.bold(printable(title))}`,
      ...lines.map((line) => `  ${printable(line)}`),
      '',
    ].join('\n');
  });
}

function bodyOf(failure: Failure, { words }: Pick<ReporterSetting, 'words'>): readonly string[] {
  // What is no scenario is told as it stands, with its place and a hint.
  return failure.kind === 'input' ? failure.why.split('\n') : failureLines(failure, words);
}

/** How many of each there were, and how long all took. */
export function summary(report: SuiteReport, { words }: ReporterSetting, paint: Paint): string {
  const { results, obsolete, isUpdate, wallMs } = report;
  const totals = totalsOf(report);
  const written = results
    .flatMap(({ snapshots }) => snapshots)
    .filter(({ state }) => state === 'written').length;
  const virtual = results.reduce((sum, { virtualMs }) => sum + virtualMs, 0);
  const colour = totals.failed + totals.broken > 0 ? paint.red : paint.green;
  const differs = results.some(({ failures }) => failures.some(({ kind }) => kind === 'snapshot'));
  const lines = [
    ...(differs ? [words.update] : []),
    ...(written > 0 ? [words.written(written)] : []),
    ...obsoleteLines(obsolete, isUpdate, words),
    colour(words.totals(totals)),
    paint.dim(words.times(formatGoDuration(Math.round(virtual)), formatGoDuration(Math.round(wallMs)))),
  ];
  return `\n${lines.join('\n')}\n`;
}

function obsoleteLines(
  obsolete: readonly string[],
  isUpdate: boolean,
  words: ReporterSetting['words'],
): readonly string[] {
  if (obsolete.length === 0) return [];
  return isUpdate
    ? [words.removed(obsolete.length)]
    : [words.obsolete(obsolete.length), ...obsolete.map((file) => `  ${printable(file)}`)];
}
