import { drawWhole } from '../../kernel/chance/draw.ts';
import { MINUTE, type Millis, SECOND } from '../../kernel/time/millis.ts';
import type { Address, Component, Reaction, View, Wake } from '../contract/component.ts';
import { type ProgramRow, programKey } from '../contract/control-plane-rows.ts';
import { COMPACTED_KEY, ETCD_ROW, type EtcdMemberRow } from '../contract/etcd-rows.ts';
import type { Event } from '../contract/event.ts';
import type { RowReader } from '../contract/reader.ts';
import { hasOwnControlPlane } from '../contract/settings.ts';
import { diskLateness } from '../world/hindrance-of.ts';
import { clusterFormed, openDirectory } from './data-directory.ts';
import { etcdRow, hasMajority, peersInTouch, runningMembers } from './membership.ts';
import { nextWarning, STALL_MS, sayHowSlow, stallsAt } from './slow-disk.ts';
import { bytesInUse } from './store-size.ts';

const NAME = 'etcd-members';
const ADDRESS: Address = { actor: NAME, key: ETCD_ROW };

/** From the loss of a leader to the next vote: one to two times `--election-timeout`. */
const ELECTION_MS = [1000, 2000] as const;

/** kube-apiserver: --etcd-compaction-interval. */
const COMPACTION_MS = 5 * MINUTE;

const CONCERNING: readonly Event['type'][] = [
  'EtcdFormed',
  'EtcdStarted',
  'EtcdStopped',
  'EtcdLeaderElected',
  'EtcdLeaderLost',
  'EtcdMembersChanged',
  'EtcdKeysWritten',
  'EtcdLeaseKept',
  'EtcdLeaseEnded',
  'EtcdCompacted',
  'EtcdDefragmented',
  'EtcdAlarmRaised',
  'EtcdAlarmsDisarmed',
  'ProgramStarted',
  'ProgramStopped',
  'MachineStarted',
  'MachineStopped',
  'NetworkCut',
  'NetworkMended',
  'StoreRestored',
  'ProgramHindered',
  'ProgramRelieved',
];

/**
 * The members of etcd where they run on the cluster's machines: they start on their data directories, elect a
 * leader while most of them are in touch, end leases, and drop history when the API server asks for it.
 */
export const etcd: Component = {
  name: NAME,
  readsStore: true,
  concernedBy: CONCERNING,
  concernsOf: ({ event }) => (CONCERNING.includes(event.type) ? [ADDRESS] : []),
  addresses: ({ settings }) => (hasOwnControlPlane(settings) ? [ADDRESS] : []),
  wake: (view, _address, from) => nextLook(view, from),
  *reconcile(view, _address, now) {
    const founders = foundersOf(view);
    if (founders === undefined) yield* startAndStop(view);
    else if (founders.length > 0) yield clusterFormed(founders);
    yield* sayHowSlow(view, now);
    const stalls = stallsAt(view.rows);
    if (leaderIsLost(view.rows) || (stalls !== undefined && stalls <= now)) yield { type: 'EtcdLeaderLost' };
    const due = nextElection(view);
    if (due && due.at <= now) yield* elect(view, due.candidates);
    yield* endLeases(view, now);
    yield* compact(view, now);
  },
};

function nextLook(view: View, from: Millis): Wake | undefined {
  const { rows } = view;
  const founders = foundersOf(view);
  if (founders?.length === 0) return undefined;
  const changed = mismatches(view)[0];
  if (changed !== undefined)
    return { at: from, cause: rows.changedAt('programs', programKey('etcd', changed)) };
  // A cluster that nobody has led yet begins with its first member.
  const cause = rows.changedAt('etcd', ETCD_ROW) ?? firstMember(rows);
  if (leaderIsLost(rows)) return { at: from, cause };
  const times = [
    nextElection(view)?.at,
    nextExpiry(rows),
    nextCompaction(rows),
    stallsAt(rows),
    nextWarning(rows, from),
  ].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : { at: Math.max(from, Math.min(...times)), cause };
}

function firstMember(rows: RowReader): number | null {
  const [first] = rows.rowsBy('etcdMembers', 'all', '');
  return first ? rows.changedAt('etcdMembers', first.node) : null;
}

/**
 * The members of a cluster that was founded before the log begins, once all of them run; undefined where
 * there is a cluster already, or where it is founded in the log.
 */
function foundersOf({ rows, settings }: View): readonly ProgramRow[] | undefined {
  const programs = programsOf(rows);
  if (etcdRow(rows) || !programs.some(({ startedAt }) => startedAt < 0)) return undefined;
  const planes = settings.nodes.filter(({ controlPlane, spare }) => controlPlane && !spare);
  const founders = planes.flatMap(({ name }) => programs.find(({ node }) => node === name) ?? []);
  return founders.length === planes.length ? founders : [];
}

function programsOf(rows: RowReader): readonly ProgramRow[] {
  return rows.rowsBy('programs', 'program', 'etcd').filter(({ node }) => node !== '');
}

/** Machines whose etcd runs and is not known to, or the other way round. */
function mismatches({ rows, settings }: View): readonly string[] {
  if (!hasOwnControlPlane(settings)) return [];
  const members = rows.rowsBy('etcdMembers', 'all', '');
  const nodes = new Set([...programsOf(rows), ...members].map(({ node }) => node));
  return [...nodes].sort().filter((node) => {
    const program = rows.row('programs', programKey('etcd', node));
    const member = rows.row('etcdMembers', node);
    if ((program !== undefined) !== (member?.runs ?? false)) return true;
    return program !== undefined && member !== undefined && program.startedAt > member.since;
  });
}

function* startAndStop(view: View): Reaction {
  const { rows } = view;
  for (const node of mismatches(view)) {
    if (rows.row('etcdMembers', node)?.runs) yield { type: 'EtcdStopped', node };
    const program = rows.row('programs', programKey('etcd', node));
    if (program) yield openDirectory(view, program);
  }
}

/** A leader that does not run, or does not hear of most of the others, leads no more (raft: checkQuorum). */
function leaderIsLost(rows: RowReader): boolean {
  const row = etcdRow(rows);
  if (row?.leader === undefined) return false;
  const leader = runningMembers(rows).find(({ id, history }) => id === row.leader && history === row.history);
  return leader === undefined || !hasMajority(rows, leader);
}

interface Election {
  readonly at: Millis;
  readonly candidates: readonly EtcdMemberRow[];
}

/** When those that are in touch and many enough vote; undefined while there is a leader, or too few are. */
function nextElection({ rows, chance }: View): Election | undefined {
  const row = etcdRow(rows);
  if (row?.leader !== undefined) return undefined;
  const first = runningMembers(rows).find((member) => hasMajority(rows, member));
  if (first === undefined) return undefined;
  const candidates = peersInTouch(rows, first);
  const since = Math.max(row?.since ?? 0, ...candidates.map((member) => member.since));
  const [low, high] = ELECTION_MS;
  return { at: since + drawWhole(chance, low, high, 'etcd election', row?.term ?? 0, since), candidates };
}

/** The one with the longest log wins; what it holds is what the cluster holds from then on. */
function* elect({ rows, chance }: View, candidates: readonly EtcdMemberRow[]): Reaction {
  const row = etcdRow(rows);
  const revision = rows.row('counters', 'revision')?.value ?? 0;
  const best = Math.max(...candidates.map(({ held }) => held?.revision ?? revision));
  const longest = candidates.filter(({ held }) => (held?.revision ?? revision) === best);
  const quick = longest.filter(({ node }) => diskLateness(rows, node) < STALL_MS);
  const able = quick.length > 0 ? quick : longest;
  const leader = able[drawWhole(chance, 0, able.length - 1, 'etcd leader', row?.term ?? 0)] ?? candidates[0];
  if (leader === undefined) return;
  const { history, clusterId, id, held, node, path } = leader;
  const isSame = row?.history === history;
  if (held && (!isSame || held.revision !== revision))
    yield { type: 'StoreRestored', seq: held.seq, revision: held.revision, node, path };
  yield {
    type: 'EtcdLeaderElected',
    id,
    term: isSame ? row.term + 1 : 2,
    clusterId,
    history,
    members: isSame ? row.members : membersOf(candidates),
    ...(held?.compacted ? { compacted: held.compacted } : {}),
  };
}

/** As each of them says of itself. */
function membersOf(candidates: readonly EtcdMemberRow[]): EtcdMemberRow['members'] {
  const known = new Map(candidates.map(({ id, members }) => [id, members.find((peer) => peer.id === id)]));
  return (candidates[0]?.members ?? []).map((peer) => known.get(peer.id) ?? peer);
}

function nextExpiry(rows: RowReader): Millis | undefined {
  if (etcdRow(rows)?.leader === undefined) return undefined;
  const ends = rows.rowsBy('etcdLeases', 'all', '').map(({ renewedAt, ttl }) => renewedAt + ttl * SECOND);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

function* endLeases({ rows }: View, now: Millis): Reaction {
  if (etcdRow(rows)?.leader === undefined) return;
  for (const { id, ttl, renewedAt } of rows.rowsBy('etcdLeases', 'all', '')) {
    if (renewedAt + ttl * SECOND <= now) yield* endLease(rows, id);
  }
}

/** A lease takes its keys with it. */
export function* endLease(rows: RowReader, lease: string): Reaction {
  const deleted = rows
    .rowsBy('etcdKeys', 'all', '')
    .filter((row) => row.lease === lease && !row.deleted)
    .map(({ key }) => key);
  const revision = (rows.row('counters', 'revision')?.value ?? 0) + 1;
  if (deleted.length > 0) yield { type: 'EtcdKeysWritten', revision, deleted };
  yield { type: 'EtcdLeaseEnded', lease };
}

function nextCompaction(rows: RowReader): Millis | undefined {
  const row = etcdRow(rows);
  const isAsked = rows.rowsBy('programs', 'program', 'kube-apiserver').some(({ node }) => node !== '');
  if (row?.leader === undefined || !isAsked) return undefined;
  const last = row.compactedAt ?? 0;
  // Of the time before the log begins only its end is told.
  const untold = last < 0 ? Math.floor(-last / COMPACTION_MS) : 0;
  return last + (untold + 1) * COMPACTION_MS;
}

/**
 * The API server has the history dropped that is older than its last look, and writes down up to where
 * (apiserver: etcd3/compact.go).
 */
function* compact(view: View, now: Millis): Reaction {
  const { rows, objects } = view;
  const row = etcdRow(rows);
  const due = nextCompaction(rows);
  if (row === undefined || due === undefined || due > now) return;
  const last = Number(rows.row('etcdKeys', COMPACTED_KEY)?.value ?? 0);
  const revision = rows.row('counters', 'revision')?.value ?? 0;
  yield {
    type: 'EtcdKeysWritten',
    revision: revision + 1,
    puts: [{ key: COMPACTED_KEY, value: String(revision) }],
  };
  const bytes = bytesInUse(objects.etcd(), row.compacted);
  yield { type: 'EtcdCompacted', revision: Math.max(last, row.compacted), bytes };
}
