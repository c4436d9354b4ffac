import { headerBlocks } from './spdy-headers.ts';

/** One of the streams of a connection, as the client has opened it. */
export interface SpdyStream {
  readonly headers: ReadonlyMap<string, string>;
  write(bytes: Buffer): void;
  /** Nothing more is sent on it. */
  end(): void;
  /** What the client sends on it, and that it sends no more. */
  onData: (bytes: Buffer) => void;
  onEnd: () => void;
}

/** Bytes both ways, whatever carries them. */
export interface Carrier {
  write(bytes: Buffer): void;
  close(): void;
}

export interface SpdyConnection {
  /** Takes what the client has sent. */
  take(bytes: Buffer): void;
  close(): void;
}

const TYPE = { open: 1, reply: 2, reset: 3, ping: 6, goAway: 7 } as const;
const CONTROL = 0x80030000;
const FIN = 1;
const LARGEST_FRAME = 1 << 20;

/**
 * The server's end of SPDY/3.1 as far as Kubernetes' clients speak it (kubectl up to 1.30, and port-forward
 * of all): streams that the client opens. Windows are not kept, as by Go's own implementation
 * (moby/spdystream).
 */
export function spdyConnection(carrier: Carrier, opened: (stream: SpdyStream) => void): SpdyConnection {
  const blocks = headerBlocks();
  const streams = new Map<number, SpdyStream>();
  let rest: Buffer = Buffer.alloc(0);
  let isClosed = false;
  let turn: Promise<void> = Promise.resolve();
  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    for (const stream of streams.values()) stream.onEnd();
    streams.clear();
    carrier.close();
    blocks.close();
  };
  const open = async (id: number, block: Buffer): Promise<void> => {
    const headers = await blocks.read(block);
    const reply = await blocks.write(new Map());
    carrier.write(control(TYPE.reply, Buffer.concat([word(id), reply])));
    const stream = streamOn(carrier, id, headers);
    streams.set(id, stream);
    opened(stream);
  };
  const takeControl = async (type: number, flags: number, body: Buffer): Promise<void> => {
    if (type === TYPE.open && body.length >= 10) {
      const id = body.readUInt32BE(0) & 0x7fffffff;
      await open(id, body.subarray(10));
      if (flags & FIN) streams.get(id)?.onEnd();
    } else if (type === TYPE.ping) carrier.write(control(TYPE.ping, body.subarray(0, 4)));
    else if (type === TYPE.goAway) close();
    else if (type === TYPE.reset && body.length >= 4) {
      const id = body.readUInt32BE(0) & 0x7fffffff;
      streams.get(id)?.onEnd();
      streams.delete(id);
    }
  };
  const takeFrame = async (head: number, flags: number, body: Buffer): Promise<void> => {
    if (isClosed) return;
    if (head >= 0x80000000) {
      await takeControl(head & 0xffff, flags, body);
      return;
    }
    const stream = streams.get(head);
    if (body.length > 0) stream?.onData(body);
    if (flags & FIN) stream?.onEnd();
  };
  return {
    close,
    take(bytes) {
      rest = Buffer.concat([rest, bytes]);
      for (let found = frameIn(rest); found; found = frameIn(rest)) {
        if (found === 'large') return close();
        const { head, flags, body } = found;
        rest = rest.subarray(8 + body.length);
        // One after another: headers are unpacked in the order in which they came.
        turn = turn.then(() => takeFrame(head, flags, body)).catch(close);
      }
    },
  };
}

function streamOn(carrier: Carrier, id: number, headers: ReadonlyMap<string, string>): SpdyStream {
  return {
    headers,
    write: (bytes) => {
      for (let at = 0; at < bytes.length; at += LARGEST_FRAME / 4)
        carrier.write(data(id, bytes.subarray(at, at + LARGEST_FRAME / 4), 0));
    },
    end: () => carrier.write(data(id, Buffer.alloc(0), FIN)),
    onData: () => undefined,
    onEnd: () => undefined,
  };
}

/** The first frame of some bytes; undefined where it is not whole. */
function frameIn(
  bytes: Buffer,
): { readonly head: number; readonly flags: number; readonly body: Buffer } | 'large' | undefined {
  if (bytes.length < 8) return undefined;
  const length = bytes.readUIntBE(5, 3);
  if (length > LARGEST_FRAME) return 'large';
  if (bytes.length < 8 + length) return undefined;
  return {
    head: bytes.readUInt32BE(0),
    flags: bytes[4] ?? 0,
    body: Buffer.from(bytes.subarray(8, 8 + length)),
  };
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function frame(head: number, flags: number, body: Buffer): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(head >>> 0, 0);
  bytes[4] = flags;
  bytes.writeUIntBE(body.length, 5, 3);
  return Buffer.concat([bytes, body]);
}

function control(type: number, body: Buffer): Buffer {
  return frame(CONTROL + type, 0, body);
}

function data(id: number, body: Buffer, flags: number): Buffer {
  return frame(id, flags, body);
}
