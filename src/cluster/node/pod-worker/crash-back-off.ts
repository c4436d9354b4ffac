import { MINUTE, type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { BackOff } from '../../contract/pod-worker-row.ts';

/** Kubelet: MaxCrashLoopBackOff and the initial back-off; also of image pulls. */
const FIRST_MS = 10 * SECOND;
const MAX_MS = 5 * MINUTE;

/**
 * Whether something that ended at `since` is still to wait. client-go: flowcontrol/backoff.go
 * IsInBackOffSince.
 */
export function isBackingOff(entry: BackOff | undefined, since: Millis, now: Millis): boolean {
  return entry !== undefined && !isExpired(entry, since) && now - since < entry.delayMs;
}

/** The back-off after one more start, or failure. client-go: flowcontrol/backoff.go Next. */
export function nextBackOff(entry: BackOff | undefined, since: Millis, now: Millis): BackOff {
  const delayMs = !entry || isExpired(entry, since) ? FIRST_MS : Math.min(2 * entry.delayMs, MAX_MS);
  return { delayMs, updatedAt: now };
}

/** Long enough after the last one, everything begins anew. */
function isExpired({ updatedAt }: BackOff, since: Millis): boolean {
  return since - updatedAt > 2 * MAX_MS;
}
