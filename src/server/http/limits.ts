/** What one server bears; more is refused. */
export interface Limits {
  /** Bytes (apiserver: MaxRequestBodyBytes). */
  readonly body: number;
  /** Bytes of all headers of a request. */
  readonly headers: number;
  readonly connections: number;
  /** Answers that go on: watches, logs that are followed, programs that are talked to. */
  readonly streams: number;
  /** Bytes that a reader may leave lying. */
  readonly unread: number;
  /** Milliseconds in which the headers, and the whole of a request, have to be there. */
  readonly headersMs: number;
  readonly requestMs: number;
}

export const LIMITS: Limits = {
  body: 3 * 1024 * 1024,
  headers: 64 * 1024,
  connections: 1000,
  streams: 1000,
  unread: 32 * 1024 * 1024,
  headersMs: 20_000,
  requestMs: 60_000,
};
