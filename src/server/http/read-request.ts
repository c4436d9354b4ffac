import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { writePem } from '../../cluster/objects/pki/pem.ts';
import type { HttpCall } from '../../cluster/wire/http-call.ts';

/** A request with its body; undefined where that is larger than it may be, or breaks off. */
export async function readRequest(
  message: IncomingMessage,
  limit: number,
): Promise<HttpCall | 'too large' | 'broken'> {
  const announced = Number(message.headers['content-length'] ?? 0);
  if (announced > limit) return 'too large';
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of message) {
      const bytes = piece as Buffer;
      size += bytes.length;
      if (size > limit) return 'too large';
      pieces.push(bytes);
    }
  } catch {
    return 'broken';
  }
  const whole = Buffer.concat(pieces);
  const call = callOf(message, whole.toString('utf8'));
  const isText = !/protobuf/i.test(message.headers['content-type'] ?? '');
  return isText ? call : { ...call, bytes: whole };
}

/** The same without a body, of a request that goes over to another protocol. */
export function callOf(message: IncomingMessage, body = ''): HttpCall {
  const { method = 'GET', url = '/', headersDistinct } = message;
  const target = url.startsWith('/') ? url : url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '') || '/';
  const mark = target.indexOf('?');
  const [path, query] = mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
  const headers: Record<string, readonly string[]> = {};
  for (const [name, values] of Object.entries(headersDistinct)) if (values) headers[name] = values;
  const certificate = certificateOf(message);
  const call = { method: method.toUpperCase(), path, query, headers, body };
  return certificate === undefined ? call : { ...call, certificate };
}

/**
 * The certificate that a client has shown over TLS. The handshake has proved that it has the key; whether the
 * cluster's authority has signed it is not for the host to know.
 */
function certificateOf({ socket }: IncomingMessage): string | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  if (known.has(socket)) return known.get(socket);
  const { raw } = socket.getPeerCertificate() ?? {};
  const pem = raw && writePem({ type: 'CERTIFICATE', bytes: [...raw] });
  known.set(socket, pem);
  return pem;
}

const known = new WeakMap<TLSSocket, string | undefined>();
