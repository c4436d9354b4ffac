import { xmlText } from '../../report/record/svg.ts';
import { failureLines } from '../failure-text.ts';
import { caseTitle, type Reporter, type ReporterSetting, type TimedResult, totalsOf } from '../report.ts';

/**
 * JUnit's XML as CI servers read it: a test suite for each scenario's file is more than they show, so all
 * cases are in one. Times are seconds of the host's clock.
 */
export function junitReporter({ words }: ReporterSetting): Reporter {
  return {
    end: (report) => {
      const { passed, failed, broken, left } = totalsOf(report);
      const tests = passed + failed + broken + left;
      const counts = `tests="${tests}" failures="${failed}" errors="${broken}" skipped="${left}"`;
      const cases = report.results.map((result) => caseXml(result, { words }));
      return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites name="kubereel" ${counts} time="${seconds(report.wallMs)}">`,
        `  <testsuite name="kubereel" ${counts} time="${seconds(report.wallMs)}">`,
        ...cases,
        '  </testsuite>',
        '</testsuites>',
        '',
      ].join('\n');
    },
  };
}

function caseXml(result: TimedResult, { words }: Pick<ReporterSetting, 'words'>): string {
  const { path, failures, outcome, wallMs } = result;
  const name = `name="${escaped(caseTitle(result, words))}" classname="${escaped(path)}"`;
  const head = `    <testcase ${name} file="${escaped(path)}" time="${seconds(wallMs)}"`;
  if (failures.length === 0) return `${head}/>`;
  const element = outcome === 'broken' ? 'error' : 'failure';
  const bodies = failures.map((failure) => {
    const text = xmlText(failureLines(failure, words).join('\n'));
    return `      <${element} type="${failure.kind}" message="${escaped(failure.what)}">${text}</${element}>`;
  });
  return [`${head}>`, ...bodies, '    </testcase>'].join('\n');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** What ends an attribute, or is not kept in one. */
const IN_ATTRIBUTE = /[&<>"\n]/g;

function escaped(text: string): string {
  return xmlText(text, IN_ATTRIBUTE);
}
