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
import { refusalAnswer } from '../../cluster/wire/wire-answer.ts';
import { tooLargeBody, tooManyClients } from '../../cluster/wire/wire-refusal.ts';
import type { Clock } from '../live/clock.ts';
import type { WaitsFor } from '../live/waiting.ts';
import { changesHeard } from './changes-heard.ts';
import { clientOf, type Handled, type Handling, handleCall } from './handle-call.ts';
import { LIMITS, type Limits } from './limits.ts';
import { readRequest } from './read-request.ts';
import { sendAnswer } from './send-answer.ts';
import { type Streaming, sendLog, sendWatch } from './send-stream.ts';

export interface ApiServerOptions extends Handling {
  /** PEM; absent: without TLS. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  readonly limits?: Partial<Limits>;
  /** Wants to know who asks and who waits, where it goes by that. */
  readonly clock?: Pick<Clock, 'waits' | 'asked'>;
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

function createServing(options: ApiServerOptions): Serving {
  const limits = { ...LIMITS, ...options.limits };
  const { tls } = options;
  const settings = {
    maxHeaderSize: limits.headers,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: 120_000,
  };
  const server = tls
    ? createSecure({ ...settings, cert: tls.certificate, key: tls.key, minVersion: 'TLSv1.2' })
    : createPlain(settings);
  const changes = changesHeard(options.live);
  const streaming: Streaming = { ...options, limits, changes, told: () => undefined };
  const sockets = new Set<Socket>();
  const streams = { open: 0 };
  server.maxConnections = limits.connections;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  server.on('request', (request, response) => {
    void respond({ streaming, options, streams }, request, response);
  });
  server.on('clientError', refuseClient);
  return {
    server,
    close: async () => {
      changes.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

interface Responding {
  readonly streaming: Streaming;
  readonly options: ApiServerOptions;
  readonly streams: { open: number };
}

async function respond(
  { streaming, options, streams }: Responding,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.on('error', () => response.destroy());
  const call = await readRequest(request, streaming.limits.body);
  if (call === 'broken') {
    response.destroy();
    return;
  }
  if (call === 'too large') {
    response.setHeader('connection', 'close');
    sendAnswer(request, response, refusalAnswer(tooLargeBody(streaming.limits.body)));
    return;
  }
  const client = clientOf(call);
  const isRead = call.method === 'GET' || call.method === 'HEAD';
  if (isRead) options.clock?.asked(client, `${call.path}?${call.query}`, false);
  const handled = await handleCall(options, call);
  if (handled.type === 'silence') {
    response.destroy();
    request.socket.destroy();
    return;
  }
  if (handled.type === 'answer') {
    sendAnswer(request, response, handled.answer);
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
  if (streams.open >= streaming.limits.streams) {
    const refusal = tooManyClients('too many requests, please try again later');
    sendAnswer(request, response, refusalAnswer(refusal));
    return;
  }
  streams.open += 1;
  const waiting = options.clock?.waits(client, waitsFor(handled));
  response.on('close', () => {
    streams.open -= 1;
    waiting?.end();
  });
  sendStream({ ...streaming, told: () => waiting?.told() }, response, handled);
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
