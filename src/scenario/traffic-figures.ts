/** What became of a client's requests, in numbers. */
export interface TrafficFigures {
  readonly sent: number;
  readonly answered: number;
  /** Neither answered nor still under way. */
  readonly lost: number;
  readonly refused: number;
  readonly timedOut: number;
  readonly reset: number;
  readonly unreachable: number;
  readonly unresolved: number;
  /** Answers by class: `{ '2xx': 120 }`. */
  readonly status: Readonly<Record<string, number>>;
  /** Answers by version. */
  readonly versions: Readonly<Record<string, number>>;
  /** The part of all that is known of that was answered, 0 to 1; absent where nothing is. */
  readonly answeredShare?: number;
  /** The part of the answers that each version gave, 0 to 1. */
  readonly versionShares: Readonly<Record<string, number>>;
  /** Durations within which answers came: `{ p50: '4ms', p90: …, p99: …, max: … }`. */
  readonly latency: Readonly<Record<string, string>>;
}
