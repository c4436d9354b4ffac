import { valueWithCaptured, withCaptured } from '../language/captured-names.ts';
import { matchValue } from '../matching/match-value.ts';
import type { Condition, ExitCodeCondition, LogsCondition, TextCondition } from '../scenario.ts';
import { judgeEvent } from './judge-event.ts';
import { judgeResource } from './judge-resource.ts';
import { judgeTraffic } from './judge-traffic.ts';
import { logsOf } from './logs-of.ts';
import { quoteText } from './quote-text.ts';
import type { Judging, Verdict } from './verdict.ts';

/** All of the conditions, or why the first of them that does not hold does not. */
export function judge(conditions: readonly Condition[], judging: Judging): Verdict {
  let cause: number | null = null;
  for (const condition of conditions) {
    const verdict = judgeOne(condition, judging);
    if (!verdict.holds) return verdict;
    if (verdict.cause !== null && verdict.cause > (cause ?? 0)) cause = verdict.cause;
  }
  return { holds: true, cause };
}

function judgeOne(condition: Condition, judging: Judging): Verdict {
  switch (condition.of) {
    case 'stdout':
    case 'stderr':
      return judgeText(condition, judging);
    case 'exitCode':
      return judgeExitCode(condition, judging);
    case 'resource':
      return judgeResource(condition, judging);
    case 'event':
      return judgeEvent(condition, judging);
    case 'logs':
      return judgeLogs(condition, judging);
    case 'traffic':
      return judgeTraffic(condition, judging);
  }
}

function judgeText({ of, wanted }: TextCondition, { view, command = '', captured }: Judging): Verdict {
  const row = view.rows.row('commands', command);
  const text = row?.[of] ?? '';
  const [miss] = matchValue(valueWithCaptured(wanted, captured), text).misses;
  const cause = view.rows.changedAt('commands', command);
  if (!miss) return { holds: true, cause };
  const name = of === 'stdout' ? 'output' : 'error output';
  const found = text === '' ? ' empty' : `:\n${quoteText(text)}`;
  return { holds: false, why: `the ${name} was wanted ${miss.wanted}, and it is${found}`, cause };
}

function judgeExitCode({ wanted }: ExitCodeCondition, { view, command = '' }: Judging): Verdict {
  const row = view.rows.row('commands', command);
  const cause = view.rows.changedAt('commands', command);
  if (row?.exitCode === wanted) return { holds: true, cause };
  if (row?.exitCode === undefined)
    return { holds: false, why: `wanted exit code ${wanted}, and the command still runs`, cause };
  const words = row.stderr === '' ? '' : `:\n${quoteText(row.stderr)}`;
  return { holds: false, why: `wanted exit code ${wanted}, and it is ${row.exitCode}${words}`, cause };
}

function judgeLogs(condition: LogsCondition, { view, captured }: Judging): Verdict {
  const pod = withCaptured(condition.pod, captured);
  const logs = logsOf({ ...condition, pod }, view);
  if ('none' in logs) return { holds: false, why: logs.none };
  const [miss] = matchValue(valueWithCaptured(condition.wanted, captured), logs.text).misses;
  if (!miss) return { holds: true, cause: null };
  const found = logs.text === '' ? 'they are empty' : `they are:\n${quoteText(logs.text)}`;
  return { holds: false, why: `the logs of ${pod} were wanted ${miss.wanted}, and ${found}` };
}
