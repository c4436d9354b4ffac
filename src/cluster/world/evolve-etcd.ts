import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import {
  COMPACTED_KEY,
  ETCD_ROW,
  type EtcdData,
  type EtcdEvent,
  type EtcdHeld,
  type EtcdKeyRow,
  type EtcdMemberRow,
  type EtcdPut,
  type EtcdRow,
} from '../contract/etcd-rows.ts';
import type { Event } from '../contract/event.ts';
import { fileKey, hostFileSystem } from '../contract/file-key.ts';
import type { WorldRows } from './world.ts';

export function isEtcdEvent(event: Event): event is EtcdEvent {
  return event.type.startsWith('Etcd');
}

/** What etcd's members hold and know, after one fact. */
export function evolveEtcd(tables: Tables<WorldRows>, event: EtcdEvent, { at, seq }: Entry<Event>): void {
  switch (event.type) {
    case 'EtcdFormed':
    case 'EtcdStarted':
    case 'EtcdStopped':
      evolveMembers(tables, event, { at, seq });
      return;
    case 'EtcdKeysWritten':
      writeKeys(tables, event, seq);
      return;
    case 'EtcdLeaseKept':
      tables.etcdLeases.write(event.lease, { id: event.lease, ttl: event.ttl, renewedAt: at }, seq);
      evolveCluster(tables, { otherEntries: 1 }, seq);
      return;
    case 'EtcdLeaseEnded':
      tables.etcdLeases.write(event.lease, undefined, seq);
      evolveCluster(tables, { otherEntries: 1 }, seq);
      return;
    default:
      evolveLead(tables, event, { at, seq });
  }
}

type OfMembers = Extract<EtcdEvent, { type: 'EtcdFormed' | 'EtcdStarted' | 'EtcdStopped' }>;
type Moment = Pick<Entry<Event>, 'at' | 'seq'>;

function evolveMembers(tables: Tables<WorldRows>, event: OfMembers, { at, seq }: Moment): void {
  switch (event.type) {
    case 'EtcdFormed': {
      const { clusterId } = event;
      const members = event.members.map(({ node: _node, path: _path, quota: _quota, ...peer }) => peer);
      const history = `${clusterId} from the beginning`;
      for (const { node, path, id, quota } of event.members) {
        const own = { node, path, id, ...(quota !== undefined && { quota }) };
        const row: EtcdMemberRow = { ...own, clusterId, history, members, since: at, runs: true };
        tables.etcdMembers.write(node, row, seq);
        writeDirectory(tables, row, { at, seq });
      }
      const leader = event.members[0]?.id ?? '';
      const compacted = { key: COMPACTED_KEY, value: '1', created: 1, modified: 1, version: 1 };
      tables.etcdKeys.write(COMPACTED_KEY, compacted, seq);
      const first = { clusterId, history, members, leader, since: at, term: 2 };
      tables.etcd.write(
        ETCD_ROW,
        { ...first, otherEntries: members.length + 3, compacted: 0, compactedAt: at, alarms: [], grown: {} },
        seq,
      );
      return;
    }
    case 'EtcdStarted': {
      const { type: _, ...started } = event;
      const cluster = tables.etcd.read(ETCD_ROW, seq);
      const { held: _held, ...keepingUp } = started;
      const isLed = cluster?.history === event.history && cluster.leader !== undefined;
      const row: EtcdMemberRow = { ...(isLed ? keepingUp : started), since: at, runs: true };
      tables.etcdMembers.write(event.node, row, seq);
      writeDirectory(tables, row, { at, seq });
      return;
    }
    case 'EtcdStopped': {
      const row = tables.etcdMembers.read(event.node, seq);
      if (!row) return;
      const cluster = tables.etcd.read(ETCD_ROW, seq);
      const now = {
        seq: seq - 1,
        revision: tables.counters.read('revision', seq)?.value ?? 0,
        compacted: cluster?.compacted ?? 0,
      };
      // One that keeps up holds what all hold; one that never came to it holds what it found.
      const held = row.held ?? now;
      const stopped: EtcdMemberRow = { ...row, since: at, runs: false, held };
      tables.etcdMembers.write(event.node, stopped, seq);
      // What was deleted while it ran goes with the process that had it open.
      if (!isDeleted(tables, stopped, seq)) writeDirectory(tables, stopped, { at, seq }, held);
    }
  }
}

function isDeleted({ files }: Tables<WorldRows>, { node, path }: EtcdMemberRow, seq: number): boolean {
  const key = fileKey({ fileSystem: hostFileSystem(node), path: databaseOf(path) });
  return files.read(key, seq)?.kind === 'removed';
}

/** The files of a data directory: what they hold goes wherever they are moved or copied. */
function writeDirectory(
  { files }: Tables<WorldRows>,
  { node, path, clusterId, history, id, members }: EtcdMemberRow,
  { at, seq }: Moment,
  held?: EtcdHeld,
): void {
  const key = fileKey({ fileSystem: hostFileSystem(node), path: databaseOf(path) });
  const damaged = held !== undefined && files.read(key, seq)?.content?.includes('"damaged":true');
  const data: EtcdData = {
    etcd: 'data',
    clusterId,
    history,
    id,
    members,
    ...(held && { held }),
    ...(damaged && { damaged }),
  };
  const file = {
    fileSystem: hostFileSystem(node),
    path: databaseOf(path),
    kind: 'file',
    content: `${JSON.stringify(data)}\n`,
    mode: 0o600,
    modifiedAt: at,
  } as const;
  files.write(fileKey(file), file, seq);
  const wal = { ...file, path: `${path.replace(/\/+$/, '')}/member/wal/${FIRST_LOG}`, content: '' };
  if (!files.read(fileKey(wal), seq)) files.write(fileKey(wal), { ...wal, sizeBytes: LOG_BYTES }, seq);
}

/** The write-ahead log, which has its full size from the start (etcd: wal.SegmentSizeBytes). */
const FIRST_LOG = '0000000000000000-0000000000000000.wal';
const LOG_BYTES = 64_000_000;

/** Where a data directory keeps its keys. */
export function databaseOf(directory: string): string {
  return `${directory.replace(/\/+$/, '')}/member/snap/db`;
}

function writeKeys(
  tables: Tables<WorldRows>,
  { revision, puts = [], deleted = [] }: Extract<EtcdEvent, { type: 'EtcdKeysWritten' }>,
  seq: number,
): void {
  const { etcdKeys, counters } = tables;
  for (const put of puts) etcdKeys.write(put.key, rowAfter(etcdKeys.read(put.key, seq), put, revision), seq);
  for (const key of deleted)
    etcdKeys.write(key, { key, value: '', created: 0, modified: revision, version: 0, deleted: true }, seq);
  counters.write('revision', { value: revision }, seq);
}

function rowAfter(
  before: EtcdKeyRow | undefined,
  { key, value, lease }: EtcdPut,
  revision: number,
): EtcdKeyRow {
  const known = before?.deleted ? undefined : before;
  return {
    key,
    value,
    created: known?.created ?? revision,
    modified: revision,
    version: (known?.version ?? 0) + 1,
    ...(lease === undefined ? {} : { lease }),
  };
}

type OfLead = Exclude<
  EtcdEvent,
  OfMembers | { readonly type: 'EtcdKeysWritten' | 'EtcdLeaseKept' | 'EtcdLeaseEnded' }
>;

function evolveLead(tables: Tables<WorldRows>, event: OfLead, { at, seq }: Moment): void {
  switch (event.type) {
    case 'EtcdLeaderElected':
      elect(tables, event, { at, seq });
      return;
    case 'EtcdLeaderLost': {
      const row = tables.etcd.read(ETCD_ROW, seq);
      if (!row) return;
      const { leader: _, ...others } = row;
      tables.etcd.write(ETCD_ROW, { ...others, since: at }, seq);
      return;
    }
    case 'EtcdMembersChanged':
      evolveCluster(tables, { members: event.members, otherEntries: 1 }, seq);
      return;
    case 'EtcdCompacted': {
      const row = tables.etcd.read(ETCD_ROW, seq);
      const grown = Object.fromEntries((row?.members ?? []).map(({ id }) => [id, event.bytes]));
      const kept = { ...grown, ...row?.grown };
      for (const [id, bytes] of Object.entries(grown)) kept[id] = Math.max(bytes, kept[id] ?? 0);
      evolveCluster(
        tables,
        { compacted: event.revision, compactedAt: at, grown: kept, otherEntries: 1 },
        seq,
      );
      return;
    }
    case 'EtcdDefragmented': {
      const row = tables.etcd.read(ETCD_ROW, seq);
      evolveCluster(tables, { grown: { ...row?.grown, [event.id]: event.bytes }, otherEntries: 0 }, seq);
      return;
    }
    case 'EtcdAlarmRaised': {
      const alarms = [...(tables.etcd.read(ETCD_ROW, seq)?.alarms ?? []), event.id];
      evolveCluster(tables, { alarms, otherEntries: 1 }, seq);
      return;
    }
    case 'EtcdAlarmsDisarmed':
      evolveCluster(tables, { alarms: [], otherEntries: 1 }, seq);
  }
}

/** Those of the leader's history that run keep up from here on. */
function elect(
  tables: Tables<WorldRows>,
  event: Extract<EtcdEvent, { type: 'EtcdLeaderElected' }>,
  { at, seq }: Moment,
): void {
  const { id, term, clusterId, history, members } = event;
  for (const row of tables.etcdMembers.list('all', '', seq)) {
    if (row.history !== history || !row.runs || row.held === undefined) continue;
    const { held: _, ...keepingUp } = row;
    tables.etcdMembers.write(row.node, keepingUp, seq);
  }
  const before = tables.etcd.read(ETCD_ROW, seq);
  const isSame = before?.history === history;
  tables.etcd.write(
    ETCD_ROW,
    {
      clusterId,
      history,
      members,
      term,
      leader: id,
      since: at,
      otherEntries: isSame ? before.otherEntries + 1 : members.length + 2,
      compacted: isSame ? before.compacted : (event.compacted ?? 0),
      compactedAt: isSame ? (before.compactedAt ?? at) : at,
      alarms: isSame ? before.alarms : [],
      grown: isSame ? before.grown : {},
    },
    seq,
  );
}

function evolveCluster(
  { etcd }: Tables<WorldRows>,
  { otherEntries, ...changed }: Partial<EtcdRow> & Pick<EtcdRow, 'otherEntries'>,
  seq: number,
): void {
  const row = etcd.read(ETCD_ROW, seq);
  if (row) etcd.write(ETCD_ROW, { ...row, ...changed, otherEntries: row.otherEntries + otherEntries }, seq);
}
