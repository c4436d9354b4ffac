import type { HttpAnswer, HttpRequest } from '../../../contract/network-request.ts';
import { responseHead } from '../../../tools/url.ts';

/** A request as it goes over the wire, for a listener that only sees text. */
export function requestText({ method, path, headers, body = '' }: HttpRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

export const responseText = ({ status, headers, body }: HttpAnswer): string =>
  responseHead(status, headers) + body;

/** A response that somebody wrote by hand: `echo -e 'HTTP/1.1 200 OK\n\nhi' | nc -l -p 80`. */
export function parseResponse(text: string): Pick<HttpAnswer, 'status' | 'headers' | 'body'> | undefined {
  const found = /^HTTP\/\d(?:\.\d)? (\d{3})[^\r\n]*\r?\n/.exec(text);
  if (!found) return undefined;
  const [head = '', ...rest] = text.slice(found[0].length).split(/\r?\n\r?\n|^\r?\n/);
  const headers: Record<string, string> = {};
  for (const line of head.split(/\r?\n/)) {
    const [, name, value] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) headers[name] = value;
  }
  return { status: Number(found[1]), headers, body: rest.join('\n\n') };
}
