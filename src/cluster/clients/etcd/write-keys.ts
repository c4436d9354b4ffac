import type { KeyValue } from '../../contract/etcd-reader.ts';
import type { EtcdMemberRow } from '../../contract/etcd-rows.ts';
import type { Event } from '../../contract/event.ts';
import { etcdRow } from '../../etcd/membership.ts';
import { bytesInUse, bytesOf, bytesOfFile, DEFAULT_QUOTA } from '../../etcd/store-size.ts';
import { quoteGo } from '../../objects/go-json.ts';
import { resourceOfKey } from '../../objects/storage-key.ts';
import type { Outcome } from '../program.ts';
import { type Answer, type Asking, BAD_ARGS, fail } from './asking.ts';
import { CHOOSE_ONE, rangeOf, TOO_MANY, unsupported } from './get-keys.ts';
import { headerOf } from './print/header.ts';
import { deletedText, putText } from './print/key-text.ts';
import { reach, refused } from './reach.ts';

const PUT = '/etcdserverpb.KV/Put';

/** What etcd takes in one request: 1.5 MiB (`--max-request-bytes`). */
const MAX_REQUEST = 1.5 * 1024 * 1024;

/** `etcdctl put` */
export function* putKey(ask: Asking): Answer {
  const { operands, call } = ask;
  const [key = '', given] = operands;
  const isKept = ask.isSet('ignore-value');
  if (operands.length === 0 || (!isKept && given === undefined && call.stdin === ''))
    return fail(ask, 'put command needs 1 argument and input from stdin or 2 arguments', BAD_ARGS);
  if (isKept && operands.length > 1)
    return fail(ask, "put command needs only 1 argument when 'ignore-value' is set", BAD_ARGS);
  const leaseFlag = ask.flag('lease');
  if (!/^[0-9a-f]+$/i.test(leaseFlag)) return fail(ask, badLease('bad lease ID', leaseFlag), BAD_ARGS);
  const reached = reach(ask, { method: PUT, isLed: true });
  if ('outcome' in reached) return reached.outcome;
  const { member, endpoint } = reached;
  const etcd = call.view.objects.etcd();
  const revision = etcd.now().revision;
  const before = etcd.at(key, revision);
  const lease = ask.isSet('ignore-lease') ? before?.lease : leaseOf(leaseFlag);
  const value = isKept ? String(before?.value ?? '') : (given ?? call.stdin);
  const refusal = refusalOfPut(ask, { key, value, member, before, lease });
  if (refusal) {
    if (refusal.alarm) yield refusal.alarm;
    return refused(ask, { endpoint, method: PUT, ...refusal });
  }
  if (typeof before?.value === 'object')
    return fail(ask, 'to overwrite an object of Kubernetes past its API server is not simulated');
  if (ask.format === 'table') return unsupported(ask);
  yield {
    type: 'EtcdKeysWritten',
    revision: revision + 1,
    puts: [{ key, value, ...(lease === undefined ? {} : { lease }) }],
  };
  ask.out(putText(ask, headerOf(ask, member), ask.isSet('prev-kv') ? before : undefined));
  return { exitCode: 0 };
}

interface Put {
  readonly key: string;
  readonly value: string;
  readonly member: EtcdMemberRow;
  readonly before: KeyValue | undefined;
  readonly lease: string | undefined;
}

interface Refusal {
  readonly code: string;
  readonly reason: string;
  readonly alarm?: Event;
}

function refusalOfPut(ask: Asking, { key, value, member, before, lease }: Put): Refusal | undefined {
  const { rows, objects } = ask.call.view;
  const row = etcdRow(rows);
  if (key === '') return { code: 'InvalidArgument', reason: 'etcdserver: key is not provided' };
  const size = bytesOf({ key, value });
  const full = { code: 'ResourceExhausted', reason: 'etcdserver: mvcc: database space exceeded' };
  if (row && isFull(bytesOfFile(row, member.id, bytesInUse(objects.etcd(), row.compacted)), size, member)) {
    const isKnown = row.alarms.includes(member.id);
    return isKnown ? full : { ...full, alarm: { type: 'EtcdAlarmRaised', id: member.id } };
  }
  if (size > MAX_REQUEST) return { code: 'InvalidArgument', reason: 'etcdserver: request is too large' };
  if ((row?.alarms ?? []).length > 0) return full;
  if (before === undefined && (ask.isSet('ignore-value') || ask.isSet('ignore-lease')))
    return { code: 'InvalidArgument', reason: 'etcdserver: key not found' };
  if (lease !== undefined && !rows.row('etcdLeases', lease))
    return { code: 'NotFound', reason: 'etcdserver: requested lease not found' };
  return undefined;
}

function isFull(bytes: number, more: number, { quota = DEFAULT_QUOTA }: EtcdMemberRow): boolean {
  return bytes + more > quota;
}

export function badLease(what: string, text: string): string {
  return `${what} (strconv.ParseInt: parsing ${quoteGo(text)}: invalid syntax), expecting ID in Hex`;
}

/** A lease as its row is called; undefined for none. */
export function leaseOf(text: string): string | undefined {
  const id = text.toLowerCase().replace(/^0+/, '');
  return id === '' ? undefined : id.padStart(16, '0');
}

const DELETE = '/etcdserverpb.KV/DeleteRange';

/** `etcdctl del` */
export function* deleteKeys(ask: Asking): Answer {
  const wrong = wrongDeletion(ask);
  if (wrong) return wrong;
  const warned = warnOfRange(ask);
  if (warned) return warned;
  const [key = ''] = ask.operands;
  const reached = reach(ask, { method: DELETE, isLed: true });
  if ('outcome' in reached) return reached.outcome;
  const { member, endpoint } = reached;
  const isOpen = ask.isSet('prefix') || ask.isSet('from-key');
  if (key === '' && !isOpen)
    return refused(ask, {
      endpoint,
      method: DELETE,
      code: 'InvalidArgument',
      reason: 'etcdserver: key is not provided',
    });
  if (ask.format === 'table') return unsupported(ask);
  const etcd = ask.call.view.objects.etcd();
  const { revision } = etcd.now();
  const before = etcd.range(rangeOf(ask), revision);
  yield* deletions(before, revision + 1);
  const header = headerOf(ask, member);
  const shown = ask.isSet('prev-kv') ? before : [];
  ask.out(deletedText(ask, header, { deleted: before.length, before: shown }));
  return { exitCode: 0 };
}

function wrongDeletion(ask: Asking): Outcome | undefined {
  const { operands } = ask;
  if (operands.length === 0 || operands.length > 2)
    return fail(ask, 'del command needs one argument as key and an optional argument as range_end', BAD_ARGS);
  if (ask.isSet('prefix') && ask.isSet('from-key')) return fail(ask, CHOOSE_ONE, BAD_ARGS);
  if (operands.length > 1 && (ask.isSet('prefix') || ask.isSet('from-key')))
    return fail(ask, TOO_MANY, BAD_ARGS);
  return undefined;
}

/** 3.6 gives two seconds to think again. */
function warnOfRange(ask: Asking): Outcome | undefined {
  const [from = '', to] = ask.operands;
  if (to === undefined || ask.isSet('range') || ask.series === '3.4') return undefined;
  const warned = ask.memory['warned'] as number | undefined;
  if (warned !== undefined) return undefined;
  if (ask.series === '3.5') {
    ask.err(
      'In etcd v3.6, the operation will be suspended for a few seconds to provide the user time to verify range.\n',
    );
    return undefined;
  }
  const said = `Keys between ${quoteGo(from)} and ${quoteGo(to)} will be deleted. Please interrupt the command within next 2 seconds to cancel.`;
  ask.err(`Warning: ${said} You can provide \`--range\` flag to avoid the delay.\n`);
  return { pause: { memory: { warned: ask.call.now }, wakeAt: ask.call.now + 2000 } };
}

/** All of one transaction have one revision. */
function* deletions(kvs: readonly KeyValue[], revision: number): Generator<Event> {
  for (const { key, value } of kvs) {
    if (typeof value === 'string') continue;
    yield { type: 'ObjectDeleted', resource: resourceOfKey(key, value.apiVersion ?? 'v1'), key, revision };
  }
  const deleted = kvs.filter(({ value }) => typeof value === 'string').map(({ key }) => key);
  if (deleted.length > 0) yield { type: 'EtcdKeysWritten', revision, deleted };
}
