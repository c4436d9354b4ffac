import type { EtcdData, EtcdHeld, EtcdPeer } from '../../contract/etcd-rows.ts';
import { parseEtcdData, peersOf } from '../../etcd/data-directory.ts';
import { clusterIdOf } from '../../etcd/etcd-ids.ts';
import { quoteGo } from '../../objects/go-json.ts';
import { sha256 } from '../../objects/sha256.ts';
import { findFile } from '../files.ts';
import type { LeftFile, Outcome } from '../program.ts';
import { type Asking, BAD_ARGS, fail } from './asking.ts';
import { consoleLine, jsonLine, type LogField } from './log-lines.ts';

/** `snapshot restore`: a data directory of a new cluster, which nobody runs on yet. */
export function restoreSnapshot(ask: Asking): Outcome {
  const [path = ''] = ask.operands;
  const isOld = ask.series === '3.4';
  if (ask.operands.length !== 1) return fail(ask, 'snapshot restore requires exactly one argument', BAD_ARGS);
  const bump = isOld ? 0 : Number(ask.flag('bump-revision'));
  if (!isOld && bump > 0 !== ask.isSet('mark-compacted'))
    return fail(ask, '--mark-compacted required if --revision-bump > 0', BAD_ARGS);
  const name = ask.flag('name');
  const directory = (ask.flag('data-dir') || `${name}.etcd`).replace(/(.)\/+$/, '$1');
  const members = peersOf(ask.flag('initial-cluster'), ask.flag('initial-cluster-token'));
  const own = members.find((peer) => peer.name === name);
  const wrong = wrongMembers(ask, own) ?? wrongDirectory(ask, directory);
  if (wrong !== undefined) return fail(ask, wrong);
  const walDirectory = ask.flag('wal-dir') || `${directory}/member/wal`;
  const say = sayer(ask, { path, directory, walDirectory });
  say('restoring snapshot');
  const found = findFile(ask.call.files, path);
  if (found.type !== 'file') return fail(ask, `open ${path}: no such file or directory`);
  const data = parseEtcdData(found.text);
  const unsound = data === undefined ? notSound(path, found.text) : missingHash(ask, data);
  if (data === undefined || unsound !== undefined) return fail(ask, unsound ?? '');
  const held = heldAfter(data, bump);
  if (bump > 0) sayBump(say, data.held?.revision ?? 0, bump);
  const clusterId = clusterIdOf(members.map(({ id }) => id));
  for (const { id, peerUrls } of members) sayMember(say, { clusterId, id, peerUrls, isOld });
  say('restored snapshot');
  const restored: EtcdData = {
    etcd: 'data',
    clusterId,
    history: sha256(
      `${data.hash ?? ''} ${data.history} ${held.revision} ${ask.flag('initial-cluster')}`,
    ).slice(0, 16),
    id: own?.id ?? '',
    members,
    held,
  };
  return {
    exitCode: 0,
    written: directoryFiles({ directory, walDirectory, restored, bytes: data.bytes ?? 0 }),
  };
}

function wrongMembers(ask: Asking, own: EtcdPeer | undefined): string | undefined {
  const name = ask.flag('name');
  if (own === undefined)
    return `couldn't find local name ${quoteGo(name)} in the initial cluster configuration`;
  const advertised = ask.flag('initial-advertise-peer-urls').split(',');
  const missing = own.peerUrls.filter((url) => !advertised.includes(url));
  if (missing.length > 0) {
    const named = missing.map((url) => `${name}=${url}`).join(',');
    return `--initial-cluster has ${named} but missing from --initial-advertise-peer-urls=${advertised.join(',')} (resolved urls: no match)`;
  }
  const extra = advertised.filter((url) => !own.peerUrls.includes(url));
  if (extra.length === 0) return undefined;
  const all = advertised.map((url) => `${name}=${url}`).join(',');
  return `--initial-advertise-peer-urls has ${extra.join(',')} but missing from --initial-cluster=${all}`;
}

function wrongDirectory({ call, series }: Asking, directory: string): string | undefined {
  const found = findFile(call.files, directory);
  if (found.type === 'missing' || found.type === 'outside') return undefined;
  if (series === '3.4') return `data-dir ${quoteGo(directory)} exists`;
  const isEmpty = found.type === 'folder' && found.names.length === 0;
  return isEmpty ? undefined : `data-dir ${quoteGo(directory)} not empty or could not be read`;
}

/** What is no database, and too short to have a hash behind it. */
function notSound(path: string, text: string): string {
  return text.length < 32
    ? `seek ${path}: invalid argument`
    : 'snapshot missing hash but --skip-hash-check=false';
}

/** A file that was copied from a data directory has no hash behind it. */
function missingHash(ask: Asking, { etcd }: EtcdData): string | undefined {
  return etcd === 'snapshot' || ask.isSet('skip-hash-check')
    ? undefined
    : 'snapshot missing hash but --skip-hash-check=false';
}

function heldAfter({ held }: EtcdData, bump: number): EtcdHeld {
  const { seq = 0, revision = 1, compacted = 0 } = held ?? {};
  return bump === 0
    ? { seq, revision, compacted }
    : { seq, revision: revision + bump, compacted: revision + bump };
}

type Say = (msg: string, fields?: readonly LogField[], place?: readonly [file: string, line: number]) => void;

interface Paths {
  readonly path: string;
  readonly directory: string;
  readonly walDirectory: string;
}

const LINES = {
  '3.4': { 'restoring snapshot': 296, 'restored snapshot': 309 },
  '3.5': { 'restoring snapshot': 265, 'restored snapshot': 293 },
  '3.6': { 'restoring snapshot': 305, 'restored snapshot': 333 },
} as const;

function sayer(ask: Asking, { path, directory, walDirectory }: Paths): Say {
  const isOld = ask.series === '3.4';
  const paths: readonly LogField[] = [
    ['path', path],
    ['wal-dir', walDirectory],
    ['data-dir', directory],
    ['snap-dir', `${directory}/member/snap`],
    ...(isOld ? [] : ([['initial-memory-map-size', { raw: ask.flag('initial-memory-map-size') }]] as const)),
  ];
  return (msg, fields, place) => {
    const lines: Readonly<Record<string, number>> = LINES[ask.series];
    const [file, line] = place ?? ['snapshot/v3_snapshot.go', lines[msg] ?? 0];
    const head = { level: 'info', caller: `${file}:${line}`, msg, inSeconds: true } as const;
    ask.err(isOld ? jsonLine(ask, head, fields ?? paths) : consoleLine(ask, head, fields ?? paths));
  };
}

function sayBump(say: Say, latest: number, amount: number): void {
  const after = latest + amount;
  say(
    'bumping latest revision',
    [
      ['latest-revision', { raw: String(latest) }],
      ['bump-amount', { raw: String(amount) }],
      ['new-latest-revision', { raw: String(after) }],
    ],
    ['snapshot/v3_snapshot.go', 396],
  );
  say('marking revision compacted', [['revision', { raw: String(after) }]], ['snapshot/v3_snapshot.go', 413]);
}

interface AddedMember {
  readonly clusterId: string;
  readonly id: string;
  readonly peerUrls: readonly string[];
  readonly isOld: boolean;
}

function sayMember(say: Say, { clusterId, id, peerUrls, isOld }: AddedMember): void {
  const fields: readonly LogField[] = [
    ['cluster-id', clusterId],
    ['local-member-id', '0'],
    ['added-peer-id', id],
    ['added-peer-peer-urls', peerUrls],
    ...(isOld ? [] : ([['added-peer-is-learner', { raw: 'false' }]] as const)),
  ];
  say('added member', fields, ['membership/cluster.go', isOld ? 392 : 424]);
}

interface NewDirectory {
  readonly directory: string;
  readonly walDirectory: string;
  readonly restored: EtcdData;
  readonly bytes: number;
}

function directoryFiles({ directory, walDirectory, restored, bytes }: NewDirectory): readonly LeftFile[] {
  const members = String(restored.members?.length ?? 1).padStart(16, '0');
  const own = { mode: 0o600, makesFolders: true } as const;
  return [
    { path: directory, text: '', kind: 'directory', mode: 0o700, makesFolders: true },
    { ...own, path: `${directory}/member/snap/0000000000000001-${members}.snap`, text: '' },
    { ...own, path: `${directory}/member/snap/db`, text: `${JSON.stringify(restored)}\n`, sizeBytes: bytes },
    {
      ...own,
      path: `${walDirectory}/0000000000000000-0000000000000000.wal`,
      text: '',
      sizeBytes: 64_000_000,
    },
  ];
}
