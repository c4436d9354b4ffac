import { BehaviorSubject } from 'rxjs';
import { createTimeline } from '../replay/timeline.ts';
import type { LiveSource } from './live-source.ts';
import type { Session, SessionOptions } from './session.ts';
import { tendBranches } from './tend-branches.ts';

const PATIENCE_MS = 250;

/** Opens a session over a cluster that goes on: what comes is there at once, and there is no end of it. */
export function openLiveSession(
  source: LiveSource,
  { branch = 'main', found: _, ...others }: SessionOptions = {},
): Session {
  const timeline = createTimeline();
  const growth$ = new BehaviorSubject(0);
  let telling: NodeJS.Immediate | undefined;
  const take = (): void => {
    for (let seq = timeline.entries.length; seq < source.entries.length; seq++) {
      const entry = source.entries[seq];
      if (entry) timeline.append(entry);
    }
    // Told when nothing is half done: it may come of what a key does just now.
    telling ??= setImmediate(() => {
      telling = undefined;
      growth$.next(timeline.entries.length);
    });
  };
  take();
  const stop = source.subscribe(take);
  const tending = tendBranches();
  const ahead = (isEnough: () => boolean): void => {
    const until = performance.now() + PATIENCE_MS;
    while (source.isMoved() && !isEnough() && performance.now() < until)
      if (!source.step(Number.POSITIVE_INFINITY)) return;
  };
  const close = (): void => {
    stop();
    clearImmediate(telling);
    tending.close();
  };
  return {
    timeline,
    growth$,
    branch,
    tending,
    ahead,
    close,
    live: { source, edge: { current: 0 } },
    ...others,
  };
}
