import type { Entry } from './entry.ts';
import {
  chain,
  digestOf,
  FIRST_SUM,
  LOG_FORMAT_VERSION,
  type LogEnd,
  type LogHeader,
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

/** Reads a log up to its end or its first damage. Lines come without their newline, from a file of any length. */
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

export function createLogReader<Event>(): LogReader<Event> {
  let sum = FIRST_SUM;
  let number = 0;
  let header: LogHeader | undefined;
  let end: LogEnd | undefined;
  let damage: LogDamage | undefined;
  const entries: Entry<Event>[] = [];

  const take = (text: string): string | undefined => {
    const split = text.lastIndexOf(',"sum":"');
    if (split < 0) return text === '' ? 'the line is empty' : 'the line is cut off';
    const before = digestOf(sum);
    const body = text.slice(0, split);
    sum = chain(sum, body);
    if (text.slice(split) !== `,"sum":"${shortSum(sum)}"}`)
      return 'the line does not match its sum: it was changed';
    const value = JSON.parse(`${body}}`) as LogHeader | Entry<Event> | { end: LogEnd };
    if (number === 1) return takeHeader(value as LogHeader);
    if ('end' in value) return takeEnd(value.end, before);
    if (!('seq' in value) || value.seq !== entries.length + 1)
      return `entry ${entries.length + 1} is missing here`;
    entries.push(value);
    return undefined;
  };

  const takeHeader = (value: LogHeader): string | undefined => {
    if (value.kubereel !== 'log') return 'this is not a kubereel log: the first line is no header';
    if (value.formatVersion !== LOG_FORMAT_VERSION) {
      return `format version ${value.formatVersion} is not known here (this is ${LOG_FORMAT_VERSION})`;
    }
    header = value;
    return undefined;
  };

  const takeEnd = (value: LogEnd, digest: string): string | undefined => {
    if (value.count !== entries.length || value.digest !== digest)
      return 'the end does not match the entries';
    end = value;
    return undefined;
  };

  return {
    line(text) {
      if (damage) return false;
      number++;
      if (end) {
        if (text !== '') damage = { line: number, reason: 'there is more after the end' };
        return !damage;
      }
      const reason = take(text);
      if (reason !== undefined) damage = { line: number, reason };
      return reason === undefined;
    },
    finish() {
      if (!damage && !end) {
        const reason = header ? 'the log ends without its end line: it was cut off' : 'the log is empty';
        damage = { line: number + 1, reason };
      }
      return { header, entries, end, damage };
    },
  };
}
