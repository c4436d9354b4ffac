import { ETCD_ROW, type EtcdMemberRow, type EtcdRow } from '../contract/etcd-rows.ts';
import type { RowReader } from '../contract/reader.ts';
import { areInTouch } from '../world/reach.ts';

/** The members that hold the world's objects; undefined where etcd is run elsewhere. */
export function etcdRow(rows: RowReader): EtcdRow | undefined {
  return rows.row('etcd', ETCD_ROW);
}

/** The etcds that run, of whichever cluster. */
export function runningMembers(rows: RowReader): readonly EtcdMemberRow[] {
  return rows
    .rowsBy('etcdMembers', 'all', '')
    .filter(({ node, runs }) => runs && rows.row('machines', node)?.off === undefined);
}

/** How many of a number of members decide. */
export function majorityOf(members: number): number {
  return Math.floor(members / 2) + 1;
}

/** Those of the same history that a member hears of, itself among them. */
export function peersInTouch(rows: RowReader, member: EtcdMemberRow): readonly EtcdMemberRow[] {
  return runningMembers(rows).filter(
    (other) => other.history === member.history && areInTouch(rows, member.node, other.node),
  );
}

/** Whether so many of the voting members are in touch with one that they can decide. */
export function hasMajority(rows: RowReader, member: EtcdMemberRow): boolean {
  const row = etcdRow(rows);
  const members = row?.history === member.history ? row.members : member.members;
  const voters = members.filter(({ learner }) => !learner).map(({ id }) => id);
  const there = peersInTouch(rows, member).filter(({ id }) => voters.includes(id));
  return voters.includes(member.id) && there.length >= majorityOf(voters.length);
}

/** Whether requests of a member are answered by way of a leader: one is there, and the member hears of it. */
export function isLed(rows: RowReader, member: EtcdMemberRow): boolean {
  const row = etcdRow(rows);
  if (row?.leader === undefined || row.history !== member.history) return false;
  return peersInTouch(rows, member).some(({ id }) => id === row.leader);
}
