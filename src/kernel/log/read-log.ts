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
import { chainBytes } from './sum-bytes.ts';

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
  /** Entries so far. */
  count: number;
  header: LogHeader | undefined;
  end: LogEnd | undefined;
  damage: LogDamage | undefined;
  readonly take: (entry: Entry<Event>) => void;
}

function stateOf<Event>(take: (entry: Entry<Event>) => void): State<Event> {
  return {
    sum: FIRST_SUM,
    number: 0,
    count: 0,
    header: undefined,
    end: undefined,
    damage: undefined,
    take,
  };
}

export function createLogReader<Event>(): LogReader<Event> {
  const entries: Entry<Event>[] = [];
  const state = stateOf<Event>((entry) => entries.push(entry));
  return {
    line: (text) => lineTaken(state, text === '', () => takeLine(state, text)),
    finish: () => ({ ...finished(state), entries }),
  };
}

/** A log that is read from bytes, its entries given as they come: nothing of it is kept. */
export interface ByteReader {
  /**
   * Takes the line from one place to before another, and may write where it stands; false once nothing more
   * will be read.
   */
  line(bytes: Uint8Array, from: number, to: number): boolean;
  finish(): Omit<LogReading<never>, 'entries'>;
}

export interface ByteReading<Event> {
  readonly take: (entry: Entry<Event>) => void;
  /**
   * Takes the line of the entry with a seq, where it is seen to be one without being parsed: from one place
   * to before another, where its sum begins. False where it is not.
   */
  readonly glance?: (bytes: Uint8Array, line: GlancedLine) => boolean;
  /** The text of bytes: as UTF-8, or faster where all of them are characters of their own. */
  readonly textOf: (bytes: Uint8Array, from: number, to: number, isAscii: boolean) => string;
}

/** A line whose sum is right. */
export interface GlancedLine {
  readonly from: number;
  /** Where its sum begins; the closing brace of the entry stands there. */
  readonly to: number;
  readonly seq: number;
  readonly isAscii: boolean;
}

export function createByteReader<Event>({ take, textOf, glance }: ByteReading<Event>): ByteReader {
  const state = stateOf(take);
  return {
    line: (bytes, from, to) =>
      lineTaken(state, from === to, () => {
        const body = to - SUM_LENGTH;
        const summed = body > from ? chainBytes(state.sum, bytes, from, body) : undefined;
        // Whatever is wrong is told by reading it as a text.
        if (!summed || !endsInSum(bytes, body, summed.sum)) {
          return takeLine(state, textOf(bytes, from, to, false));
        }
        const before = state.sum;
        state.sum = summed.sum;
        bytes[body] = CLOSING_BRACE;
        const { isAscii } = summed;
        if (glance?.(bytes, { from, to: body, seq: state.count + 1, isAscii })) {
          state.count++;
          return undefined;
        }
        return takeJson(state, textOf(bytes, from, body + 1, isAscii), before);
      }),
    finish: () => finished(state),
  };
}

function lineTaken<Event>(state: State<Event>, isEmpty: boolean, take: () => string | undefined): boolean {
  if (state.damage) return false;
  state.number++;
  // A file's last newline leaves an empty line behind.
  if (state.end && isEmpty) return true;
  const reason = state.end ? 'there is more after the end' : take();
  if (reason !== undefined) state.damage = { line: state.number, reason };
  return reason === undefined;
}

function finished<Event>({ header, end, number, damage }: State<Event>): Omit<LogReading<never>, 'entries'> {
  const missing = header ? 'the log ends without its end line: it was cut off' : 'the log is empty';
  return { header, end, damage: damage ?? (end ? undefined : { line: number + 1, reason: missing }) };
}

/** Bytes of `,"sum":"0123abcd"}`, with which each line ends. */
export const SUM_LENGTH = 18;
const CLOSING_BRACE = 0x7d;

/** The same as to compare with `sumText`, without making a text for each of a million lines. */
function endsInSum(bytes: Uint8Array, from: number, [high]: Sum): boolean {
  for (let index = 0; index < BEFORE_SUM.length; index++) {
    if (bytes[from + index] !== BEFORE_SUM[index]) return false;
  }
  const digits = from + BEFORE_SUM.length;
  for (let digit = 0; digit < 8; digit++) {
    const value = (high >>> (28 - 4 * digit)) & 15;
    if (bytes[digits + digit] !== value + (value < 10 ? ZERO : TEN)) return false;
  }
  return bytes[digits + 8] === QUOTE && bytes[digits + 9] === CLOSING_BRACE;
}

const BEFORE_SUM = [...',"sum":"'].map((char) => char.charCodeAt(0));
const ZERO = 0x30;
/** What ten is added to for `a`. */
const TEN = 0x57;
const QUOTE = 0x22;

function sumText(sum: Sum): string {
  return `,"sum":"${shortSum(sum)}"}`;
}

/** Takes a line in; returns what is wrong with it. */
function takeLine<Event>(state: State<Event>, text: string): string | undefined {
  const split = text.lastIndexOf(',"sum":"');
  if (split < 0) return text === '' ? 'the line is empty' : 'the line is cut off';
  const before = state.sum;
  const body = text.slice(0, split);
  state.sum = chain(before, body);
  if (text.slice(split) !== sumText(state.sum)) return 'the line does not match its sum: it was changed';
  return takeJson(state, `${body}}`, before);
}

/** What a line says, without its sum; `before` is the sum of the lines before it. */
function takeJson<Event>(state: State<Event>, json: string, before: Sum): string | undefined {
  const value = JSON.parse(json) as LogHeader | Entry<Event> | { readonly end: LogEnd };
  if (state.number === 1) return takeHeader(state, value as LogHeader);
  if ('end' in value) return takeEnd(state, value.end, digestOf(before));
  if (!('seq' in value) || value.seq !== state.count + 1) return `entry ${state.count + 1} is missing here`;
  state.count++;
  state.take(value);
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
  if (end.count !== state.count || end.digest !== digest) return 'the end does not match the entries';
  state.end = end;
  return undefined;
}
