import { nearMiss } from '../cluster/objects/shape/near-miss.ts';
import { checkpointsOf } from '../replay/checkpoints.ts';
import { type Instant, momentOfInstant } from '../replay/place.ts';
import type { Moment } from '../replay/seek.ts';
import { createTimeline, type Timeline } from '../replay/timeline.ts';
import { formatClock } from '../report/clock.ts';
import { BadInput } from './exit.ts';
import { type Origin, openPlayable } from './playable.ts';
import { findPlayed } from './played.ts';
import type { Which } from './which.ts';
import { tellBeside } from './write-out.ts';

/** A log that is travelled through, whole. */
export interface Travelled {
  readonly name: string;
  readonly timeline: Timeline;
  /** What lies beside its scenario; empty where that is not at hand. */
  readonly files: Origin['files'];
}

/**
 * Opens a log, the recording of a real cluster, or a scenario, which is run to its end. What is doubtful
 * about it is told beside; what is wrong is thrown as BadInput.
 */
export function openTimeline(what: string, which: Which = {}): Travelled {
  const { name, commits, found, origin } = openPlayable(findPlayed(what, which), which, tellBeside);
  const timeline = createTimeline([], found);
  for (const commit of commits()) for (const entry of commit) timeline.append(entry);
  timeline.finish();
  return { name, timeline, files: origin.files };
}

/**
 * The moment of an instant; its end where none is given. Throws BadInput for one that the log does not have.
 */
export function momentIn(timeline: Timeline, instant: Instant = { kind: 'end' }): Moment {
  const last = timeline.entries.length;
  const { duration } = timeline;
  if (instant.kind === 'time' && instant.ms > duration)
    throw new BadInput(({ wrong }) => wrong.noTime(formatClock(instant.ms), formatClock(duration)));
  const moment = momentOfInstant(timeline, instant);
  if (moment) return moment;
  throw new BadInput(({ wrong }) => {
    if (instant.kind === 'entry') return wrong.noEntry(instant.seq, last);
    if (instant.kind === 'step') return wrong.noStep(instant.step, timeline.steps.length);
    if (instant.kind === 'checkpoint') {
      const names = checkpointsOf(timeline).map(({ name }) => name);
      return wrong.noCheckpoint(instant.name, names, nearMiss(instant.name, names));
    }
    return wrong.noWarning;
  });
}
