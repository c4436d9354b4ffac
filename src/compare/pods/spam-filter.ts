import type { Millis } from '../../kernel/time/millis.ts';
import type { Finding } from './finding.ts';
import type { Happening } from './happenings.ts';
import type { PodPlay } from './pod-play.ts';
import { bucketOf, SPAM_BURST } from './spam-bucket.ts';

/** client-go: `tools/record/events_cache.go`, defaultSpamQPS. */
const REFILL_MS = 300_000;

/** Events that the kubelet wrote although the filter had to hold them back, a line each. */
export function overspent(pod: PodPlay): readonly Finding[] {
  return pod.happenings.flatMap((happening) => {
    if (happening.by !== 'kubelet' || tokensLeft(pod, happening, happening.atMs) > -TOLERANCE) return [];
    const { atMs, reason, count } = happening;
    const text = `${reason} x${count} at ${(atMs / 1000).toFixed(3)} s is one too many for the spam filter`;
    return [{ atMs, text }];
  });
}

/** A token comes back in 300 s; the recorder's clock and ours differ by less than a second. */
const TOLERANCE = 0.005;

/** How many more Events like this one the kubelet could write about the pod. */
export function tokensLeft(
  { happenings, play }: PodPlay,
  like: Pick<Happening, 'type' | 'life'>,
  atMs: Millis,
): number {
  let tokens = SPAM_BURST;
  let filledAt: Millis | undefined;
  const refill = (until: Millis) => {
    if (filledAt !== undefined) tokens = Math.min(SPAM_BURST, tokens + (until - filledAt) / REFILL_MS);
    filledAt = until;
  };
  for (const happening of happenings) {
    if (happening.by !== 'kubelet' || happening.atMs > atMs || happening.life !== like.life) continue;
    if (bucketOf(play.minor, happening) !== bucketOf(play.minor, like)) continue;
    refill(happening.atMs);
    tokens -= 1;
  }
  refill(atMs);
  return tokens;
}
