import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Channels, type Ends, unheard } from './channels.ts';
import { type SpdyConnection, type SpdyStream, spdyConnection } from './spdy-connection.ts';

const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io', 'v3.channel.k8s.io', 'v2.channel.k8s.io'];
export const PORT_FORWARD = 'portforward.k8s.io';

/** The first of the protocols named that is spoken here; undefined for none. */
export function agreedProtocol(request: IncomingMessage, spoken: readonly string[]): string | undefined {
  const named = (request.headersDistinct['x-stream-protocol-version'] ?? []).flatMap((text) =>
    text.split(',').map((each) => each.trim()),
  );
  return named.find((each) => spoken.includes(each)) ?? (named.length === 0 ? spoken.at(-1) : undefined);
}

/** Goes over to SPDY (apimachinery: httpstream/spdy/upgrade.go). */
export function overToSpdy(
  socket: Duplex,
  protocol: string,
  opened: (stream: SpdyStream) => void,
): SpdyConnection {
  socket.write(
    [
      'HTTP/1.1 101 Switching Protocols',
      'Connection: Upgrade',
      'Upgrade: SPDY/3.1',
      `X-Stream-Protocol-Version: ${protocol}`,
      '',
      '',
    ].join('\r\n'),
  );
  const connection = spdyConnection(
    { write: (bytes) => socket.write(bytes), close: () => socket.end() },
    opened,
  );
  socket.on('data', (bytes: Buffer) => connection.take(bytes));
  socket.on('close', () => connection.close());
  return connection;
}

/** A client has so long to open its streams (kubelet: --streaming-creation-timeout). */
const OPENING_MS = 30_000;

/** The channels of a client over SPDY, once it has opened all that it has announced. */
export async function spdyChannels(
  request: IncomingMessage,
  socket: Duplex,
  ends: Ends,
): Promise<Channels | undefined> {
  const protocol = agreedProtocol(request, PROTOCOLS);
  if (protocol === undefined) return undefined;
  const announced = ['error', ...(['stdin', 'stdout', 'stderr'] as const).filter((end) => ends[end])];
  const wanted = ends.tty ? announced.filter((end) => end !== 'stderr') : announced;
  const streams = new Map<string, SpdyStream>();
  return await new Promise((resolve) => {
    const tooLate = setTimeout(() => {
      connection.close();
      resolve(undefined);
    }, OPENING_MS);
    const heard = unheard();
    const connection = overToSpdy(socket, protocol, (stream) => {
      const type = stream.headers.get('streamtype') ?? '';
      streams.set(type, stream);
      if (type === 'stdin') {
        stream.onData = (bytes) => channels.onInput(bytes);
        stream.onEnd = () => channels.onInputEnd();
      }
      if (wanted.some((each) => !streams.has(each))) return;
      clearTimeout(tooLate);
      resolve(channels);
    });
    socket.on('close', () => {
      clearTimeout(tooLate);
      channels.onGone();
      resolve(undefined);
    });
    const channels: Channels = {
      ...heard,
      stdout: (text) => streams.get('stdout')?.write(Buffer.from(text)),
      stderr: (text) => streams.get('stderr')?.write(Buffer.from(text)),
      error: (status) => streams.get('error')?.write(Buffer.from(JSON.stringify(status))),
      close() {
        for (const stream of streams.values()) stream.end();
        // What was written is on its way; the client closes when it has read all of it.
        setTimeout(() => connection.close(), 200).unref();
      },
    };
  });
}
