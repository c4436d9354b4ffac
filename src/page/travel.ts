import {
  type Moment,
  momentAt,
  momentOf,
  nextStep,
  nextStop,
  playedInAll,
  previousStep,
  previousStop,
} from '../replay/seek.ts';
import type { Timeline } from '../replay/timeline.ts';

/** Where the reader stands in the run, and how he moves. Whoever shows something of it is told. */
export interface Travel {
  readonly timeline: Timeline;
  /** Which branch of the story it is; absent for the story itself. */
  readonly branch?: string;
  readonly moment: Moment;
  /** Milliseconds of playing. */
  readonly whole: number;
  readonly isPlaying: boolean;
  go(to: Moment): void;
  /** To a moment of playing. */
  seek(played: number): void;
  move(how: Movement): void;
  toEntry(seq: number): void;
  playOrPause(): void;
  watch(told: () => void): void;
  /** Also after the page is shown anew. */
  watchAlways(told: () => void): void;
  /** Those who watch are gone. */
  forget(): void;
}

export type Movement = 'back' | 'forward' | 'previousStep' | 'nextStep' | 'firstStep' | 'start' | 'end';

export function createTravel(timeline: Timeline, branch?: string): Travel {
  let watchers: (() => void)[] = [];
  const always: (() => void)[] = [];
  const whole = playedInAll(timeline);
  let moment = momentOf(timeline, 0);
  let isPlaying = false;
  let drawnAt = 0;
  const tell = (): void => {
    for (const told of [...watchers, ...always]) told();
  };
  const go = (to: Moment): void => {
    moment = to;
    tell();
  };
  const tick = (now: number): void => {
    if (!isPlaying) return;
    const played = Math.min(whole, moment.played + (now - drawnAt));
    drawnAt = now;
    isPlaying = played < whole;
    go(momentAt(timeline, played));
    if (isPlaying) requestAnimationFrame(tick);
  };
  return {
    timeline,
    ...(branch !== undefined && { branch }),
    whole,
    get moment() {
      return moment;
    },
    get isPlaying() {
      return isPlaying;
    },
    go,
    seek(played) {
      const to = momentAt(timeline, played);
      // As a time is written, so that it can be asked for elsewhere.
      go({ ...to, clock: Math.floor(to.clock) });
    },
    move: (how) => go(MOVES[how](timeline, moment)),
    toEntry: (seq) => go(momentOf(timeline, nextStop(timeline, seq - 1))),
    playOrPause() {
      isPlaying = !isPlaying;
      if (isPlaying && moment.played >= whole) moment = momentOf(timeline, 0);
      drawnAt = performance.now();
      tell();
      if (isPlaying) requestAnimationFrame(tick);
    },
    watch(told) {
      watchers.push(told);
    },
    watchAlways(told) {
      always.push(told);
    },
    forget() {
      watchers = [];
    },
  };
}

/** The address of a place in the same branch: `#step=3&branch=patient`. */
export function hrefTo(place: string, { branch }: Pick<Travel, 'branch'>): string {
  return `#${place}${branch === undefined ? '' : `&branch=${branch}`}`;
}

const MOVES: Readonly<Record<Movement, (timeline: Timeline, at: Moment) => Moment>> = {
  back: (timeline, { cursor }) => momentOf(timeline, previousStop(timeline, cursor)),
  forward: (timeline, { cursor }) => momentOf(timeline, nextStop(timeline, cursor)),
  previousStep: (timeline, { cursor }) => previousStep(timeline, cursor),
  nextStep: (timeline, { cursor }) => nextStep(timeline, cursor),
  firstStep: (timeline) => nextStep(timeline, 0),
  start: (timeline) => momentOf(timeline, 0),
  end: (timeline) => momentOf(timeline, timeline.stops.at(-1) ?? 0),
};
