import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { type Channels, type Ends, unheard } from './channels.ts';

const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io', 'channel.k8s.io'];
const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;
/**
 * In bytes (x/net/websocket: DefaultMaxPayloadBytes); a copying client sends a MiB and its channel's number.
 */
const LARGEST_MESSAGE = 32 << 20;

/** Goes over to a websocket; the first of the client's protocols that is spoken here is. */
export async function overToWebsocket(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  spoken: readonly string[],
): Promise<WebSocket> {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    handleProtocols: (named) => [...named].find((each) => spoken.includes(each)) ?? false,
  });
  return await new Promise((resolve) => {
    server.handleUpgrade(request, socket, head, (websocket) => {
      websocket.on('error', () => websocket.terminate());
      resolve(websocket);
    });
  });
}

export function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

/** The channels of a client over a websocket: each message begins with the number of its own. */
export async function websocketChannels(
  request: IncomingMessage,
  socket: Duplex,
  { head, ends }: { readonly head: Buffer; readonly ends: Ends },
): Promise<Channels> {
  const websocket = await overToWebsocket(request, socket, head, PROTOCOLS);
  const send = (channel: number, bytes: Buffer): void => {
    if (websocket.readyState === websocket.OPEN)
      websocket.send(Buffer.concat([Buffer.from([channel]), bytes]), { binary: true });
  };
  const channels: Channels = {
    ...unheard(),
    // What was not asked for has no channel.
    stdout: (text) => ends.stdout && send(CHANNEL.stdout, Buffer.from(text)),
    stderr: (text) => ends.stderr && send(CHANNEL.stderr, Buffer.from(text)),
    error: (status) => send(CHANNEL.error, Buffer.from(JSON.stringify(status))),
    // In a record of its own: who polls below TLS would not see it behind the last word.
    close: () => setImmediate(() => websocket.close(1000)),
  };
  websocket.on('message', (data) => {
    const bytes = bytesOf(data);
    if (bytes[0] === CHANNEL.stdin && ends.stdin) {
      if (bytes.length > 1) channels.onInput(bytes.subarray(1));
    } else if (bytes[0] === CHANNEL.close && bytes[1] === CHANNEL.stdin) channels.onInputEnd();
  });
  websocket.on('close', () => channels.onGone());
  // Who attaches waits for the first message before it does anything.
  if (ends.stdout) send(CHANNEL.stdout, Buffer.alloc(0));
  return channels;
}
