import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { HttpRequest, NetworkAnswer, TcpRequest } from '../../../cluster/contract/network-request.ts';
import type { Asking } from './ask-network.ts';
import { askNetwork } from './ask-network.ts';
import { readHttp, writeHttp } from './http-on-stream.ts';
import type { SpdyStream } from './spdy-connection.ts';
import { spdyConnection } from './spdy-connection.ts';
import { agreedProtocol, overToSpdy, PORT_FORWARD } from './upgrade-spdy.ts';
import { bytesOf, overToWebsocket } from './upgrade-websocket.ts';

/** One connection through a forwarded port: what the client sends into it, and what comes back. */
interface Forwarded {
  readonly port: number;
  write(bytes: Buffer): void;
  /** Why it could not be had. */
  fail(message: string): void;
  end(): void;
}

interface Forwarding extends Asking {
  readonly pod: string;
  readonly name: string;
}

const TUNNEL = 'SPDY/3.1+portforward.k8s.io';
const OLD = ['v4.channel.k8s.io', 'channel.k8s.io'];

/** Forwards ports of a pod to a client over SPDY. Resolves when the client has gone. */
export async function forwardOverSpdy(
  forwarding: Forwarding,
  request: IncomingMessage,
  socket: Duplex,
): Promise<boolean> {
  const protocol = agreedProtocol(request, [PORT_FORWARD]);
  if (protocol === undefined) return false;
  const opened = pairing(forwarding);
  overToSpdy(socket, protocol, opened);
  await new Promise<void>((resolve) => socket.on('close', () => resolve()));
  return true;
}

/** The same over a websocket: newer clients carry SPDY in it, older ones say the ports in the query. */
export async function forwardOverWebsocket(
  forwarding: Forwarding,
  request: IncomingMessage,
  {
    socket,
    head,
    ports,
  }: { readonly socket: Duplex; readonly head: Buffer; readonly ports: readonly number[] },
): Promise<void> {
  const websocket = await overToWebsocket(request, socket, head, [TUNNEL, ...OLD]);
  const closed = new Promise<void>((resolve) => websocket.on('close', () => resolve()));
  if (websocket.protocol === TUNNEL) tunnel(forwarding, websocket);
  else forwardNamed(forwarding, websocket, ports);
  await closed;
}

function tunnel(forwarding: Forwarding, websocket: WebSocket): void {
  const write = (bytes: Buffer): void => {
    if (websocket.readyState === websocket.OPEN) websocket.send(bytes, { binary: true });
  };
  const connection = spdyConnection({ write, close: () => websocket.close(1000) }, pairing(forwarding));
  websocket.on('message', (data) => connection.take(bytesOf(data)));
  websocket.on('close', () => connection.close());
}

/** Two streams belong to one connection: one for what goes wrong, one for what is sent. */
function pairing(forwarding: Forwarding): (stream: SpdyStream) => void {
  const errors = new Map<string, SpdyStream>();
  return (stream) => {
    const id = stream.headers.get('requestid') ?? '';
    if (stream.headers.get('streamtype') === 'error') {
      errors.set(id, stream);
      return;
    }
    const port = Number(stream.headers.get('port'));
    const error = errors.get(id);
    const connected = connectionTo(forwarding, {
      port,
      write: (bytes) => stream.write(bytes),
      fail: (message) => error?.write(Buffer.from(message)),
      end() {
        stream.end();
        error?.end();
        errors.delete(id);
      },
    });
    stream.onData = connected.take;
    stream.onEnd = connected.over;
  };
}

/** Channels 2n and 2n+1 are for the n-th port; each begins with the port's number. */
function forwardNamed(forwarding: Forwarding, websocket: WebSocket, ports: readonly number[]): void {
  const send = (channel: number, bytes: Buffer): void => {
    if (websocket.readyState === websocket.OPEN)
      websocket.send(Buffer.concat([Buffer.from([channel]), bytes]), { binary: true });
  };
  const connected = ports.map((port, place) => {
    const number = Buffer.alloc(2);
    number.writeUInt16LE(port);
    send(2 * place, number);
    send(2 * place + 1, number);
    return connectionTo(forwarding, {
      port,
      write: (bytes) => send(2 * place, bytes),
      fail: (message) => send(2 * place + 1, Buffer.from(message)),
      end: () => websocket.close(1000),
    });
  });
  websocket.on('message', (data) => {
    const bytes = bytesOf(data);
    const channel = bytes[0] ?? 0;
    if (channel % 2 === 0) connected[channel / 2]?.take(bytes.subarray(1));
  });
  websocket.on('close', () => {
    for (const each of connected) each.over();
  });
}

interface Connected {
  take(bytes: Buffer): void;
  over(): void;
}

/** Requests of HTTP are asked one after another; what is none is sent as it is. */
function connectionTo(forwarding: Forwarding, forwarded: Forwarded): Connected {
  const aborting = new AbortController();
  const asking = { ...forwarding, signal: aborting.signal };
  const { port } = forwarded;
  let pending: Buffer = Buffer.alloc(0);
  let isAsking = false;
  let isOver = false;
  const goOn = async (): Promise<void> => {
    while (!isAsking && pending.length > 0) {
      const read = readHttp(pending, port);
      if (read === 'more') return;
      isAsking = true;
      const text = pending.toString('utf8');
      const request =
        read === 'other' ? { protocol: 'tcp' as const, host: '127.0.0.1', port, text } : read.request;
      pending = read === 'other' ? Buffer.alloc(0) : Buffer.from(read.rest);
      const answer = await askNetwork(asking, request);
      isAsking = false;
      const method = 'method' in request ? request.method : '';
      const stands = answer !== undefined && passOn(answer, { forwarding, forwarded, method });
      if (!stands || isLast(request)) {
        forwarded.end();
        return;
      }
    }
    if (isOver && !isAsking) forwarded.end();
  };
  return {
    take(bytes) {
      pending = Buffer.concat([pending, bytes]);
      void goOn();
    },
    over() {
      isOver = true;
      if (!isAsking) aborting.abort();
      void goOn();
    },
  };
}

/** The client wants nothing more of this connection. */
function isLast(request: HttpRequest | TcpRequest): boolean {
  return request.protocol === 'http' && /^close$/i.test(request.headers['connection'] ?? '');
}

interface Passing {
  readonly forwarding: Forwarding;
  readonly forwarded: Forwarded;
  readonly method: string;
}

/** Whether the connection stands. */
function passOn(answer: NetworkAnswer, { forwarding, forwarded, method }: Passing): boolean {
  const { port } = forwarded;
  if (answer.kind === 'http') {
    forwarded.write(writeHttp(answer, method));
    return true;
  }
  if (answer.kind === 'connected') {
    forwarded.write(Buffer.from(answer.text));
    return false;
  }
  const why =
    answer.kind === 'refused'
      ? `dial tcp4 127.0.0.1:${port}: connect: connection refused`
      : `connection to 127.0.0.1:${port} was lost`;
  const { pod, name } = forwarding;
  const uid = pod.split('/')[2] ?? '';
  forwarded.fail(
    `error forwarding port ${port} to pod ${name}, uid ${uid}: failed to execute portforward in network namespace: ${why}`,
  );
  return false;
}
