import type { Entry } from './entry.ts';
import {
  chain,
  digestOf,
  FIRST_SUM,
  LOG_FORMAT_VERSION,
  type LogEnd,
  type LogHeader,
  type Sum,
  shortSum,
} from './log-format.ts';

/** Where and why a log stops being readable. What was read before is good. */
export interface LogDamage {
  /** 1-based line of the file. */
  readonly line: number;
  readonly reason: string;
}

export interface LogReading<Event> {
  readonly header: LogHeader | undefined;
  readonly entries: readonly Entry<Event>[];
  /** Present when the log is whole. */
  readonly end: LogEnd | undefined;
  readonly damage: LogDamage | undefined;
}

/**
 * Reads a log up to its end or its first damage. Lines come without their newline, from a file of any length.
 */
export function readLog<Event>(lines: Iterable<string>): LogReading<Event> {
  const reader = createLogReader<Event>();
  for (const line of lines) {
    if (!reader.line(line)) break;
  }
  return reader.finish();
}

/** The same, pushed: for a caller that gets its lines from a stream. */
export interface LogReader<Event> {
  /** Takes the next line; false once nothing more will be read. */
  line(text: string): boolean;
  finish(): LogReading<Event>;
}

/** What has been read so far. */
interface State<Event> {
  sum: Sum;
  /** Lines so far. */
  number: number;
  header: LogHeader | undefined;
  end: LogEnd | undefined;
  damage: LogDamage | undefined;
  readonly entries: Entry<Event>[];
}

export function createLogReader<Event>(): LogReader<Event> {
  const state: State<Event> = {
    sum: FIRST_SUM,
    number: 0,
    header: undefined,
    end: undefined,
    damage: undefined,
    entries: [],
  };
  return {
    line(text) {
      if (state.damage) return false;
      state.number++;
      // A file's last newline leaves an empty line behind.
      if (state.end && text === '') return true;
      const reason = state.end ? 'there is more after the end' : takeLine(state, text);
      if (reason !== undefined) state.damage = { line: state.number, reason };
      return reason === undefined;
    },
    finish() {
      const { header, entries, end, number } = state;
      const missing = header ? 'the log ends without its end line: it was cut off' : 'the log is empty';
      const damage = state.damage ?? (end ? undefined : { line: number + 1, reason: missing });
      return { header, entries, end, damage };
    },
  };
}

/** Takes a line in; returns what is wrong with it. */
function takeLine<Event>(state: State<Event>, text: string): string | undefined {
  const split = text.lastIndexOf(',"sum":"');
  if (split < 0) return text === '' ? 'the line is empty' : 'the line is cut off';
  const before = digestOf(state.sum);
  const body = text.slice(0, split);
  state.sum = chain(state.sum, body);
  if (text.slice(split) !== `,"sum":"${shortSum(state.sum)}"}`)
    return 'the line does not match its sum: it was changed';
  const value = JSON.parse(`${body}}`) as LogHeader | Entry<Event> | { readonly end: LogEnd };
  if (state.number === 1) return takeHeader(state, value as LogHeader);
  if ('end' in value) return takeEnd(state, value.end, before);
  if (!('seq' in value) || value.seq !== state.entries.length + 1) {
    return `entry ${state.entries.length + 1} is missing here`;
  }
  state.entries.push(value);
  return undefined;
}

function takeHeader<Event>(state: State<Event>, header: LogHeader): string | undefined {
  if (header.kubereel !== 'log') return 'this is not a kubereel log: the first line is no header';
  if (header.formatVersion !== LOG_FORMAT_VERSION) {
    return `format version ${header.formatVersion} is not known here (this is ${LOG_FORMAT_VERSION})`;
  }
  state.header = header;
  return undefined;
}

function takeEnd<Event>(state: State<Event>, end: LogEnd, digest: string): string | undefined {
  if (end.count !== state.entries.length || end.digest !== digest)
    return 'the end does not match the entries';
  state.end = end;
  return undefined;
}
