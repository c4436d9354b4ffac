import type { LogsCondition } from '../condition.ts';
import { valueWithCaptured } from '../language/captured-names.ts';
import { matchText } from '../matching/match-text.ts';
import { type ContainerLogs, logsOf } from './logs-of.ts';
import { foundText } from './quote-text.ts';
import type { Judging, Verdict } from './verdict.ts';

/** Whether a container wrote what is wanted; of several pods that are selected, one is enough. */
export function judgeLogs(condition: LogsCondition, judging: Judging): Verdict {
  const found = logsOf(condition, judging);
  if ('none' in found) return { holds: false, why: found.none, cause: found.cause };
  const wanted = valueWithCaptured(condition.wanted, judging.captured);
  const missed = found.logs.map((logs) => ({ logs, misses: matchText(wanted, logs.text) }));
  if (missed.some(({ misses }) => misses.length === 0)) return { holds: true, cause: null };
  const lines = missed.map(({ logs, misses }) => {
    const [miss] = misses;
    const whose = `the ${condition.previous ? 'previous ' : ''}logs of ${logs.pod}`;
    return `${whose} were wanted ${miss?.wanted}, and ${foundText(miss, logs.text, 'they are')}`;
  });
  return { holds: false, why: lines.join('\n'), cause: lastOf(found.logs) };
}

/** The logs of which a condition is true. */
export function logsLike(condition: LogsCondition, judging: Judging): readonly ContainerLogs[] {
  const found = logsOf(condition, judging);
  if ('none' in found) return [];
  const wanted = valueWithCaptured(condition.wanted, judging.captured);
  return found.logs.filter(({ text }) => matchText(wanted, text).length === 0);
}

/** seq of the entry that wrote the last of them. */
export function lastOf(logs: readonly ContainerLogs[]): number | null {
  return Math.max(0, ...logs.map(({ changedAt }) => changedAt ?? 0)) || null;
}
