import { Subject } from 'rxjs';
import type { Millis } from '../kernel/time/millis.ts';
import { type Fork, goOn } from '../replay/fork.ts';
import type { Travels } from '../replay/player/travels.ts';

/** Lets branches go on in the background, ahead of whoever stands in them. */
export interface Tending {
  /** How many entries have come to the branches in all. It fails when the simulation does. */
  readonly growth$: Subject<number>;
  /** Tells where one stands, so how far the branches are wanted. */
  tend(travels: Travels): void;
  /** Lets one branch go on at once until there is enough, for as long as somebody may wait. */
  ahead(fork: Fork, isEnough: () => boolean): void;
  close(): void;
}

/** Real milliseconds that the simulation may take at a time: less than a frame, so that keys stay quick. */
const SLICE_MS = 12;
const PATIENCE_MS = 250;
/** Virtual milliseconds that a branch is ahead of every place that somebody stands at. */
const AHEAD_MS = 120_000;

/** A branch that nobody has taken over ends with its story. */
function hasEnded({ timeline: { entries } }: Fork): boolean {
  return entries.of(entries.length)?.event.type === 'ScenarioEnded';
}

export function tendBranches(): Tending {
  const growth$ = new Subject<number>();
  /** Up to when a branch has been simulated: the last entry may be earlier. */
  const reached = new WeakMap<Fork, Millis>();
  let forks: readonly Fork[] = [];
  let until = 0;
  let count = 0;
  let waiting: NodeJS.Immediate | undefined;
  const behind = (): Fork | undefined => forks.find((fork) => (reached.get(fork) ?? -1) < until);
  const advance = (fork: Fork, isEnough: () => boolean, patienceMs: number): void => {
    const giveUp = performance.now() + patienceMs;
    for (const commit of goOn(fork, until)) {
      count += commit.length;
      if (isEnough() || performance.now() > giveUp) return;
    }
    reached.set(fork, until);
    if (hasEnded(fork)) fork.timeline.finish();
  };
  const slice = (): void => {
    waiting = undefined;
    const fork = behind();
    if (!fork) return;
    try {
      advance(fork, () => false, SLICE_MS);
    } catch (error) {
      growth$.error(error);
      return;
    }
    growth$.next(count);
    waiting = setImmediate(slice);
  };
  return {
    growth$,
    tend({ branches }) {
      forks = branches.flatMap(({ fork }) => fork ?? []);
      if (forks.length === 0) return;
      const longest = Math.max(...branches.map(({ timeline }) => timeline.duration));
      const furthest = Math.max(...branches.map(({ player }) => player.clock));
      until = Math.max(until, longest, Math.ceil((furthest + AHEAD_MS) / AHEAD_MS) * AHEAD_MS);
      if (!waiting && behind()) waiting = setImmediate(slice);
    },
    ahead(fork, isEnough) {
      try {
        if (!isEnough()) advance(fork, isEnough, PATIENCE_MS);
      } catch (error) {
        growth$.error(error);
      }
    },
    close: () => clearImmediate(waiting),
  };
}
