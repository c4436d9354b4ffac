import type { WebCors } from '../../contract/web-rows.ts';
import { headerOf } from '../../tools/url.ts';

/** What is said to a page of another site; nothing to one that may not ask (ingress-nginx: nginx.tmpl). */
export function corsHeaders(
  cors: WebCors,
  asked: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const origin = headerOf(asked, 'Origin');
  const { origins, methods, headers, withCredentials, exposes } = cors;
  const isAny = origins.includes('*');
  if (!isAny && !(origin && origins.some((one) => isMeant(one, origin)))) return {};
  return {
    'Access-Control-Allow-Origin': isAny ? '*' : (origin ?? ''),
    ...(withCredentials && { 'Access-Control-Allow-Credentials': 'true' }),
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers': headers,
    ...(exposes !== undefined && { 'Access-Control-Expose-Headers': exposes }),
    'Access-Control-Max-Age': String(cors.maxAge),
  };
}

/** `https://*.example.com` stands for one label or more. */
function isMeant(allowed: string, origin: string): boolean {
  const [before, after] = allowed.split('*');
  if (after === undefined) return allowed === origin;
  return origin.startsWith(before ?? '') && origin.endsWith(after) && origin.length > allowed.length - 1;
}
