import type { Millis } from '../../src/kernel/time/millis.ts';

/**
 * By how much the writes of a recorded kubelet may come late, and what was only so for so long go unseen.
 * 1.20 writes with 5 requests a second (README 1.20, 3.0.9 and the load caveat); 1.36 with 50, which no
 * recording used up.
 */
const LAGS: readonly (readonly [recording: RegExp, lagMs: Millis, why: string])[] = [
  [
    /v1\.20\/b[125].*-solo$/,
    6500,
    'two requests a status and the burst of 10: up to 6 s in b2-crashloop-solo',
  ],
  [/v1\.20\//, 16_000, 'about 60 pods on the one real kubelet: up to 10 s and more, first in, first out'],
];

export function lagOf(recording: string): Millis {
  return LAGS.find(([pattern]) => pattern.test(recording))?.[1] ?? 0;
}
