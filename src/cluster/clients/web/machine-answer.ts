import type { Deed, View } from '../../contract/component.ts';
import { ETCD_ROW } from '../../contract/etcd-rows.ts';
import type { HttpAnswer, HttpRequest, NetworkAnswer } from '../../contract/network-request.ts';
import type { Response } from '../../contract/response.ts';
import { etcdVersion } from '../../etcd/etcd-version.ts';
import { hasQuorum } from '../../world/control-plane.ts';
import { type HostSocket, socketReached } from '../host/host-sockets.ts';
import type { Call } from '../program.ts';
import { askApiServer } from './ask-api-server.ts';
import { isLoopback } from './listeners.ts';

/** With what curl shows who it is, and believes whom. */
export interface Trust {
  /** -k */
  readonly isInsecure: boolean;
  readonly authority?: string;
  readonly certificate?: string;
}

/** What a machine's own services answer there; a text is what curl says instead, with its code. */
export type MachineAnswer = NetworkAnswer | { readonly fails: string; readonly exitCode: number };

/** A request to a service of a machine that is no pod's: absent where nothing of the kind is called so. */
export function* askMachine(
  call: Call,
  request: HttpRequest,
  trust: Trust,
): Generator<Deed, MachineAnswer | undefined, Response> {
  // Only names and ports of machines are looked at: all else is of the network.
  const reached = socketReached(call, request.host, request.port);
  if (reached === undefined) return undefined;
  const { socket } = reached;
  if (!socket) return isLoopback(request.host) ? REFUSED : undefined;
  if (socket.secure && request.secure !== true)
    return answered(400, 'Client sent an HTTP request to an HTTPS server.\n');
  if (!socket.secure && request.secure)
    return { fails: '(35) error:0A00010B:SSL routines::wrong version number', exitCode: 35 };
  if (socket.secure && trust.authority === undefined && !trust.isInsecure)
    return { ...answered(200, ''), isUnknown: true };
  if (OF_ETCD.has(socket.port) && trust.certificate === undefined) return SHOWS_NOTHING;
  const [path = ''] = request.path.split('?');
  switch (socket.name) {
    case 'kube-apiserver':
      return yield* serverAnswer(call, request, trust);
    case 'etcd':
      return etcdAnswer(call, socket, path);
    case 'kubelet':
      if (socket.port === 10_250 && trust.certificate === undefined) return answered(401, 'Unauthorized');
      return path.startsWith('/healthz') ? answered(200, 'ok') : answered(404, '404 page not found\n');
    case 'kube-proxy':
      return proxyAnswer(path);
    default:
      return /^\/(?:healthz|livez|readyz)/.test(path)
        ? answered(200, 'ok')
        : answered(403, forbidden(path), 'application/json');
  }
}

const REFUSED: MachineAnswer = { kind: 'refused', address: '127.0.0.1' };

/** Etcd's ports know nobody who shows no certificate. */
const OF_ETCD = new Set([2379, 2380]);
const ALERT = 'error:0A000412:SSL routines::sslv3 alert bad certificate, errno 0';
const SHOWS_NOTHING: MachineAnswer = {
  fails: `(56) OpenSSL SSL_read: OpenSSL/3.0.15: ${ALERT}`,
  exitCode: 56,
};

/** What anybody may ask of it (RBAC: system:public-info-viewer). */
const IS_PUBLIC = /^\/(?:healthz|livez|readyz|version)(?:\/|$)/;

function* serverAnswer(
  call: Call,
  request: HttpRequest,
  trust: Trust,
): Generator<Deed, NetworkAnswer, Response> {
  const token = /^Bearer (.+)$/.exec(request.headers['Authorization'] ?? '')?.[1];
  const certificate = trust.certificate === undefined ? undefined : call.files[trust.certificate];
  const credentials = certificate !== undefined ? { certificate } : token !== undefined ? { token } : {};
  const [path = ''] = request.path.split('?');
  const isObject = /^\/(?:api\/v1|apis\/[^/]+\/[^/]+)\/./.test(path);
  if (!isObject && !IS_PUBLIC.test(path) && certificate === undefined && token === undefined)
    return answered(403, forbidden(path), 'application/json');
  return yield* askApiServer(call.view, request, { credentials });
}

function etcdAnswer({ view }: Call, { port }: HostSocket, path: string): HttpAnswer {
  const { rows, settings } = view;
  const isWell = hasQuorum(rows, settings);
  if (path === '/version') {
    const version = etcdVersion(settings.version);
    return answered(
      200,
      `{"etcdserver":"${version}","etcdcluster":"${version.replace(/\.\d+$/, '.0')}"}`,
      'application/json',
    );
  }
  if (path === '/health')
    return isWell
      ? answered(200, '{"health":"true","reason":""}')
      : answered(503, '{"health":"false","reason":"RAFT NO LEADER"}');
  if (/^\/(?:livez|readyz)/.test(path))
    return answered(
      isWell ? 200 : 503,
      isWell ? 'ok\n' : '[-]linearizable_read failed: rafthttp: no leader\n',
    );
  if (path === '/metrics' && port !== 2380) return answered(200, etcdMetrics(view, isWell));
  return answered(404, '404 page not found\n');
}

/** What of its metrics is asked for most. */
function etcdMetrics({ rows }: View, isWell: boolean): string {
  const row = rows.row('etcd', ETCD_ROW);
  return [
    '# HELP etcd_server_has_leader Whether or not a leader exists. 1 is existence, 0 is not.',
    '# TYPE etcd_server_has_leader gauge',
    `etcd_server_has_leader ${isWell ? 1 : 0}`,
    '# HELP etcd_server_is_leader Whether or not this member is a leader. 1 if is, 0 otherwise.',
    '# TYPE etcd_server_is_leader gauge',
    `etcd_server_is_leader ${isWell ? 1 : 0}`,
    '# HELP etcd_server_leader_changes_seen_total The number of leader changes seen.',
    '# TYPE etcd_server_leader_changes_seen_total counter',
    `etcd_server_leader_changes_seen_total ${row?.term === undefined ? 1 : row.term - 1}`,
    '',
  ].join('\n');
}

function proxyAnswer(path: string): HttpAnswer {
  if (path === '/proxyMode') return answered(200, 'iptables');
  return /^\/(?:healthz|livez)/.test(path) ? answered(200, 'ok') : answered(404, '404 page not found\n');
}

function forbidden(path: string): string {
  const message = `forbidden: User "system:anonymous" cannot get path "${path}"`;
  return `${JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason: 'Forbidden', details: {}, code: 403 }, undefined, 2)}\n`;
}

function answered(status: number, body: string, type = 'text/plain; charset=utf-8'): HttpAnswer {
  return { kind: 'http', address: '127.0.0.1', status, headers: { 'Content-Type': type }, body };
}
