import { STATUS_CODES } from 'node:http';
import type { HttpAnswer, HttpRequest } from '../../../cluster/contract/network-request.ts';

/** What has come of a request of HTTP: the request, and what stands behind it. */
export interface ReadHttp {
  readonly request: HttpRequest;
  readonly rest: Buffer;
}

const HEAD_MAX = 64 * 1024;

/** Reads a request off the bytes of a connection: `more` where it is not whole, `other` where it is none. */
export function readHttp(bytes: Buffer, port: number): ReadHttp | 'more' | 'other' {
  const end = bytes.indexOf('\r\n\r\n');
  const start = bytes.toString('latin1', 0, Math.min(bytes.length, 16));
  if (!/^[A-Z]{1,10}(?: |$)/.test(start)) return 'other';
  if (end < 0) return bytes.length > HEAD_MAX ? 'other' : 'more';
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const [, method, path] = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(first) ?? [];
  if (method === undefined || path === undefined) return 'other';
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const body = bodyOf(bytes.subarray(end + 4), headers);
  if (body === undefined) return 'more';
  const request: HttpRequest = {
    protocol: 'http',
    method,
    host: '127.0.0.1',
    port,
    path,
    headers,
    ...(body.text !== '' && { body: body.text }),
  };
  return { request, rest: body.rest };
}

function bodyOf(
  bytes: Buffer,
  headers: Readonly<Record<string, string>>,
): { readonly text: string; readonly rest: Buffer } | undefined {
  if (headers['transfer-encoding']?.toLowerCase() === 'chunked') return chunkedBody(bytes);
  const length = Number(headers['content-length'] ?? 0);
  if (!Number.isInteger(length) || length <= 0) return { text: '', rest: bytes };
  if (bytes.length < length) return undefined;
  return { text: bytes.toString('utf8', 0, length), rest: bytes.subarray(length) };
}

function chunkedBody(bytes: Buffer): { readonly text: string; readonly rest: Buffer } | undefined {
  const pieces: Buffer[] = [];
  let at = 0;
  for (;;) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (Number.isNaN(size) || bytes.length < line + 4 + size) return undefined;
    pieces.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 4 + size;
    if (size === 0) return { text: Buffer.concat(pieces).toString('utf8'), rest: bytes.subarray(at) };
  }
}

/** An answer as bytes of HTTP. */
export function writeHttp({ status, headers, body }: HttpAnswer, method: string): Buffer {
  const content = Buffer.from(body);
  const kept = Object.entries(headers).filter(
    ([name]) => !/^(?:content-length|transfer-encoding|connection)$/i.test(name),
  );
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...kept.map(([name, value]) => `${name}: ${value.replace(/[\r\n]/g, ' ')}`),
    `Content-Length: ${content.length}`,
    '',
    '',
  ];
  const head = Buffer.from(lines.join('\r\n'), 'latin1');
  return method === 'HEAD' ? head : Buffer.concat([head, content]);
}
