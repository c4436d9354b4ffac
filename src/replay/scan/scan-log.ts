import type { LogDamage, LogReading } from '../../kernel/log/read-log.ts';
import { createByteReader, type GlancedLine, SUM_LENGTH } from '../../kernel/log/read-log.ts';
import { createUpdateScanner, seqIn, type UpdateScanner } from './scan-update.ts';

/**
 * Some lines of a log, read as far as needed: sums are right, and of updates it is told where in the bytes
 * what lies. Plain numbers and texts, so that a thread can hand it to another.
 */
export interface ScannedLines {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where in the file the bytes begin. */
  readonly start: number;
  /** How many entries there are. */
  readonly count: number;
  /** `LINE` numbers of each entry. */
  readonly lines: Int32Array<ArrayBuffer>;
  /** Virtual milliseconds of each update; 0 for the others. */
  readonly times: Float64Array<ArrayBuffer>;
  /** Names that came up for the first time; they are numbered on from those before. */
  readonly actors: readonly string[];
  readonly keys: readonly string[];
  readonly fields: readonly string[];
  /** Where the first line stands that is none of these. */
  readonly end: number;
}

/** What the numbers of a line are, one after another. */
export const LINE = {
  from: 0,
  /** Before which it ends, with the brace that closes the entry. */
  to: 1,
  /** `PLAIN`, `MORE` and `OUTLINED`, added. */
  flags: 2,
  actor: 3,
  key: 4,
  fields: 5,
  cause: 6,
  answers: 7,
  /** Where it ends in the file, with its sum. */
  end: 8,
  size: 9,
} as const;

/** All bytes are characters of their own. */
export const PLAIN = 1;
export const MORE = 2;
/** It is an update, and what the other numbers say is known of it. */
export const OUTLINED = 4;

/** How a log was read: all but its entries. */
export type ReadSoFar = Omit<LogReading<never>, 'entries' | 'damage'> & {
  readonly damage: LogDamage | undefined;
};

export interface LogScan {
  /**
   * Scans the whole lines that there are in some bytes, up to a place, which lie at another in the file; and
   * what follows the last of them too, if it is the end of the file. Writes into the bytes.
   */
  take(chunk: {
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly length: number;
    readonly start: number;
    readonly isLast: boolean;
  }): ScannedLines;
  /** Nothing more will be read. */
  readonly isOver: boolean;
  readSoFar(): ReadSoFar;
}

const NEWLINE = 10;
const CLOSING_BRACE = 0x7d;

export function createLogScan(
  textOf: (bytes: Uint8Array, from: number, to: number, isAscii: boolean) => string,
): LogScan {
  const scanner = createUpdateScanner();
  let rows = createRows();
  let isOver = false;
  let parsed = 0;
  const reader = createByteReader<unknown>({
    take: () => parsed++,
    textOf,
    glance(bytes, glanced) {
      if (seqIn(bytes, glanced.from) !== glanced.seq) return false;
      if (scanner.scan(bytes, glanced.from, glanced.to)) rows.outlined(glanced, scanner);
      else rows.whole(glanced, glanced.isAscii ? PLAIN : 0);
      return true;
    },
  });
  return {
    get isOver() {
      return isOver;
    },
    readSoFar: () => reader.finish(),
    take({ bytes, length, start, isLast }) {
      rows = createRows();
      let from = 0;
      const within = bytes.subarray(0, length);
      while (!isOver) {
        const newline = within.indexOf(NEWLINE, from);
        if (newline < 0 && !(isLast && from < length)) break;
        const to = newline < 0 ? length : newline;
        const before = parsed;
        isOver = !reader.line(bytes, from, to);
        if (parsed > before) {
          // Whoever wants to know what it says parses it again.
          bytes[to - SUM_LENGTH] = CLOSING_BRACE;
          rows.whole({ from, to: to - SUM_LENGTH }, 0);
        }
        from = to + 1;
      }
      isOver ||= isLast;
      const { actors, keys, fields } = scanner;
      return {
        ...rows.end(),
        bytes,
        start,
        actors: actors.fresh(),
        keys: keys.fresh(),
        fields: fields.fresh(),
        end: start + Math.min(from, length),
      };
    },
  };
}

interface Rows {
  whole(line: Pick<GlancedLine, 'from' | 'to'>, flags: number): void;
  outlined(line: GlancedLine, scanner: UpdateScanner): void;
  end(): Pick<ScannedLines, 'count' | 'lines' | 'times'>;
}

const FIRST_ROWS = 1 << 11;

function createRows(): Rows {
  let lines = new Int32Array(FIRST_ROWS * LINE.size);
  let times = new Float64Array(FIRST_ROWS);
  let count = 0;
  const add = ({ from, to }: Pick<GlancedLine, 'from' | 'to'>, flags: number): number => {
    if (count === times.length) {
      const [more, later] = [new Int32Array(2 * lines.length), new Float64Array(2 * times.length)];
      more.set(lines);
      later.set(times);
      [lines, times] = [more, later];
    }
    const row = count++ * LINE.size;
    lines[row + LINE.from] = from;
    lines[row + LINE.to] = to + 1;
    lines[row + LINE.end] = to + SUM_LENGTH;
    lines[row + LINE.flags] = flags;
    return row;
  };
  return {
    whole: add,
    outlined(line, { update }) {
      const row = add(line, OUTLINED + (line.isAscii ? PLAIN : 0) + (update.more ? MORE : 0));
      lines[row + LINE.actor] = update.actor;
      lines[row + LINE.key] = update.key;
      lines[row + LINE.fields] = update.fields;
      lines[row + LINE.cause] = update.cause;
      lines[row + LINE.answers] = update.answers;
      times[count - 1] = update.at;
    },
    end: () => ({ count, lines, times }),
  };
}
