import type { EtcdMemberRow } from '../../contract/etcd-rows.ts';
import { fileKey, hostFileSystem } from '../../contract/file-key.ts';
import { etcdRow, runningMembers } from '../../etcd/membership.ts';
import { areInTouch } from '../../world/reach.ts';
import { findFile } from '../files.ts';
import type { Call } from '../program.ts';
import type { Asking } from './asking.ts';

/** An endpoint as it was typed, and whom it leads to. */
export interface Endpoint {
  readonly text: string;
  /** The member that answers there; absent where nobody does, or the two do not trust each other. */
  readonly member?: EtcdMemberRow;
  /** Why there is nobody, as gRPC says it. */
  readonly problem: string;
  /** The machine whose etcd may answer yet; absent where it will not help to wait. */
  readonly awaited?: string;
}

/** Those of `--endpoints`. */
export function endpointsOf(ask: Asking): readonly Endpoint[] {
  return ask
    .flag('endpoints')
    .split(',')
    .map((text) => endpointAt(ask, text.trim()));
}

/** Those that the members of the cluster say that they are reached at (`--cluster`). */
export function endpointsOfCluster(ask: Asking): readonly Endpoint[] {
  const members = etcdRow(ask.call.view.rows)?.members ?? [];
  return members.flatMap(({ clientUrls }) => clientUrls).map((text) => endpointAt(ask, text));
}

function endpointAt(ask: Asking, text: string): Endpoint {
  const [, scheme, host = '', port = ''] = /^(?:(https?):\/\/)?(.*?)(?::(\d+))?\/?$/.exec(text) ?? [];
  const address = host === 'localhost' ? '127.0.0.1' : host;
  const refused = `dial tcp ${address}:${port}: connect: connection refused`;
  const { rows } = ask.call.view;
  const member = memberAt(ask.call, host, port);
  const nobody = { text, problem: dialing(ask, refused) };
  if (!member || !areInTouch(rows, ask.call.machine, member.node)) return nobody;
  if (!runningMembers(rows).includes(member)) return { ...nobody, awaited: member.node };
  const problem = distrust(ask, scheme, member);
  return problem === undefined ? { text, member, problem: '', awaited: member.node } : { text, problem };
}

/** The member at an address, whether it runs or not. */
function memberAt({ view, machine }: Call, host: string, port: string): EtcdMemberRow | undefined {
  const { rows } = view;
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\]|)$/.test(host);
  return rows.rowsBy('etcdMembers', 'all', '').find((member) => {
    const address = rows.row('machines', member.node)?.ip;
    const isMeant = isLocal ? member.node === machine : host === address || host === member.node;
    return isMeant && port === portOf(member);
  });
}

function portOf(member: EtcdMemberRow): string {
  const url = clientUrlOf(member);
  return /:(\d+)\/?$/.exec(url)?.[1] ?? '2379';
}

function clientUrlOf({ members, id }: EtcdMemberRow): string {
  return members.find((peer) => peer.id === id)?.clientUrls[0] ?? '';
}

function dialing({ series }: Asking, why: string): string {
  if (series === '3.4') return 'latest balancer error: all SubConns are in TransientFailure';
  const said = `connection error: desc = "transport: Error while dialing: ${why}"`;
  return `latest balancer error: last connection error: ${said}`;
}

/** What is between a client and a member that asks for certificates; undefined if nothing is. */
function distrust(ask: Asking, scheme: string | undefined, member: EtcdMemberRow): string | undefined {
  const asksForTls = clientUrlOf(member).startsWith('https://');
  const given = (name: string): string => ask.flag(name);
  const speaksTls = scheme === 'https' || (scheme === undefined && hasCertificates(ask));
  if (!asksForTls)
    return speaksTls ? handshake(ask, 'tls: first record does not look like a TLS handshake') : undefined;
  if (!speaksTls) return handshake(ask, undefined);
  const trustsAny = ask.isSet('insecure-skip-tls-verify');
  if (!trustsAny && !isSame(ask, given('cacert'), member.node, ['etcd/ca.crt']))
    return handshake(ask, 'x509: certificate signed by unknown authority');
  const isKnown = isSame(ask, given('cert'), member.node, CLIENT_CERTIFICATES);
  return isKnown ? undefined : handshake(ask, 'remote error: tls: bad certificate');
}

function hasCertificates(ask: Asking): boolean {
  return ['cacert', 'cert', 'key'].some((name) => ask.flag(name) !== '');
}

function handshake({ series }: Asking, why: string | undefined): string {
  if (series === '3.4') return 'latest balancer error: all SubConns are in TransientFailure';
  const said =
    why === undefined
      ? 'error reading server preface: EOF'
      : `desc = "transport: authentication handshake failed: ${why}"`;
  return `latest balancer error: last connection error: connection error: ${said}`;
}

const PKI = '/etc/kubernetes/pki/';

/** Certificates that etcd's authority has signed, by kubeadm's names. */
const CLIENT_CERTIFICATES = [
  'etcd/server.crt',
  'etcd/peer.crt',
  'etcd/healthcheck-client.crt',
  'apiserver-etcd-client.crt',
];

/** Whether a file is one of those that the authority of a member's machine has made, wherever it lies. */
function isSame({ call }: Asking, path: string, node: string, names: readonly string[]): boolean {
  if (path === '') return false;
  const found = findFile(call.files, path);
  if (found.type !== 'file') return false;
  return [node, call.machine ?? node].some((machine) =>
    names.some((name) => {
      const key = fileKey({ fileSystem: hostFileSystem(machine), path: PKI + name });
      const row = call.view.rows.row('files', key);
      return row?.kind === 'file' && row.content === found.text;
    }),
  );
}

/** What is wrong with the files of the client's own certificates, before anybody is asked. */
export function certificateProblem(ask: Asking): string | undefined {
  const [cert, key, cacert] = [ask.flag('cert'), ask.flag('key'), ask.flag('cacert')];
  if ((cert === '') !== (key === ''))
    return `KeyFile and CertFile must both be present[key: ${key}, cert: ${cert}]`;
  for (const path of [cert, key, cacert]) {
    const found = path === '' ? undefined : findFile(ask.call.files, path);
    if (found?.type === 'folder') return `read ${path}: is a directory`;
    if (found !== undefined && found.type !== 'file') return `open ${path}: no such file or directory`;
  }
  return undefined;
}
