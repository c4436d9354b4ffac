import { drawHex } from '../../../kernel/chance/draw.ts';
import { SECOND } from '../../../kernel/time/millis.ts';
import type { EtcdLeaseRow } from '../../contract/etcd-rows.ts';
import { endLease } from '../../etcd/etcd.ts';
import { decimalId } from '../../etcd/etcd-ids.ts';
import { encodeBase64 } from '../../objects/base64.ts';
import { quoteGo } from '../../objects/go-json.ts';
import type { Outcome } from '../program.ts';
import { type Answer, type Asking, BAD_ARGS, fail } from './asking.ts';
import { unsupported } from './get-keys.ts';
import { goObject, headerFields, headerJson, headerOf, headerPairs, numberJson } from './print/header.ts';
import { reach, refused } from './reach.ts';
import { badLease, leaseOf } from './write-keys.ts';

const GRANT = '/etcdserverpb.Lease/LeaseGrant';

/** `etcdctl lease grant` */
export function* grantLease(ask: Asking): Answer {
  const [text = ''] = ask.operands;
  if (ask.operands.length !== 1) return fail(ask, 'lease grant command needs TTL argument', BAD_ARGS);
  if (!/^[-+]?\d+$/.test(text))
    return fail(ask, `bad TTL (strconv.ParseInt: parsing ${quoteGo(text)}: invalid syntax)`, BAD_ARGS);
  const failure = (reason: string): string => `failed to grant lease (${reason})`;
  const reached = reach(ask, { method: GRANT, isLed: true, failure });
  if ('outcome' in reached) return reached.outcome;
  if (ask.format === 'table') return unsupported(ask);
  const { call } = ask;
  const lease = `694d${drawHex(call.view.chance, 12, 'etcd lease', call.command, call.instance)}`;
  const ttl = Number(text);
  yield { type: 'EtcdLeaseKept', lease, ttl };
  const header = headerOf(ask, reached.member);
  if (ask.format === 'json') {
    const pairs = [
      ...headerPairs(header),
      ['ID', decimalId(lease)],
      ['TTL', String(ttl)],
      ['Error', '""'],
    ] as const;
    ask.out(`${goObject(pairs)}\n`);
  } else if (ask.format === 'fields') {
    ask.out(`${headerFields(ask, header)}"ID" : ${decimalId(lease)}\n"TTL" : ${ttl}\n`);
  } else {
    ask.out(`lease ${lease} granted with TTL(${ttl}s)\n`);
  }
  return { exitCode: 0 };
}

const REVOKE = '/etcdserverpb.Lease/LeaseRevoke';

/** `etcdctl lease revoke`: its keys go with it. */
export function* revokeLease(ask: Asking): Answer {
  const given = leaseGiven(ask, 'lease revoke command needs 1 argument');
  if ('outcome' in given) return given.outcome;
  const failure = (reason: string): string => `failed to revoke lease (${reason})`;
  const reached = reach(ask, { method: REVOKE, isLed: true, failure });
  if ('outcome' in reached) return reached.outcome;
  const { endpoint, member } = reached;
  const { rows } = ask.call.view;
  if (!rows.row('etcdLeases', given.lease)) {
    const reason = 'etcdserver: requested lease not found';
    return refused(ask, { endpoint, method: REVOKE, code: 'NotFound', reason }, failure);
  }
  if (ask.format === 'table') return unsupported(ask);
  yield* endLease(rows, given.lease);
  const header = headerOf(ask, member);
  if (ask.format === 'json') ask.out(`${goObject([['header', headerJson(header)]])}\n`);
  else ask.out(ask.format === 'fields' ? headerFields(ask, header) : `lease ${given.lease} revoked\n`);
  return { exitCode: 0 };
}

function leaseGiven(
  ask: Asking,
  message: string,
): { readonly lease: string } | { readonly outcome: Outcome } {
  const [text = ''] = ask.operands;
  if (ask.operands.length !== 1) return { outcome: fail(ask, message, BAD_ARGS) };
  if (!/^[0-9a-f]{1,16}$/i.test(text))
    return { outcome: fail(ask, badLease('bad lease ID arg', text), BAD_ARGS) };
  return { lease: leaseOf(text) ?? '0'.repeat(16) };
}

/** `etcdctl lease list`: the member that is asked says what it knows. */
export function listLeases(ask: Asking): Outcome {
  const reached = reach(ask, { method: '/etcdserverpb.Lease/LeaseLeases', isLed: false, isPatient: true });
  if ('outcome' in reached) return reached.outcome;
  if (ask.format === 'table') return unsupported(ask);
  const { rows } = ask.call.view;
  const leases = [...rows.rowsBy('etcdLeases', 'all', '')].sort((a, b) => endOf(a) - endOf(b));
  const header = headerOf(ask, reached.member);
  if (ask.format === 'json') {
    const list = `[${leases.map(({ id }) => `{"id":${decimalId(id)}}`).join(',')}]`;
    ask.out(`${goObject([...headerPairs(header), ['leases', list]])}\n`);
  } else if (ask.format === 'fields') {
    ask.out(headerFields(ask, header) + leases.map(({ id }) => `"ID" : ${decimalId(id)}\n`).join(''));
  } else {
    ask.out(`found ${leases.length} leases\n${leases.map(({ id }) => `${id}\n`).join('')}`);
  }
  return { exitCode: 0 };
}

function endOf({ renewedAt, ttl }: EtcdLeaseRow): number {
  return renewedAt + ttl * SECOND;
}

/** `etcdctl lease timetolive` */
export function showLease(ask: Asking): Outcome {
  const given = leaseGiven(ask, 'lease timetolive command needs lease ID as argument');
  if ('outcome' in given) return given.outcome;
  const method = '/etcdserverpb.Lease/LeaseTimeToLive';
  const reached = reach(ask, { method, isLed: true, isPatient: true });
  if ('outcome' in reached) return reached.outcome;
  if (ask.format === 'table') return unsupported(ask);
  const { rows } = ask.call.view;
  const row = rows.row('etcdLeases', given.lease);
  // Whole seconds, and some of the first has passed already.
  const left = row ? Math.ceil((endOf(row) - ask.call.now) / SECOND) - 1 : -1;
  const granted = row?.ttl ?? 0;
  const keys = ask.isSet('keys')
    ? rows
        .rowsBy('etcdKeys', 'all', '')
        .filter(({ lease, deleted }) => lease === given.lease && !deleted)
        .map(({ key }) => key)
    : [];
  const header = headerOf(ask, reached.member);
  const id = decimalId(given.lease);
  if (ask.format === 'json') {
    const list = keys.length === 0 ? 'null' : `[${keys.map((key) => `"${encodeBase64(key)}"`).join(',')}]`;
    const pairs = [
      ['id', id],
      ['ttl', String(left)],
      ['granted-ttl', numberJson(granted) ?? '0'],
      ['keys', list],
    ] as const;
    ask.out(`${goObject([...headerPairs(header), ...pairs])}\n`);
  } else if (ask.format === 'fields') {
    const shown = keys.map((key) => `"Key" : ${quoteGo(key)}\n`).join('');
    ask.out(`${headerFields(ask, header)}"ID" : ${id}\n"TTL" : ${left}\n"GrantedTTL" : ${granted}\n${shown}`);
  } else if (row === undefined) {
    ask.out(`lease ${given.lease} already expired\n`);
  } else {
    const attached = ask.isSet('keys') ? `, attached keys([${keys.join(' ')}])` : '';
    ask.out(`lease ${given.lease} granted with TTL(${granted}s), remaining(${left}s)${attached}\n`);
  }
  return { exitCode: 0 };
}

/** `etcdctl lease keep-alive`: again and again, at a third of its time. */
export function* keepLeaseAlive(ask: Asking): Answer {
  const given = leaseGiven(ask, 'lease keep-alive command needs lease ID as argument');
  if ('outcome' in given) return given.outcome;
  const method = '/etcdserverpb.Lease/LeaseKeepAlive';
  const reached = reach(ask, { method, isLed: true, isPatient: true });
  if ('outcome' in reached) return reached.outcome;
  const { lease } = given;
  const row = ask.call.view.rows.row('etcdLeases', lease);
  if (row === undefined) {
    if (ask.isSet('once')) return fail(ask, 'etcdserver: requested lease not found', 2);
    ask.out(`lease ${lease} expired or revoked.\n`);
    return { exitCode: 0 };
  }
  yield { type: 'EtcdLeaseKept', lease, ttl: row.ttl };
  ask.out(`lease ${lease} keepalived with TTL(${row.ttl})\n`);
  if (ask.isSet('once')) return { exitCode: 0 };
  const again = ask.call.now + Math.max(SECOND, Math.floor((row.ttl * SECOND) / 3));
  return { pause: { memory: { beats: Number(ask.memory['beats'] ?? 0) + 1 }, wakeAt: again } };
}
