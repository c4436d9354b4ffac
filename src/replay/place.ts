import { parseGoDuration } from '../kernel/time/go-duration.ts';
import { commitOf, type Moment, momentAt, momentAtTime, momentOf, playedInAll } from './seek.ts';
import type { Timeline } from './timeline.ts';

/**
 * The moment that a person means: an entry (`412`), a clock (`1:02.5`), a time since the start (`90s`), a
 * part of the whole as it plays (`50%`), a step (`step 3`), or an end (`start`, `end`). Undefined for
 * anything else, and for what is not there.
 */
export function momentNamed(timeline: Timeline, text: string): Moment | undefined {
  const words = text.trim().toLowerCase();
  const { stops, steps } = timeline;
  if (words === 'start') return momentOf(timeline, 0);
  if (words === 'end') return momentOf(timeline, stops.at(-1) ?? 0);
  const [, entry] = /^#?(\d+)$/.exec(words) ?? [];
  if (entry !== undefined) return within(timeline, Number(entry));
  const [, step] = /^step\s*(\d+)$/.exec(words) ?? [];
  if (step !== undefined) return within(timeline, steps[Number(step) - 1] ?? 0);
  const [, part] = /^(\d+(?:\.\d+)?)%$/.exec(words) ?? [];
  if (part !== undefined)
    return momentAt(timeline, (playedInAll(timeline) * Math.min(100, Number(part))) / 100);
  const at = clockMs(words) ?? parseGoDuration(words);
  return at === undefined || at < 0 ? undefined : momentAtTime(timeline, at);
}

function within(timeline: Timeline, seq: number): Moment | undefined {
  if (seq < 1 || seq > timeline.entries.length) return undefined;
  return momentOf(timeline, commitOf(timeline, seq));
}

/** `1:02.5`, `1:01:02`. */
function clockMs(text: string): number | undefined {
  const [, hours = '0', minutes, seconds] = /^(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:\.\d{1,3})?)$/.exec(text) ?? [];
  if (minutes === undefined || seconds === undefined) return undefined;
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
}
