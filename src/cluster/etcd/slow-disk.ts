import { type Millis, SECOND } from '../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import type { Reaction, View } from '../contract/component.ts';
import { programKey } from '../contract/control-plane-rows.ts';
import type { EtcdMemberRow } from '../contract/etcd-rows.ts';
import type { RowReader } from '../contract/reader.ts';
import { diskLateness, isAnyHindered } from '../world/hindrance-of.ts';
import { etcdRow, runningMembers } from './membership.ts';

/** A leader that writes for so long sends no heartbeat meanwhile, and others vote (--election-timeout). */
export const STALL_MS: Millis = SECOND;

/** etcd: server/etcdserver/util.go, --experimental-warning-apply-duration. */
const SLOW_APPLY_MS = 100;

/** etcd: server/storage/wal/wal.go, warnSyncDuration. */
const SLOW_SYNC_MS: Millis = SECOND;

/** How often it says so again. */
const WARNING_MS = 10 * SECOND;

/** When a leader with a slow disk loses its lead; undefined where it keeps it. One alone has no rival. */
export function stallsAt(rows: RowReader): Millis | undefined {
  const row = etcdRow(rows);
  if (row?.leader === undefined || !isAnyHindered(rows) || row.members.length < 2) return undefined;
  const leader = runningMembers(rows).find(({ id, history }) => id === row.leader && history === row.history);
  if (!leader) return undefined;
  const lateMs = diskLateness(rows, leader.node);
  return lateMs < STALL_MS ? undefined : Math.max(row.since, slowSince(rows, leader)) + lateMs;
}

function slowSince(rows: RowReader, { node }: EtcdMemberRow): Millis {
  const keys = [`work etcd/${node}`, 'work etcd'];
  return keys.map((key) => rows.row('hindrances', key)?.since).find((since) => since !== undefined) ?? 0;
}

interface Slow {
  readonly member: EtcdMemberRow;
  readonly lateMs: Millis;
}

function slowMembers(rows: RowReader): readonly Slow[] {
  if (!isAnyHindered(rows)) return [];
  return runningMembers(rows)
    .map((member) => ({ member, lateMs: diskLateness(rows, member.node) }))
    .filter(({ lateMs }) => lateMs >= SLOW_APPLY_MS);
}

function warnsAt(rows: RowReader, { member, lateMs }: Slow, from: Millis): Millis {
  const first = Math.max(slowSince(rows, member), member.since) + lateMs;
  return first + Math.max(0, Math.ceil((from - first) / WARNING_MS)) * WARNING_MS;
}

/** When a member with a slow disk complains next. */
export function nextWarning(rows: RowReader, from: Millis): Millis | undefined {
  const times = slowMembers(rows).map((slow) => warnsAt(rows, slow, from));
  return times.length === 0 ? undefined : Math.min(...times);
}

/** What a member writes to its log whose disk is slow. */
export function* sayHowSlow({ rows, settings }: View, now: Millis): Reaction {
  for (const slow of slowMembers(rows)) {
    if (warnsAt(rows, slow, now) !== now) continue;
    const { member, lateMs } = slow;
    const row = rows.row(
      'containers',
      rows.row('programs', programKey('etcd', member.node))?.container ?? '',
    );
    if (!row) continue;
    const ts = formatRfc3339(settings.epochMs + now);
    const cluster = etcdRow(rows);
    const hasFollowers = cluster?.leader === member.id && cluster.members.length > 1;
    const text = warnings(lateMs, hasFollowers)
      .map((warning) => `${JSON.stringify({ level: 'warn', ts, ...warning })}\n`)
      .join('');
    yield {
      type: 'ContainerLogged',
      node: row.node,
      pod: row.pod,
      container: row.id,
      stream: 'stderr',
      text,
    };
  }
}

function warnings(lateMs: Millis, hasFollowers: boolean): readonly Readonly<Record<string, string>>[] {
  const took = `${lateMs / SECOND}s`;
  const apply = {
    caller: 'txn/util.go:93',
    msg: 'apply request took too long',
    took: lateMs < SECOND ? `${lateMs}ms` : took,
    'expected-duration': '100ms',
  };
  const sync = { caller: 'wal/wal.go:805', msg: 'slow fdatasync', took, 'expected-duration': '1s' };
  const heartbeat = {
    caller: 'etcdserver/raft.go:416',
    msg: 'leader failed to send out heartbeat on time; took too long, leader is overloaded likely from slow disk',
    'heartbeat-interval': '100ms',
    'expected-duration': '200ms',
    'exceeded-duration': `${Math.max(0, lateMs - 200)}ms`,
  };
  return [
    ...(lateMs >= SLOW_SYNC_MS ? [sync] : []),
    ...(hasFollowers && lateMs > 200 ? [heartbeat] : []),
    apply,
  ];
}
