import { BehaviorSubject, type Observable } from 'rxjs';
import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { type Instant, isReached } from '../replay/place.ts';
import type { Branch, Ground } from '../replay/player/travels.ts';
import { isSetup } from '../replay/setup.ts';
import { createTimeline, type Timeline, type TimelineOptions } from '../replay/timeline.ts';
import type { Attending } from './live-source.ts';
import { type Tending, tendBranches } from './tend-branches.ts';

/** A log that is being played: its timeline, which may still be growing. */
export interface Session {
  readonly timeline: Timeline;
  /** Where it is opened; absent: at its beginning. */
  readonly at?: Instant;
  /** How much of it is there, 0 to 1, where that is known. */
  readonly part?: () => number;
  /** How many entries there are. It fails when the simulation does. */
  readonly growth$: Observable<number>;
  /** What the log is called among its branches. */
  readonly branch: string;
  /** What its branches go on with; absent where it can't be forked. */
  readonly ground?: Ground;
  /** Writes a branch where the reader finds it; fails with what to tell the reader. */
  readonly save?: SaveBranch;
  /** Told when the reader has come to the end of what was opened. */
  readonly onEnd?: () => void;
  readonly tending: Tending;
  /** The cluster that goes on, where there is one: whoever stands at its latest place moves it. */
  readonly live?: Attending;
  /** Simulates ahead at once until there is enough, for as long as a reader who pressed a key may wait. */
  ahead(isEnough: () => boolean): void;
  close(): void;
}

/** Where a branch was written, or why it was not. */
export type Saved =
  | { readonly path: string }
  | { readonly refused: 'unknown' | 'same' }
  | { readonly mistaken: string };

export type SaveBranch = (branch: Branch, among: readonly Branch[], as: 'log' | 'scenario') => Saved;

/** Real milliseconds that the simulation may take at a time: less than a frame, so that keys stay quick. */
const SLICE_MS = 12;
const PATIENCE_MS = 250;
/** When all of a log is there, it is gone through once more for searches: so long at a time, so far apart. */
const PART_MS = 4;
const PAUSE_MS = 12;

export interface SessionOptions
  extends Partial<Pick<Session, 'at' | 'part' | 'ground' | 'branch' | 'save' | 'onEnd'>> {
  /** Where entries that have come are found again; absent: they are kept. */
  readonly found?: TimelineOptions;
}

/**
 * Opens a session over commits that come from a log or from a run. The first step is there at once; the rest
 * comes slice by slice, ahead of the player.
 */
export function openSession(
  commits: Iterator<readonly Entry<Event>[]>,
  { at, found, branch = 'main', ...others }: SessionOptions = {},
): Session {
  const timeline = createTimeline([], found);
  const growth$ = new BehaviorSubject(0);
  let waiting: NodeJS.Immediate | undefined;
  let preparing: NodeJS.Timeout | undefined;
  const advance = (): void => {
    const next = commits.next();
    if (next.done) timeline.finish();
    else for (const entry of next.value) timeline.append(entry);
  };
  const advanceUntil = (isEnough: () => boolean, patienceMs: number): void => {
    const until = performance.now() + patienceMs;
    while (!timeline.complete && !isEnough() && performance.now() < until) advance();
  };
  const slice = (): void => {
    waiting = undefined;
    try {
      advanceUntil(() => false, SLICE_MS);
    } catch (error) {
      growth$.error(error);
      return;
    }
    growth$.next(timeline.entries.length);
    if (!timeline.complete) waiting = setImmediate(slice);
    else preparing = setTimeout(prepare, PAUSE_MS);
  };
  // Between frames, and most of the time left to them.
  const prepare = (): void => {
    const until = performance.now() + PART_MS;
    while (performance.now() < until) if (found?.archive?.prepare?.() !== false) return;
    preparing = setTimeout(prepare, PAUSE_MS);
  };
  advanceUntil(() => timeline.steps.length >= 2, SLICE_MS);
  advanceUntil(() => timeline.steps.some((seq) => !isSetup(timeline.entries.of(seq)?.event)), PATIENCE_MS);
  if (at) advanceUntil(() => isReached(timeline, at), Number.POSITIVE_INFINITY);
  waiting = setImmediate(slice);
  const ahead = (isEnough: () => boolean): void => {
    try {
      advanceUntil(isEnough, PATIENCE_MS);
    } catch (error) {
      growth$.error(error);
    }
  };
  const tending = tendBranches();
  const close = (): void => {
    clearImmediate(waiting);
    clearTimeout(preparing);
    tending.close();
  };
  return { timeline, growth$, branch, tending, ahead, close, ...(at && { at }), ...others };
}
