import type { EtcdData } from '../../contract/etcd-rows.ts';
import { parseEtcdData } from '../../etcd/data-directory.ts';
import { etcdRow } from '../../etcd/membership.ts';
import { storeHash } from '../../etcd/store-hash.ts';
import { bytesInUse, bytesOfFile, humanBytes } from '../../etcd/store-size.ts';
import { findFile, writablePath } from '../files.ts';
import type { LeftFile, Outcome } from '../program.ts';
import { type Asking, BAD_ARGS, fail } from './asking.ts';
import { endpointsOf } from './endpoints.ts';
import { jsonLine, type LogField } from './log-lines.ts';
import { tookText } from './maintenance.ts';
import { goTable } from './print/go-table.ts';
import { goObject } from './print/header.ts';
import { reach } from './reach.ts';

/** Where each version of the client says what it does. */
const CALLERS = {
  '3.4': {
    tool: 'snapshot/v3_snapshot.go',
    created: 119,
    fetching: 127,
    fetched: 142,
    saved: 152,
    opened: 200,
    closed: 208,
  },
  '3.5': {
    tool: 'snapshot/v3_snapshot.go',
    created: 65,
    fetching: 73,
    fetched: 88,
    saved: 97,
    opened: 212,
    closed: 220,
  },
  '3.6': {
    tool: 'snapshot/v3_snapshot.go',
    created: 83,
    fetching: 96,
    fetched: 111,
    saved: 121,
    opened: 236,
    closed: 302,
  },
} as const;

/** `etcdctl snapshot save`: of the one member that is asked, whether it has a leader or not. */
export function saveSnapshot(ask: Asking): Outcome {
  const [path = ''] = ask.operands;
  if (ask.operands.length !== 1)
    return fail(
      ask,
      `snapshot save expects one argument${ask.series === '3.6' ? ' <filename>' : ''}`,
      BAD_ARGS,
    );
  const endpoints = endpointsOf(ask);
  const [endpoint] = endpoints;
  if (endpoints.length > 1) {
    const several = endpoints.map(({ text }) => text).join(' ');
    return fail(ask, `snapshot must be requested to one selected node, not multiple [${several}]`, 5);
  }
  const target = writablePath(ask.call.files, path);
  if ('problem' in target) {
    const why = target.problem.toLowerCase();
    return fail(ask, `could not open ${path}.part (open ${path}.part: ${why})`, 5);
  }
  const told = CALLERS[ask.series];
  const say = (line: number, msg: string, fields: readonly LogField[]): void =>
    ask.err(jsonLine(ask, { level: 'info', caller: `${told.tool}:${line}`, msg, inSeconds: true }, fields));
  if (ask.memory.since === undefined)
    say(told.created, 'created temporary db file', [['path', `${path}.part`]]);
  const reached = reach(ask, { method: '/etcdserverpb.Maintenance/Snapshot', isLed: false, isPatient: true });
  if ('outcome' in reached) return reached.outcome;
  const { member } = reached;
  const row = etcdRow(ask.call.view.rows);
  const isMember = row?.history === member.history;
  const etcd = ask.call.view.objects.etcd();
  const compacted = isMember ? row.compacted : 0;
  const held = member.held ?? { ...etcd.now(), compacted };
  const inUse = bytesInUse(etcd, compacted);
  const bytes = row && isMember ? bytesOfFile(row, member.id, inUse) : inUse;
  const data: EtcdData = {
    etcd: 'snapshot',
    clusterId: member.clusterId,
    history: member.history,
    held,
    keys: keysIn(ask, compacted, held.revision),
    bytes,
    hash: storeHash(etcd, held.revision).toString(16),
    version: ask.version,
  };
  const took = tookText(ask, 40, path);
  sayFetching(ask, say, { endpoint: endpoint?.text ?? '', path, bytes, took });
  ask.out(`Snapshot saved at ${path}\n`);
  if (ask.series === '3.6') ask.out(`Server version ${ask.version.replace(/\d+$/, '0')}\n`);
  const file: LeftFile = { path, text: `${JSON.stringify(data)}\n`, mode: 0o600, sizeBytes: bytes + 32 };
  return { exitCode: 0, written: [file] };
}

interface Fetched {
  readonly endpoint: string;
  readonly path: string;
  readonly bytes: number;
  readonly took: string;
}

function sayFetching(
  ask: Asking,
  say: (line: number, msg: string, fields: readonly LogField[]) => void,
  { endpoint, path, bytes, took }: Fetched,
): void {
  const told = CALLERS[ask.series];
  const isOld = ask.series === '3.4';
  const client = (line: number, msg: string): void => {
    const caller = isOld ? `clientv3/maintenance.go:${line}` : `v3@v${ask.version}/maintenance.go:${line}`;
    const head = { level: 'info', caller, msg, ...(isOld ? {} : { logger: 'client' }) } as const;
    ask.err(jsonLine(ask, head, []));
  };
  client(told.opened, 'opened snapshot stream; downloading');
  say(told.fetching, 'fetching snapshot', [['endpoint', endpoint]]);
  client(told.closed, 'completed snapshot read; closing');
  // 3.4 tells seconds, 3.5 a time ago in words, and 3.6 a duration.
  const seconds = { raw: String(Number.parseFloat(took) / 1000) };
  const length = isOld ? seconds : ask.series === '3.5' ? 'now' : took;
  say(told.fetched, 'fetched snapshot', [
    ['endpoint', endpoint],
    ['size', humanBytes(bytes)],
    ['took', length],
    ...(ask.series === '3.6' ? ([['etcd-version', ask.version.replace(/\d+$/, '0')]] as const) : []),
  ]);
  say(told.saved, 'saved', [['path', path]]);
}

/** Up to 3.5 all that stands in the file is counted, since then the keys. */
function keysIn(ask: Asking, compacted: number, revision: number): number {
  const etcd = ask.call.view.objects.etcd();
  if (ask.series === '3.6') return etcd.range(() => true, revision).length;
  let count = META_KEYS;
  for (const _ of etcd.versionsSince(compacted)) count += 1;
  return count;
}

/** consistent_index, term, the members and the cluster's version. */
const META_KEYS = 5;

/** `snapshot status`, of etcdctl up to 3.5 and of etcdutl. */
export function showSnapshot(ask: Asking): Outcome {
  const [path = ''] = ask.operands;
  if (ask.operands.length !== 1) return fail(ask, 'snapshot status requires exactly one argument', BAD_ARGS);
  const found = findFile(ask.call.files, path);
  if (found.type === 'missing' || found.type === 'outside')
    return fail(ask, `stat ${path}: no such file or directory`);
  const data = found.type === 'file' ? parseEtcdData(found.text) : undefined;
  if (data === undefined) return fail(ask, 'invalid database');
  const { hash = '0', held, keys = 0, bytes = 0 } = data;
  const revision = held?.revision ?? 0;
  const isNew = ask.series === '3.6';
  const row = [hash, String(revision), String(keys), humanBytes(bytes), ...(isNew ? ['3.6.0'] : [])];
  switch (ask.format) {
    case 'json':
      ask.out(
        `${goObject([
          ['hash', String(Number.parseInt(hash, 16))],
          ['revision', String(revision)],
          ['totalKey', String(keys)],
          ['totalSize', String(bytes)],
          ['version', isNew ? '"3.6.0"' : undefined],
        ])}\n`,
      );
      break;
    case 'fields': {
      const lines = [`"Hash" : ${Number.parseInt(hash, 16)}`, `"Revision" : ${revision}`, `"Keys" : ${keys}`];
      ask.out(`${[...lines, `"Size" : ${bytes}`, ...(isNew ? ['"Version" : "3.6.0"'] : [])].join('\n')}\n`);
      break;
    }
    case 'table':
      ask.out(
        goTable(['hash', 'revision', 'total keys', 'total size', ...(isNew ? ['version'] : [])], [row]),
      );
      break;
    default:
      ask.out(`${row.join(', ')}\n`);
  }
  return { exitCode: 0 };
}
