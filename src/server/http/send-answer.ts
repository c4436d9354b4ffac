import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { WireAnswer } from '../../cluster/wire/wire-answer.ts';

/** What is longer is sent packed to those who can unpack it (apiserver: responsewriters/writers.go). */
const PACKED_FROM = 128 * 1024;

/** Sends an answer as a whole. */
export function sendAnswer(
  request: Pick<IncomingMessage, 'headers' | 'method'>,
  response: ServerResponse,
  { code, headers, body }: WireAnswer,
): void {
  if (response.headersSent || response.destroyed) return;
  const accepts = String(request.headers['accept-encoding'] ?? '');
  const isPacked = body.length > PACKED_FROM && /\bgzip\b/.test(accepts);
  const plain = typeof body === 'string' ? Buffer.from(body) : body;
  const bytes = isPacked ? gzipSync(plain, { level: 1 }) : plain;
  response.writeHead(code, {
    ...COMMON,
    'audit-id': randomUUID(),
    ...(headers as Record<string, string | string[]>),
    'content-length': String(bytes.length),
    ...(isPacked && { 'content-encoding': 'gzip', vary: 'Accept-Encoding' }),
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

export const COMMON = { 'cache-control': 'no-cache, private' };
