import { hash64 } from '../chance/draw.ts';
import type { Entry } from './entry.ts';

/**
 * The log's file format: NDJSON. A header line, one entry a line, an end line. Every line ends in a sum that
 * covers the line and all lines before it, so a flipped byte, a lost or a swapped line is found where it
 * stands, and what comes before is still good.
 */
export const LOG_FORMAT_VERSION = 1;

export interface LogHeader {
  readonly kubereel: 'log';
  readonly formatVersion: number;
  /** The version of the product that wrote the log. */
  readonly product: string;
  readonly seed: string;
  readonly scenario: {
    readonly name: string;
    readonly digest: string;
    /** The parameters that it was run with, where they are not its own. */
    readonly given?: Readonly<Record<string, string | number | boolean>>;
  };
  /** Of a log that was forked from another: each fork that it came by, the first one first. */
  readonly branches?: readonly BranchPoint[];
}

/** Where a log left another one. */
export interface BranchPoint {
  /** What the branch is called. */
  readonly name: string;
  /** What the log is called that it left: `main` is the run of the scenario itself. */
  readonly of: string;
  /** seq of the last entry that the two share. */
  readonly entry: number;
}

export interface LogEnd {
  /** How many entries the log has. */
  readonly count: number;
  /** The sum of all lines before, 16 hexadecimal digits. */
  readonly digest: string;
}

/**
 * Turns a header and entries into lines, one call a line, so that a log of any length is written as a stream.
 */
export interface LogEncoder {
  header(header: LogHeader): string;
  entry(entry: Entry<unknown>): string;
  end(): string;
}

export function createLogEncoder(): LogEncoder {
  let sum: Sum = FIRST_SUM;
  let count = 0;
  const line = (value: object): string => {
    const body = JSON.stringify(value).slice(0, -1);
    sum = chain(sum, body);
    return `${body},"sum":"${shortSum(sum)}"}\n`;
  };
  return {
    header: line,
    entry(entry) {
      count++;
      return line(entry);
    },
    end: () => line({ end: { count, digest: digestOf(sum) } satisfies LogEnd }),
  };
}

export type Sum = readonly [high: number, low: number];

export const FIRST_SUM: Sum = [0x6b756265, 0x7265656c];

/** The sum after one more line, given without its own sum and closing brace. */
export function chain(sum: Sum, body: string): Sum {
  return hash64(body, sum[0], sum[1]);
}

export function shortSum(sum: Sum): string {
  return sum[0].toString(16).padStart(8, '0');
}

export function digestOf(sum: Sum): string {
  return sum.map((word) => word.toString(16).padStart(8, '0')).join('');
}
