import type { Millis } from '../kernel/time/millis.ts';

/**
 * By how much the writes of a kubelet may come late, and what was only so for so long go unseen. Until 1.26
 * it writes with 5 requests a second and 10 at once (README 1.20, 3.0.9 and the load caveat); since then with
 * 50, which no recording used up.
 */
export const LAGS: readonly (readonly [recording: RegExp, lagMs: Millis, why: string])[] = [
  [/-solo$/, 6500, 'two requests a status and the burst of 10: up to 6 s in b2-crashloop-solo'],
  [/./, 16_000, 'about 60 pods on the one real kubelet: up to 10 s and more, first in, first out'],
];

/** From here on kubelets write as 1.36's do: 50 requests a second, terminal phases, a tick of a second. */
export const MODERN_MINOR = 27;

export function lagOf({ name, minor }: { readonly name: string; readonly minor: number }): Millis {
  if (minor >= MODERN_MINOR) return 0;
  return LAGS.find(([pattern]) => pattern.test(name))?.[1] ?? 0;
}
