import type { Event } from '../cluster/contract/event.ts';
import type { Localized } from '../cluster/contract/story-event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Millis } from '../kernel/time/millis.ts';

/**
 * How a log is played. Virtual time is no time to watch in: a pod starts within a blink, and then nothing
 * happens for a minute. So playing has a time of its own. It stands still for as long as it takes to read
 * what has just been told or printed, it shows a burst of entries one after another, and it shortens a wait.
 * A recording of a terminal keeps to the same pace.
 */

/** A commit that has something to show, and when its turn comes. */
export interface Beat {
  /** The end of the commit. */
  readonly seq: number;
  readonly at: Millis;
  /** Milliseconds of playing, at speed 1, after which it is shown. */
  readonly playedAt: number;
  /** Milliseconds of playing for which time stands still at it. */
  readonly holdMs: number;
}

/** A beat that another follows. */
interface LastBeat extends Beat {
  /** How many beats there were before it without a breath in between. */
  readonly burst: number;
}

/** A wait plays for no longer than this. */
export const LONGEST_WAIT_MS = 2000;

/** Between two beats, while a burst is short; a long one goes faster and faster. */
const BEAT_MS = 90;
const EASY_BURST = 30;
const BREATH_MS = 1000;

/** Before the first entry. */
export const FIRST_BEAT: LastBeat = { seq: 0, at: 0, playedAt: 0, holdMs: 0, burst: 0 };

/** The beat that follows another. */
export function beatAfter(
  previous: LastBeat,
  { seq, at, readMs }: { readonly seq: number; readonly at: Millis; readonly readMs: number },
): LastBeat {
  const waitMs = waitAfter(previous, at);
  const isBreath = previous.holdMs + waitMs >= BREATH_MS;
  const burst = isBreath ? 0 : previous.burst + 1;
  const leastMs = BEAT_MS * Math.min(1, EASY_BURST / Math.max(1, burst));
  return {
    seq,
    at,
    playedAt: previous.playedAt + Math.max(previous.holdMs + waitMs, leastMs),
    holdMs: readMs,
    burst,
  };
}

/** For how long the time from a beat to a later instant plays, after the beat has been read. */
export function waitAfter(beat: Beat, at: Millis): number {
  return Math.min(Math.max(0, at - beat.at), LONGEST_WAIT_MS);
}

const PER_CELL_MS = 40;
const NARRATION_MS = { least: 1500, most: 20_000 } as const;
const COMMAND_MS = 1000;
const OUTPUT_MS = { first: 1000, perLine: 200, most: 6000 } as const;
const MET_MS = 800;
const MISSED_MS = 3000;

/** For how long one reads what a commit adds to the story. */
export function readingMs(commit: readonly Entry<Event>[]): number {
  return commit.reduce((sum, { event }) => sum + eventMs(event), 0);
}

function eventMs(event: Event): number {
  switch (event.type) {
    case 'ScenarioOpened':
      return NARRATION_MS.least;
    case 'StepBegan': {
      if (!event.told && event.kind !== 'say') return 0;
      const wanted = PER_CELL_MS * longestCells(event.text);
      return Math.min(Math.max(wanted, NARRATION_MS.least), NARRATION_MS.most);
    }
    case 'CommandTyped':
      return COMMAND_MS;
    case 'CommandPrinted': {
      const lines = `${event.stdout ?? ''}${event.stderr ?? ''}`.split('\n').length;
      return Math.min(OUTPUT_MS.first + OUTPUT_MS.perLine * lines, OUTPUT_MS.most);
    }
    case 'TrafficTold':
      return event.losses.length > 0 ? MISSED_MS : MET_MS;
    case 'ExpectationMet':
    case 'InvariantMet':
      return MET_MS;
    case 'ExpectationMissed':
    case 'InvariantBroken':
    case 'NoticeGiven':
      return MISSED_MS;
    default:
      return 0;
  }
}

/**
 * The same pace in every language. A syllable of Hangul takes two cells, and about as long as two letters.
 */
function longestCells(text: Localized): number {
  const cells = Object.values(text).map((each) =>
    [...each].reduce((sum, char) => sum + (char >= '\u1100' ? 2 : 1), 0),
  );
  return Math.max(0, ...cells);
}
