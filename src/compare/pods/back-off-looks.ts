import type { Finding } from './finding.ts';
import type { PodPlay } from './pod-play.ts';

/** Looks at a pod that follow its end: the PLEG's left-over events, a relist apart. */
const BURST_MS = 2300;
const BURST = 3;
/** 60 s x [1, 1.5) from one look to the next; less only to the one that starts the container. */
const LEAST_MS = 58_500;

/**
 * Back-offs that 1.36 tells of more often than it looks at the pod, a line each: how often is drawn, so the
 * races leave it open, but within these bounds (README 1.36, 3.2 b2).
 */
export function tooManyLooks({ play, happenings }: PodPlay): readonly Finding[] {
  if (play.minor < 36) return [];
  return [...new Set(happenings.map(({ about }) => about))].flatMap((about) => {
    const stream = happenings.filter((one) => one.about === about);
    let burst = 0;
    return stream.flatMap((happening, index) => {
      const before = stream[index - 1];
      const repeats = isBackOff(happening) && before !== undefined && isBackOff(before);
      if (!repeats) burst = 1;
      if (!repeats) return [];
      const after = happening.atMs - before.atMs;
      if (after <= BURST_MS) burst++;
      if ((after <= BURST_MS && burst <= BURST) || after >= LEAST_MS) return [];
      const since = (after / 1000).toFixed(3);
      const text = `BackOff x${happening.count} comes ${since} s after the one before it, in ${about}`;
      return [{ atMs: happening.atMs, text }];
    });
  });
}

function isBackOff({ reason, type }: { readonly reason: string; readonly type: string }): boolean {
  return reason === 'BackOff' && type === 'Warning';
}
