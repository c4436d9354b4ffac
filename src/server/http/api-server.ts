import {
  createServer as createPlain,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { badRequest } from '../../cluster/apiserver/refusal.ts';
import type { HttpCall } from '../../cluster/wire/http-call.ts';
import { refusalAnswer } from '../../cluster/wire/wire-answer.ts';
import { noCluster, tooLargeBody, tooManyClients } from '../../cluster/wire/wire-refusal.ts';
import type { LogHeader } from '../../kernel/log/log-format.ts';
import { CONTROL_PATH, handleControl } from '../control/handle-control.ts';
import type { Source } from '../control/saved-scenario.ts';
import type { Clusters, Served } from '../live/clusters.ts';
import type { LiveCluster } from '../live/live-cluster.ts';
import type { WaitsFor } from '../live/waiting.ts';
import { type ChangesHeard, changesHeard } from './changes-heard.ts';
import { controlRequest, refuseControl, sendControl } from './control-call.ts';
import { clientOf, type Handled, type Handling, handleCall } from './handle-call.ts';
import { LIMITS, type Limits } from './limits.ts';
import { passedAnswer } from './passed-answer.ts';
import { readRequest } from './read-request.ts';
import { sendAnswer } from './send-answer.ts';
import { type Streaming, sendLog, sendWatch } from './send-stream.ts';
import { type Upgradable, upgrade } from './upgrade.ts';

export interface ApiServerOptions extends Pick<Handling, 'users'> {
  readonly clusters: Clusters;
  /** The first line of the main cluster's log. */
  readonly header: LogHeader;
  /** What the main cluster was begun with. */
  readonly source: Source;
  /** What `/metrics` tells of a cluster. */
  readonly metrics: (live: LiveCluster) => string;
  /** PEM; absent: without TLS. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  readonly limits?: Partial<Limits>;
}

/** The API over HTTP, while it listens. */
export interface ApiServer {
  readonly port: number;
  readonly address: string;
  close(): Promise<void>;
}

/** Serves a live cluster's API at an address; port 0: any that is free. */
export async function startApiServer(
  options: ApiServerOptions,
  { port, address }: { readonly port: number; readonly address: string },
): Promise<ApiServer> {
  const serving = createServing(options);
  const { server } = serving;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const bound = server.address() as AddressInfo;
  return { port: bound.port, address: bound.address, close: serving.close };
}

interface Serving {
  readonly server: Server;
  close(): Promise<void>;
}

/** So often, in milliseconds, is looked who has taken too long. */
const CHECKING_MS = 5000;

function createServing(options: ApiServerOptions): Serving {
  const limits = { ...LIMITS, ...options.limits };
  const { tls } = options;
  const settings = {
    maxHeaderSize: limits.headers,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: Math.min(CHECKING_MS, limits.headersMs),
    keepAliveTimeout: 120_000,
  };
  const server = tls
    ? createSecure({
        ...settings,
        cert: tls.certificate,
        key: tls.key,
        minVersion: 'TLSv1.2',
        // Whoever has a certificate of the cluster's shows it; who has signed it is looked at with each
        // request.
        requestCert: true,
        rejectUnauthorized: false,
      })
    : createPlain(settings);
  const changes = new WeakMap<LiveCluster, ChangesHeard>();
  const sockets = new Set<Socket>();
  const streams = { open: 0 };
  server.maxConnections = limits.connections;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  server.on('request', (request, response) => {
    void respond({ limits, changes, options, streams }, request, response);
  });
  server.on('upgrade', (request, socket, head) => {
    void upgrade({ options, limits, streams }, { request, socket, head });
  });
  server.on('clientError', refuseClient);
  return {
    server,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

interface Responding extends Upgradable {
  readonly options: ApiServerOptions;
  /** Of each cluster that somebody watches. */
  readonly changes: WeakMap<LiveCluster, ChangesHeard>;
}

async function respond(
  responding: Responding,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { limits, options } = responding;
  response.on('error', () => response.destroy());
  const call = await readRequest(request, limits.body);
  if (call === 'broken') {
    response.destroy();
    return;
  }
  if (call === 'too large') {
    response.setHeader('connection', 'close');
    sendAnswer(request, response, refusalAnswer(tooLargeBody(limits.body)));
    return;
  }
  const found = options.clusters.find(call.path);
  if ('problem' in found) {
    sendAnswer(request, response, refusalAnswer(noCluster(found.problem)));
    return;
  }
  const { served, path } = found;
  const asked = { call: { ...call, path }, served };
  if (path === CONTROL_PATH || path.startsWith(`${CONTROL_PATH}/`))
    await control(responding, asked, { request, response });
  else await answer(responding, asked, { request, response });
}

interface Asked {
  readonly call: HttpCall;
  readonly served: Served;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function control(
  { options }: Responding,
  { call, served }: Asked,
  { request, response }: Exchange,
): Promise<void> {
  const { clusters, header, source, users } = options;
  const refusal = refuseControl(served.live, call, users);
  if (refusal) {
    sendAnswer(request, response, refusalAnswer(refusal));
    return;
  }
  const asked = controlRequest(call);
  const answer =
    'problem' in asked ? asked.problem : await handleControl({ clusters, served, header, source }, asked);
  await sendControl(request, response, answer);
}

async function answer(
  responding: Responding,
  { call, served }: Asked,
  { request, response }: Exchange,
): Promise<void> {
  const { limits, options, streams } = responding;
  const { live, clock } = served;
  const client = clientOf(call);
  const isRead = call.method === 'GET' || call.method === 'HEAD';
  if (isRead) clock.asked(client, `${call.path}?${call.query}`, false);
  const handling: Handling = { live, users: options.users, metrics: () => options.metrics(live) };
  const handled = await handleCall(handling, call);
  if (handled.type === 'silence') {
    response.destroy();
    request.socket.destroy();
    return;
  }
  if (handled.type === 'answer') {
    sendAnswer(request, response, handled.answer);
    return;
  }
  if (handled.type === 'proxy') {
    const waiting = clock.waits(client, 'one');
    const aborting = new AbortController();
    response.on('close', () => aborting.abort());
    const passed = await passedAnswer({ live, client, signal: aborting.signal }, handled);
    waiting.end();
    sendAnswer(request, response, passed);
    return;
  }
  if (handled.type === 'connect') {
    const refusal = badRequest('Upgrade request required');
    sendAnswer(request, response, refusalAnswer(refusal));
    return;
  }
  if (request.method === 'HEAD') {
    response.writeHead(200).end();
    return;
  }
  if (streams.open >= limits.streams) {
    const refusal = tooManyClients('too many requests, please try again later');
    sendAnswer(request, response, refusalAnswer(refusal));
    return;
  }
  streams.open += 1;
  const waiting = clock.waits(client, waitsFor(handled));
  response.on('close', () => {
    streams.open -= 1;
    waiting.end();
  });
  const changes = changesOf(responding, live);
  sendStream({ ...handling, limits, changes, told: waiting.told }, response, handled);
}

function changesOf({ changes }: Responding, live: LiveCluster): ChangesHeard {
  const heard = changes.get(live) ?? changesHeard(live);
  changes.set(live, heard);
  return heard;
}

/** Who watches one object by its name, or one log, waits for that alone. */
function waitsFor(handled: Extract<Handled, { type: 'watch' | 'log' }>): WaitsFor {
  if (handled.type === 'log') return 'one';
  return /(?:^|,)metadata\.name=/.test(handled.call.request.fieldSelector ?? '') ? 'one' : 'any';
}

function sendStream(
  streaming: Streaming,
  response: ServerResponse,
  handled: Extract<Handled, { type: 'watch' | 'log' }>,
): void {
  if (handled.type === 'watch') sendWatch(streaming, response, handled);
  else sendLog(streaming, response, handled);
}

const CODES: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** What is no request of HTTP is answered with a Status, too. */
function refuseClient(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const code = CODES[error.code ?? ''] ?? 400;
  const refusal = badRequest('the request is no request of HTTP/1.1');
  const { body } = refusalAnswer({ ...refusal, status: { ...refusal.status, code } });
  const head = [
    `HTTP/1.1 ${code} ${code === 431 ? 'Request Header Fields Too Large' : 'Bad Request'}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
