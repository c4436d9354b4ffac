import { drawWhole } from '../../../kernel/chance/draw.ts';
import { etcdRow } from '../../etcd/membership.ts';
import { bytesInUse } from '../../etcd/store-size.ts';
import type { Outcome } from '../program.ts';
import { type Answer, type Asking, BAD_ARGS, fail, type Memory } from './asking.ts';
import { type Endpoint, endpointsOf, endpointsOfCluster } from './endpoints.ts';
import { revisionProblem, unsupported } from './get-keys.ts';
import { failedTry } from './log-lines.ts';
import { alarmsText } from './print/alarm-text.ts';
import { headerOf } from './print/header.ts';
import { reach, refused, timeoutOf, waitFor } from './reach.ts';

const COMPACT = '/etcdserverpb.KV/Compact';

/** `etcdctl compact` */
export function* compactHistory(ask: Asking): Answer {
  const [text = ''] = ask.operands;
  if (ask.operands.length !== 1) return fail(ask, 'compaction command needs 1 argument', BAD_ARGS);
  if (!/^[-+]?\d+$/.test(text))
    return fail(ask, `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  const reached = reach(ask, { method: COMPACT, isLed: true });
  if ('outcome' in reached) return reached.outcome;
  const etcd = ask.call.view.objects.etcd();
  const compacted = etcdRow(ask.call.view.rows)?.compacted ?? 0;
  const revision = Number(text);
  // Up to where history is gone already, it can't be dropped again.
  const problem =
    revision === compacted
      ? revisionProblem(-1, { now: 0, compacted: 0 })
      : revisionProblem(revision, { now: etcd.now().revision, compacted });
  if (problem) return refused(ask, { endpoint: reached.endpoint, method: COMPACT, ...problem });
  yield { type: 'EtcdCompacted', revision, bytes: bytesInUse(etcd, compacted) };
  ask.out(`compacted revision ${revision}\n`);
  return { exitCode: 0 };
}

const DEFRAGMENT = '/etcdserverpb.Maintenance/Defragment';

interface DefragMemory extends Memory {
  /** How many endpoints are done with. */
  readonly done?: number;
  readonly failed?: true;
}

/** `etcdctl defrag`: one endpoint after another, each with its own time to answer. */
export function* defragment(ask: Asking): Answer {
  const listed = endpointsAsked(ask);
  if ('outcome' in listed) return listed.outcome;
  const memory = ask.memory as DefragMemory;
  let hasFailed = memory.failed ?? false;
  for (const [index, endpoint] of listed.endpoints.entries()) {
    if (index < (memory.done ?? 0)) continue;
    const { text, member } = endpoint;
    if (member) {
      const row = etcdRow(ask.call.view.rows);
      const bytes = bytesInUse(ask.call.view.objects.etcd(), row?.compacted ?? 0);
      yield { type: 'EtcdDefragmented', id: member.id, bytes };
      const took = ask.series === '3.6' ? `. took ${tookText(ask, 40, text)}` : '';
      ask.out(`Finished defragmenting etcd member[${text}]${took}\n`);
      continue;
    }
    const since = memory.done === index ? (memory.since ?? ask.call.now) : ask.call.now;
    const until = since + timeoutOf(ask);
    if (ask.call.now < until) {
      const kept: DefragMemory = { since, done: index, ...(hasFailed && { failed: true }) };
      return waitFor({ ...ask, memory: kept }, [endpoint], false, until);
    }
    hasFailed = true;
    ask.err(silence(ask, endpoint, DEFRAGMENT));
    const took = ask.series === '3.6' ? `. took ${String(timeoutOf(ask) / 1000)}s.` : '';
    ask.err(`Failed to defragment etcd member[${text}]${took} (context deadline exceeded)\n`);
  }
  return { exitCode: hasFailed ? 1 : 0 };
}

/** Those of `--endpoints`, or all that the cluster knows of. */
export function endpointsAsked(
  ask: Asking,
): { readonly endpoints: readonly Endpoint[] } | { readonly outcome: Outcome } {
  if (!ask.isSet('cluster')) return { endpoints: endpointsOf(ask) };
  const reached = reach(ask, {
    method: '/etcdserverpb.Cluster/MemberList',
    isLed: ask.series !== '3.4',
    failure: (reason) => `failed to fetch endpoints from etcd cluster member list: ${reason}`,
  });
  return 'outcome' in reached ? reached : { endpoints: endpointsOfCluster(ask) };
}

/** The line of log about an endpoint that did not answer in time. */
export function silence(ask: Asking, { text, problem }: Endpoint, method: string): string {
  const host = text.replace(/^https?:\/\//, '');
  // A connection to one endpoint says what happened there, which one to many does not.
  const why = `latest balancer error: connection error: desc = "transport: Error while dialing dial tcp ${host}: connect: connection refused"`;
  const reason = ask.series === '3.4' ? why : problem;
  const error = `rpc error: code = DeadlineExceeded desc = ${reason}`;
  return failedTry(ask, { endpoint: text, method, attempt: 0, error, isDirect: true });
}

/** `12.34567ms`, as Go prints a duration; `upTo` whole milliseconds. */
export function tookText({ call }: Asking, upTo: number, of: string): string {
  const { chance } = call.view;
  const nanos = drawWhole(chance, 1_000_000, upTo * 1_000_000, 'etcd took', call.command, call.instance, of);
  return `${String(nanos / 1_000_000)}ms`;
}

const ALARM = '/etcdserverpb.Maintenance/Alarm';

/** `etcdctl alarm list` */
export function listAlarms(ask: Asking): Outcome {
  if (ask.operands.length > 0) return fail(ask, 'alarm list command accepts no arguments', BAD_ARGS);
  const reached = reach(ask, { method: ALARM, isLed: true });
  if ('outcome' in reached) return reached.outcome;
  if (ask.format === 'table') return unsupported(ask);
  const alarms = etcdRow(ask.call.view.rows)?.alarms ?? [];
  ask.out(alarmsText(ask, headerOf(ask, reached.member, false), alarms));
  return { exitCode: 0 };
}

/** `etcdctl alarm disarm` */
export function* disarmAlarms(ask: Asking): Answer {
  if (ask.operands.length > 0) return fail(ask, 'alarm disarm command accepts no arguments', BAD_ARGS);
  const reached = reach(ask, { method: ALARM, isLed: true });
  if ('outcome' in reached) return reached.outcome;
  if (ask.format === 'table') return unsupported(ask);
  const alarms = etcdRow(ask.call.view.rows)?.alarms ?? [];
  if (alarms.length > 0) yield { type: 'EtcdAlarmsDisarmed' };
  ask.out(alarmsText(ask, headerOf(ask, reached.member, false), alarms));
  return { exitCode: 0 };
}
