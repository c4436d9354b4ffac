import type { EtcdMemberRow } from '../../contract/etcd-rows.ts';
import { decimalId } from '../../etcd/etcd-ids.ts';
import { etcdRow, isLed } from '../../etcd/membership.ts';
import { storeHash } from '../../etcd/store-hash.ts';
import { bytesInUse, bytesOfFile, DEFAULT_QUOTA, humanBytes } from '../../etcd/store-size.ts';
import { quoteGo } from '../../objects/go-json.ts';
import type { Outcome } from '../program.ts';
import { type Asking, fail, type Memory } from './asking.ts';
import type { Endpoint } from './endpoints.ts';
import { revisionProblem } from './get-keys.ts';
import { failedTry } from './log-lines.ts';
import { endpointsAsked, silence } from './maintenance.ts';
import { alarmText } from './print/alarm-text.ts';
import { goTable } from './print/go-table.ts';
import { goObject, type Header, headerFields, headerJson, headerOf, numberJson } from './print/header.ts';
import { timeoutOf, waitFor } from './reach.ts';

interface Asked extends Memory {
  /** Endpoints that have been waited for in vain. */
  readonly silent?: readonly string[];
}

type Answering = Endpoint & { readonly member: EtcdMemberRow };

/** Asks one endpoint after another; each that does not answer takes its time. */
function askEach(
  ask: Asking,
  endpoints: readonly Endpoint[],
):
  | { readonly answering: readonly Answering[]; readonly silent: readonly Endpoint[] }
  | { readonly outcome: Outcome } {
  const memory = ask.memory as Asked;
  const known = memory.silent ?? [];
  const silent: Endpoint[] = [];
  const answering: Answering[] = [];
  for (const endpoint of endpoints) {
    const { text, member } = endpoint;
    if (known.includes(text)) {
      silent.push(endpoint);
    } else if (member) {
      answering.push({ ...endpoint, member });
    } else {
      const isWaiting = memory['asked'] === text;
      const since = isWaiting ? (memory.since ?? ask.call.now) : ask.call.now;
      const until = since + timeoutOf(ask);
      if (ask.call.now >= until) {
        silent.push(endpoint);
        continue;
      }
      const kept: Asked = { since, asked: text, silent: silent.map((each) => each.text) };
      return { outcome: waitFor({ ...ask, memory: kept }, [endpoint], false, until) };
    }
  }
  return { answering, silent };
}

const STATUS = '/etcdserverpb.Maintenance/Status';

/** `etcdctl endpoint status` */
export function showStatus(ask: Asking): Outcome {
  const listed = endpointsAsked(ask);
  if ('outcome' in listed) return listed.outcome;
  const asked = askEach(ask, listed.endpoints);
  if ('outcome' in asked) return asked.outcome;
  for (const endpoint of asked.silent) {
    ask.err(silence(ask, endpoint, STATUS));
    ask.err(`Failed to get the status of endpoint ${endpoint.text} (context deadline exceeded)\n`);
  }
  const statuses = asked.answering.map(({ text, member }) => statusOf(ask, text, member));
  printStatuses(ask, statuses);
  return { exitCode: asked.silent.length > 0 ? 1 : 0 };
}

interface Status {
  readonly endpoint: string;
  readonly header: Header;
  readonly leader: string | undefined;
  readonly isLearner: boolean;
  readonly bytes: number;
  readonly inUse: number;
  readonly quota: number;
  readonly index: number;
  readonly errors: readonly string[];
}

function statusOf(ask: Asking, endpoint: string, member: EtcdMemberRow): Status {
  const { rows, objects } = ask.call.view;
  const row = etcdRow(rows);
  const etcd = objects.etcd();
  const isMember = row?.history === member.history;
  const inUse = bytesInUse(etcd, isMember ? row.compacted : 0);
  const leader = isLed(rows, member) ? row?.leader : undefined;
  return {
    endpoint,
    header: headerOf(ask, member),
    leader,
    isLearner: row?.members.find(({ id }) => id === member.id)?.learner ?? false,
    bytes: isMember ? bytesOfFile(row, member.id, inUse) : inUse,
    inUse,
    quota: member.quota ?? DEFAULT_QUOTA,
    index: etcd.now().revision + (row?.otherEntries ?? 0),
    errors: [
      ...(leader === undefined ? ['etcdserver: no leader'] : []),
      ...(isMember ? row.alarms : []).map(alarmText),
    ],
  };
}

function printStatuses(ask: Asking, statuses: readonly Status[]): void {
  switch (ask.format) {
    case 'json':
      ask.out(
        statuses.length === 0
          ? 'null\n'
          : `[${statuses.map((status) => statusJson(ask, status)).join(',')}]\n`,
      );
      return;
    case 'fields':
      for (const status of statuses) ask.out(statusFields(ask, status));
      return;
    case 'table':
      ask.out(
        goTable(
          titlesOf(ask),
          statuses.map((status) => statusRow(ask, status)),
        ),
      );
      return;
    default:
      for (const status of statuses) ask.out(`${statusRow(ask, status).join(', ')}\n`);
  }
}

function titlesOf({ series }: Asking): readonly string[] {
  const isNew = series === '3.6';
  return [
    ...['endpoint', 'ID', 'version', ...(isNew ? ['storage version'] : []), 'db size'],
    ...(isNew ? ['in use', 'percentage not in use', 'quota'] : []),
    ...['is leader', 'is learner', 'raft term', 'raft index', 'raft applied index', 'errors'],
    ...(isNew ? ['downgrade target version', 'downgrade enabled'] : []),
  ];
}

function statusRow({ series, version }: Asking, status: Status): readonly string[] {
  const { endpoint, header, leader, isLearner, bytes, inUse, quota, index, errors } = status;
  const isNew = series === '3.6';
  const free = `${100 - Math.floor((inUse * 100) / bytes)}%`;
  return [
    ...[endpoint, header.memberId, version, ...(isNew ? ['3.6.0'] : []), humanBytes(bytes)],
    ...(isNew ? [humanBytes(inUse), free, humanBytes(quota)] : []),
    ...[String(leader === header.memberId), String(isLearner), String(header.term)],
    ...[String(index), String(index), errors.join(', ')],
    ...(isNew ? ['', 'false'] : []),
  ];
}

function statusJson({ series, version }: Asking, status: Status): string {
  const { endpoint, header, leader, bytes, inUse, quota, index, errors, isLearner } = status;
  const isNew = series === '3.6';
  const inner = goObject([
    ['header', headerJson(header)],
    ['version', JSON.stringify(version)],
    ['dbSize', String(bytes)],
    ['leader', leader === undefined ? undefined : decimalId(leader)],
    ['raftIndex', String(index)],
    ['raftTerm', numberJson(header.term)],
    ['raftAppliedIndex', String(index)],
    ['errors', errors.length === 0 ? undefined : JSON.stringify(errors)],
    ['dbSizeInUse', String(inUse)],
    ['isLearner', isLearner ? 'true' : undefined],
    ['storageVersion', isNew ? '"3.6.0"' : undefined],
    ['dbSizeQuota', isNew ? String(quota) : undefined],
    ['downgradeInfo', isNew ? '{}' : undefined],
  ]);
  return `{"Endpoint":${JSON.stringify(endpoint)},"Status":${inner}}`;
}

function statusFields(ask: Asking, status: Status): string {
  const { header, leader, isLearner, bytes, inUse, quota, index, errors, endpoint } = status;
  const isNew = ask.series === '3.6';
  const lines = [
    `"Version" : ${quoteGo(ask.version)}`,
    ...(isNew ? ['"StorageVersion" : "3.6.0"'] : []),
    `"DBSize" : ${bytes}`,
    ...(isNew ? [`"DBSizeInUse" : ${inUse}`, `"DBSizeQuota" : ${quota}`] : []),
    `"Leader" : ${leader === undefined ? 0 : decimalId(leader)}`,
    `"IsLearner" : ${isLearner}`,
    `"RaftIndex" : ${index}`,
    `"RaftTerm" : ${header.term}`,
    `"RaftAppliedIndex" : ${index}`,
    `"Errors" : [${errors.join(' ')}]`,
    `"Endpoint" : ${quoteGo(endpoint)}`,
    ...(isNew ? ['"DowngradeTargetVersion" : ""', '"DowngradeEnabled" : false'] : []),
  ];
  return `${headerFields(ask, header)}${lines.join('\n')}\n\n`;
}

const HASH = '/etcdserverpb.Maintenance/HashKV';

/** `etcdctl endpoint hashkv` */
export function showHashes(ask: Asking): Outcome {
  const listed = endpointsAsked(ask);
  if ('outcome' in listed) return listed.outcome;
  const asked = askEach(ask, listed.endpoints);
  if ('outcome' in asked) return asked.outcome;
  for (const endpoint of asked.silent) {
    ask.err(silence(ask, endpoint, HASH));
    ask.err(`Failed to get the hash of endpoint ${endpoint.text} (context deadline exceeded)\n`);
  }
  const { rows, objects } = ask.call.view;
  const etcd = objects.etcd();
  const now = etcd.now().revision;
  const revision = Number(ask.flag('rev')) || now;
  const compacted = etcdRow(rows)?.compacted ?? 0;
  const problem = revisionProblem(revision, { now, compacted });
  if (problem) {
    for (const { text } of asked.answering) {
      const error = `rpc error: code = ${problem.code} desc = ${problem.reason}`;
      ask.err(failedTry(ask, { endpoint: text, method: HASH, attempt: 0, error, isDirect: true }));
      ask.err(`Failed to get the hash of endpoint ${text} (${problem.reason})\n`);
    }
    return fail(ask, problem.reason);
  }
  const hash = storeHash(etcd, revision);
  const shown = asked.answering.map(({ text, member }) => ({ text, header: headerOf(ask, member), hash }));
  printHashes(ask, shown, { revision, compacted });
  return asked.silent.length > 0 ? fail(ask, 'context deadline exceeded') : { exitCode: 0 };
}

interface ShownHash {
  readonly text: string;
  readonly header: Header;
  readonly hash: number;
}

function printHashes(
  ask: Asking,
  hashes: readonly ShownHash[],
  { revision, compacted }: { readonly revision: number; readonly compacted: number },
): void {
  const isNew = ask.series === '3.6';
  const rows = hashes.map(({ text, hash }) => [text, String(hash), ...(isNew ? [String(revision)] : [])]);
  switch (ask.format) {
    case 'json': {
      const each = hashes.map(({ text, header, hash }) => {
        const inner = goObject([
          ['header', headerJson(header)],
          ['hash', String(hash)],
          ['compact_revision', String(compacted === 0 ? -1 : compacted)],
          ['hash_revision', isNew ? String(revision) : undefined],
        ]);
        return `{"Endpoint":${JSON.stringify(text)},"HashKV":${inner}}`;
      });
      ask.out(`[${each.join(',')}]\n`);
      return;
    }
    case 'fields':
      for (const { text, header, hash } of hashes) {
        const more = isNew ? `"HashRevision" : ${revision}\n` : '';
        ask.out(`${headerFields(ask, header)}"Endpoint" : ${quoteGo(text)}\n"Hash" : ${hash}\n${more}\n`);
      }
      return;
    case 'table':
      ask.out(goTable(['endpoint', 'hash', ...(isNew ? ['hash_revision'] : [])], rows));
      return;
    default:
      for (const row of rows) ask.out(`${row.join(', ')}\n`);
  }
}
