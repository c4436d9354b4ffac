import { type Millis, SECOND } from '../../../kernel/time/millis.ts';

/** How much of an allowance is used up, and since when that is so. */
export interface Used {
  readonly excess: number;
  readonly at: Millis;
}

/** Thousandths of a request, as nginx counts. */
const ONE = 1000;

/**
 * Whether one more request is within a client's allowance (nginx: ngx_http_limit_req_module.c lookup, with
 * `nodelay`): a bucket that leaks at the rate, and holds the burst.
 */
export function isWithinLimit(
  { rate, burst }: { readonly rate: number; readonly burst: number },
  used: Used | undefined,
  now: Millis,
): { readonly isIn: boolean; readonly used: Used } {
  if (!used) return { isIn: true, used: { excess: 0, at: now } };
  const leaked = Math.floor((rate * ONE * Math.max(0, now - used.at)) / SECOND);
  const excess = Math.max(0, used.excess - leaked + ONE);
  if (excess > burst * ONE) return { isIn: false, used };
  return { isIn: true, used: { excess, at: now } };
}
