import type { EtcdMemberRow } from '../../../contract/etcd-rows.ts';
import { decimalId } from '../../../etcd/etcd-ids.ts';
import { etcdRow } from '../../../etcd/membership.ts';
import type { Asking } from '../asking.ts';

/** What heads every answer of etcd. */
export interface Header {
  readonly clusterId: string;
  readonly memberId: string;
  /** 0 where the answer is not about keys. */
  readonly revision: number;
  readonly term: number;
}

export function headerOf({ call }: Asking, member: EtcdMemberRow, hasRevision = true): Header {
  const { rows } = call.view;
  const row = etcdRow(rows);
  const revision = hasRevision ? (rows.row('counters', 'revision')?.value ?? 0) : 0;
  return { clusterId: member.clusterId, memberId: member.id, revision, term: row?.term ?? 0 };
}

/** A JSON object as Go writes it: what is empty is left out. Values are JSON already. */
export function goObject(pairs: readonly (readonly [name: string, json: string | undefined])[]): string {
  const there = pairs.filter(([, json]) => json !== undefined);
  return `{${there.map(([name, json]) => `"${name}":${json}`).join(',')}}`;
}

/** undefined for what Go takes for empty. */
export function numberJson(value: number): string | undefined {
  return value === 0 ? undefined : String(value);
}

/** The members of a header, for those answers that have them at the top. */
export function headerPairs({
  clusterId,
  memberId,
  revision,
  term,
}: Header): readonly (readonly [string, string | undefined])[] {
  return [
    ['cluster_id', decimalId(clusterId)],
    ['member_id', decimalId(memberId)],
    ['revision', numberJson(revision)],
    ['raft_term', numberJson(term)],
  ];
}

export function headerJson(header: Header): string {
  return goObject(headerPairs(header));
}

/** `-w fields` */
export function headerFields(
  { series, isHex }: Asking,
  { clusterId, memberId, revision, term }: Header,
): string {
  const id = (hex: string): string => (isHex && series === '3.6' ? hex : decimalId(hex));
  const lines = [`"ClusterID" : ${id(clusterId)}`, `"MemberID" : ${id(memberId)}`];
  if (revision > 0 || series !== '3.6') lines.push(`"Revision" : ${revision}`);
  return `${[...lines, `"RaftTerm" : ${term}`].join('\n')}\n`;
}
