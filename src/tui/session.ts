import { BehaviorSubject, type Observable } from 'rxjs';
import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { createTimeline, type Timeline } from '../replay/timeline.ts';

/** A log that is being played: its timeline, which may still be growing. */
export interface Session {
  readonly timeline: Timeline;
  /** How many entries there are, and whether more may come. */
  readonly growth$: Observable<Growth>;
  close(): void;
}

export interface Growth {
  readonly count: number;
  readonly ended: boolean;
}

/** Real milliseconds that the simulation may take at a time: less than a frame, so that keys stay quick. */
const SLICE_MS = 12;

/**
 * Opens a session over commits that come from a log or from a run: the latter is simulated ahead, slice by
 * slice.
 */
export function openSession(commits: Iterator<readonly Entry<Event>[]>): Session {
  const timeline = createTimeline();
  const growth$ = new BehaviorSubject<Growth>({ count: 0, ended: false });
  let waiting: NodeJS.Immediate | undefined;
  const slice = (): void => {
    const until = performance.now() + SLICE_MS;
    let ended = false;
    while (!ended && performance.now() < until) {
      const next = commits.next();
      ended = next.done === true;
      for (const entry of next.done ? [] : next.value) timeline.append(entry);
    }
    growth$.next({ count: timeline.entries.length, ended });
    waiting = ended ? undefined : setImmediate(slice);
  };
  slice();
  return { timeline, growth$, close: () => clearImmediate(waiting) };
}
