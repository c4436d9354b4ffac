import type { Millis } from '../../src/kernel/time/millis.ts';
import type { Happening } from './happenings.ts';
import type { PodPlay } from './pod-play.ts';

/** client-go: `tools/record/events_cache.go`, defaultSpamBurst and defaultSpamQPS. */
const BURST = 25;
const REFILL_MS = 300_000;

/** Since 1.36's recordings Normal and Warning events have buckets of their own (README 1.36, 3.0.10). */
export function bucketOf(minor: number, { type }: Pick<Happening, 'type'>): string {
  return minor < 36 ? 'all' : type;
}

/** Whether so many Events have come out of a bucket that the filter may have held others back. */
export function isScarce(written: number): boolean {
  return written >= BURST;
}

/** Events that the kubelet wrote although the filter had to hold them back, a line each. */
export function overspent(pod: PodPlay): readonly string[] {
  return pod.happenings.flatMap((happening) => {
    if (happening.by !== 'kubelet' || tokensLeft(pod, happening, happening.atMs) > -TOLERANCE) return [];
    return [
      `${happening.reason} x${happening.count} at ${(happening.atMs / 1000).toFixed(3)} s is one too many for the spam filter`,
    ];
  });
}

/** A token comes back in 300 s; the recorder's clock and ours differ by less than a second. */
const TOLERANCE = 0.005;

/** How many more Events like this one the kubelet could write about the pod. */
export function tokensLeft(
  { happenings, play }: PodPlay,
  like: Pick<Happening, 'type'>,
  atMs: Millis,
): number {
  let tokens = BURST;
  let filledAt: Millis | undefined;
  const refill = (until: Millis) => {
    if (filledAt !== undefined) tokens = Math.min(BURST, tokens + (until - filledAt) / REFILL_MS);
    filledAt = until;
  };
  for (const happening of happenings) {
    if (happening.by !== 'kubelet' || happening.atMs > atMs) continue;
    if (bucketOf(play.minor, happening) !== bucketOf(play.minor, like)) continue;
    refill(happening.atMs);
    tokens -= 1;
  }
  refill(atMs);
  return tokens;
}
