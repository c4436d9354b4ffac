import { parseGoDuration } from '../kernel/time/go-duration.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { checkpointsOf } from './checkpoints.ts';
import { commitOf, type Moment, momentAt, momentAtTime, momentOf, playedInAll } from './seek.ts';
import type { Timeline } from './timeline.ts';

/** A place in a log as a person names it, before anybody has looked whether the log has it. */
export type Instant = Named & {
  /** So much later, or earlier when below 0; virtual milliseconds. */
  readonly laterMs?: Millis;
};

type Named =
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'entry'; readonly seq: number }
  | { readonly kind: 'time'; readonly ms: Millis }
  /** Where the step begins; 1-based. */
  | { readonly kind: 'step'; readonly step: number }
  /** An instant to which the story has given a name. */
  | { readonly kind: 'checkpoint'; readonly name: string }
  /** A part of the whole as it plays, 0 to 100. */
  | { readonly kind: 'part'; readonly percent: number }
  | { readonly kind: 'warning'; readonly which: 'first' | 'last' };

/**
 * What a person means by a place: an entry (`412`, `#412`), a clock (`1:02.5`, `00:01:02.500`), a time since
 * the start (`90s`), a part of the whole as it plays (`50%`), a step (`step:3`, `step 3`), the
 * `first-warning` or the `last-warning`, an end (`start`, `end`), a checkpoint (`checkpoint:rolled-out`); and
 * any of them with a time after it (`step:3+5s`, `end-10s`). Undefined for anything else.
 */
export function parseInstant(text: string): Instant | undefined {
  const words = text.trim().toLowerCase();
  const named = parseNamed(words);
  if (named) return named;
  const [, place = '', sign = '', shift = ''] = /^(.+?)\s*([+-])\s*([\d.a-zµ]+)$/.exec(words) ?? [];
  const shiftMs = parseGoDuration(shift);
  const from = parseNamed(place);
  if (!from || shiftMs === undefined) return undefined;
  return { ...from, laterMs: sign === '-' ? -shiftMs : shiftMs };
}

/** The same where nothing else could be meant: a checkpoint by its bare name, too. */
export function parsePlace(text: string): Instant | undefined {
  return parseInstant(text) ?? checkpointNamed(text.trim());
}

const CHECKPOINT = /^([a-z][a-z0-9-]*)(?:([+])([\d.a-z]+))?$/;

/** `rolled-out-10s` may be a name; whoever has the log can tell. */
function checkpointNamed(text: string): Instant | undefined {
  const [, name, sign, shift = ''] = CHECKPOINT.exec(text) ?? [];
  if (name === undefined) return undefined;
  if (sign === undefined) return { kind: 'checkpoint', name };
  const laterMs = parseGoDuration(shift);
  return laterMs === undefined ? undefined : { kind: 'checkpoint', name, laterMs };
}

function parseNamed(words: string): Named | undefined {
  if (words === 'start' || words === 'end') return { kind: words };
  const [, which] = /^(first|last)[- ]warning$/.exec(words) ?? [];
  if (which === 'first' || which === 'last') return { kind: 'warning', which };
  const [, entry] = /^#?(\d{1,15})$/.exec(words) ?? [];
  if (entry !== undefined) return { kind: 'entry', seq: Number(entry) };
  const [, step] = /^step[: ]?\s*(\d{1,15})$/.exec(words) ?? [];
  if (step !== undefined) return { kind: 'step', step: Number(step) };
  const [, name] = /^checkpoint:\s*([a-z][a-z0-9-]*)$/.exec(words) ?? [];
  if (name !== undefined) return { kind: 'checkpoint', name };
  const [, part] = /^(\d+(?:\.\d+)?)%$/.exec(words) ?? [];
  if (part !== undefined) return Number(part) > 100 ? undefined : { kind: 'part', percent: Number(part) };
  const ms = clockMs(words) ?? parseGoDuration(words);
  return ms === undefined || ms < 0 ? undefined : { kind: 'time', ms };
}

/** `1:02.5`, `1:01:02`. */
function clockMs(text: string): number | undefined {
  const [, hours = '0', minutes, seconds] = /^(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:\.\d{1,3})?)$/.exec(text) ?? [];
  if (minutes === undefined || seconds === undefined) return undefined;
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
}

/** The moment of an instant; undefined for an entry, a step or a warning that the log does not have. */
export function momentOfInstant(timeline: Timeline, instant: Instant): Moment | undefined {
  const { laterMs, ...named } = resolved(timeline, instant);
  const moment = momentOfNamed(timeline, named);
  return moment && laterMs !== undefined ? momentAtTime(timeline, moment.clock + laterMs) : moment;
}

/** Where no checkpoint is called like that, the end of the name may be a time: `rolled-out-10s`. */
function resolved(timeline: Timeline, instant: Instant): Instant {
  if (instant.kind !== 'checkpoint' || instant.laterMs !== undefined) return instant;
  if (seqOfCheckpoint(timeline, instant.name) !== undefined) return instant;
  const [, name, shift = ''] = /^(.+)-(\d[\d.a-z]*)$/.exec(instant.name) ?? [];
  const ms = parseGoDuration(shift);
  return name === undefined || ms === undefined ? instant : { kind: 'checkpoint', name, laterMs: -ms };
}

function seqOfCheckpoint(timeline: Timeline, name: string): number | undefined {
  return checkpointsOf(timeline).find((each) => each.name === name)?.seq;
}

function momentOfNamed(timeline: Timeline, named: Named): Moment | undefined {
  const { stops, steps, warnings } = timeline;
  switch (named.kind) {
    case 'start':
      return momentOf(timeline, 0);
    case 'end':
      return momentOf(timeline, stops.at(-1) ?? 0);
    case 'entry':
      return within(timeline, named.seq);
    case 'step':
      return within(timeline, steps[named.step - 1] ?? 0);
    case 'checkpoint':
      return within(timeline, seqOfCheckpoint(timeline, named.name) ?? 0);
    case 'part':
      return momentAt(timeline, (playedInAll(timeline) * named.percent) / 100);
    case 'warning':
      return within(timeline, warnings.at(named.which === 'first' ? 0 : -1) ?? 0);
    case 'time':
      return momentAtTime(timeline, named.ms);
  }
}

function within(timeline: Timeline, seq: number): Moment | undefined {
  if (seq < 1 || seq > timeline.entries.length) return undefined;
  return momentOf(timeline, commitOf(timeline, seq));
}

/** The moment that a person means by a text; undefined for what is no instant, and for what is not there. */
export function momentNamed(timeline: Timeline, text: string): Moment | undefined {
  const instant = parsePlace(text);
  return instant && momentOfInstant(timeline, instant);
}

/** Whether a log that still grows has come so far that an instant is where it will be. */
export function isReached(timeline: Timeline, instant: Instant): boolean {
  if (timeline.complete) return true;
  const { entries, steps, duration } = timeline;
  const laterMs = Math.max(0, instant.laterMs ?? 0);
  const isPast = (ms: Millis): boolean => duration > ms + laterMs;
  switch (instant.kind) {
    case 'start':
      return isPast(0);
    case 'entry':
      return entries.length > instant.seq && (laterMs === 0 || isPast(timeline.timeOf(instant.seq)));
    case 'step': {
      const begins = steps[instant.step - 1];
      return begins !== undefined && entries.length > begins && isPast(timeline.timeOf(begins) - 1);
    }
    case 'checkpoint': {
      const seq = seqOfCheckpoint(timeline, instant.name);
      return seq !== undefined && entries.length > seq && isPast(timeline.timeOf(seq) - 1);
    }
    case 'time':
      return isPast(instant.ms);
    default:
      return false;
  }
}
