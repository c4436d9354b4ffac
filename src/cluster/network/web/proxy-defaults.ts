import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { HttpRequest } from '../../contract/network-request.ts';

/** ingress-nginx: defaults of proxy-connect-timeout, proxy-read-timeout and proxy-next-upstream-tries. */
export const CONNECT_MS: Millis = 5 * SECOND;
export const READ_MS: Millis = 60 * SECOND;
export const TRIES = 3;

/** Whom a request is for, as its head says it, without the port. */
export function hostOf({ headers, host }: Pick<HttpRequest, 'headers' | 'host'>): string {
  const named = Object.entries(headers).find(([name]) => name.toLowerCase() === 'host')?.[1] ?? host;
  return named.replace(/:\d+$/, '');
}
