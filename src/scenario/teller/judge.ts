import type { CapturedCondition, Condition, ExitCodeCondition, TextCondition } from '../condition.ts';
import { valueWithCaptured } from '../language/captured-names.ts';
import { matchPrinted, matchText } from '../matching/match-text.ts';
import { judgeEvent } from './judge-event.ts';
import { judgeOutputFields } from './judge-fields.ts';
import { judgeLogs } from './judge-logs.ts';
import { judgeResource } from './judge-resource.ts';
import { judgeTraffic } from './judge-traffic.ts';
import { foundText, quoteText } from './quote-text.ts';
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
    case 'outputFields':
      return judgeOutputFields(condition, judging);
    case 'captured':
      return judgeCaptured(condition, judging);
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

function judgeText({ of, wanted, command: named }: TextCondition, judging: Judging): Verdict {
  const { view, command = '', captured } = judging;
  const id = named ?? command;
  const text = view.rows.row('commands', id)?.[of] ?? '';
  const [miss] = matchText(valueWithCaptured(wanted, captured), text);
  const cause = view.rows.changedAt('commands', id);
  if (!miss) return { holds: true, cause };
  const name = of === 'stdout' ? 'output' : 'error output';
  const why = `the ${name} was wanted ${miss.wanted}, and ${foundText(miss, text, 'it is')}`;
  return { holds: false, why, cause };
}

function judgeExitCode({ wanted, command: named }: ExitCodeCondition, judging: Judging): Verdict {
  const { view, command = '' } = judging;
  const id = named ?? command;
  const row = view.rows.row('commands', id);
  const cause = view.rows.changedAt('commands', id);
  if (row?.exitCode === wanted) return { holds: true, cause };
  if (row?.exitCode === undefined)
    return { holds: false, why: `wanted exit code ${wanted}, and the command still runs`, cause };
  const words = row.stderr === '' ? '' : `:\n${quoteText(row.stderr)}`;
  return { holds: false, why: `wanted exit code ${wanted}, and it is ${row.exitCode}${words}`, cause };
}

function judgeCaptured({ name, wanted }: CapturedCondition, { captured }: Judging): Verdict {
  const found = Object.hasOwn(captured, name) ? captured[name] : undefined;
  if (found === undefined) return { holds: false, why: `nothing has been captured as ${name} yet` };
  const [miss] = matchPrinted(valueWithCaptured(wanted, captured), found);
  if (!miss) return { holds: true, cause: null };
  return { holds: false, why: `${name} is ${miss.found}, wanted ${miss.wanted}` };
}
